"""tables -> a static site to look at them: works from a folder, offline"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .project import Usage, busy, package
from .tables import texts

if TYPE_CHECKING:
    from ..site import Boundaries

_MARK, _GENERATOR = "site.json", "syrian-groups-data site"


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("out", metavar="OUT", help="folder for the site: a new one, or one that holds an earlier site")
    parser.add_argument("--package", metavar="PACKAGE", help="folder of the package to show; without it, the one here")
    parser.add_argument(
        "--snapshots", metavar="DIR", help="folder with the documents: makes a private edition with their text"
    )
    parser.add_argument(
        "--boundaries", metavar="FILE", help="GeoJSON of areas for the map; without it, what the package names"
    )
    parser.add_argument("--previous", metavar="PACKAGE", help="an earlier release, to tell what changed")


def run(args: argparse.Namespace) -> int:
    """Exit status of the command."""
    from ..files.folders import replace
    from ..library import open
    from ..library.errors import Damaged
    from ..site import Options, render

    out = Path(args.out)
    out = out if out.name and out.name != ".." else out.resolve()
    free(out)
    tables = open(package(args, args.package))
    base = tables.folder
    with busy("drawing"):
        options = Options(
            texts=texts(tables, args.snapshots),
            boundaries=_boundaries(args.boundaries, base, tables.descriptor),
            method=_method(base),
            previous=open(package(args, args.previous)) if args.previous else None,
        )
        try:
            files = render(tables, options)
        except LookupError as error:
            what = f"{base}: rows of its tables do not fit together ({error!r}); run syrian-groups-data validate"
            raise Damaged(what) from None
        replace(out, files)
    pages = sum(name.endswith(".html") for name in files)
    size = sum(map(len, files.values())) / 1e6
    edition = "private edition with the text of the sources" if args.snapshots else "site"
    print(f"{edition}: {pages:,} pages ({size:.1f} MB) in {out}; open {out / 'index.html'}")
    return 0


_MOST = 16 << 20  # bytes of a text, or of a file of boundaries


def _method(base: Path) -> str | None:
    from ..files import FILE, kind, read

    name = "METHODOLOGY.md"
    return read(base, name, _MOST).decode(errors="replace") if kind(base, name) == FILE else None


def _boundaries(given: str | None, base: Path, descriptor: Mapping[str, Any]) -> Boundaries | None:
    """The boundaries of the map: a file that is given, else the one that the descriptor names, with its credit."""
    from ..files import FILE, kind, read
    from ..site import Boundaries

    named = descriptor.get("boundaries")
    named = named if isinstance(named, dict) else {}
    inside = str(named.get("path", ""))
    if given is None and (not inside or kind(base, inside) != FILE):
        return None  # tables may have come without the file
    root, name = (Path(given).parent, Path(given).name) if given else (base, inside)
    try:
        found = json.loads(read(root, name, _MOST))
        boundaries = Boundaries(found["features"], *(str(found.get(each) or "") for each in ("credit", "caveat")))
        boundaries.check()
    except OSError as error:
        raise Usage(f"{root / name}: {error.strerror or error}; give a GeoJSON file") from None
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise Usage(f"{root / name} is no GeoJSON collection of areas ({error!r})") from None
    if given is None:
        credit, caveat = (str(named.get(each) or "") for each in ("credit", "caveat"))
        boundaries = boundaries._replace(credit=credit or boundaries.credit, caveat=caveat or boundaries.caveat)
    return boundaries


# --- writing --------------------------------------------------------------------------------------


def free(out: Path) -> None:
    """Raise Usage where a site would write over what is not a site of ours as it was written, or over files put into one."""
    from ..files import FOLDER, kind
    from ..files.target import below

    found = kind(out.parent, out.name)
    if found not in (None, FOLDER):
        raise Usage(f"{out} is {found}; name a new folder")
    there = set(below(out)) if found else set()
    if not there:
        return
    known = _ours(out)
    if not known:
        raise Usage(f"{out} holds something, and it is no site of ours; nothing was written; name a new folder")
    strange = [name for name in sorted(there - {_MARK}) if _digest(out, name) != known.get(name)]
    if strange:
        raise Usage(
            f"{out} holds {', '.join(strange[:3])}, which the site there did not have so; nothing was written; move it away"
        )


def _ours(out: Path) -> dict[str, str]:
    """Files of a site of ours with their digests; none where the folder is not one."""
    from ..files import DESCRIPTOR, read

    try:
        mark = json.loads(read(out, _MARK, DESCRIPTOR))
        return dict(mark["files"]) if mark["generator"] == _GENERATOR else {}
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return {}


def _digest(out: Path, name: str) -> str:
    import hashlib

    from ..files import read, share

    try:
        return hashlib.sha256(read(out, name, share())).hexdigest()
    except OSError:
        return ""
