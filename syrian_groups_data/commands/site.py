"""tables -> a static site to look at them: works from a folder, offline"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from .areas import areas
from .project import Usage, busy, package
from .tables import texts

_METHOD, _MOST = "METHODOLOGY.md", 4 << 20  # bytes
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
    from jinja2 import UndefinedError

    from ..diff import CORE
    from ..files.folders import replace
    from ..library import open
    from ..library.errors import Damaged
    from ..library.whole import Whole
    from ..site import Options, render

    out = Path(args.out)
    out = out if out.name and out.name != ".." else out.resolve()
    free(out)
    tables = open(package(args, args.package))
    base = tables.folder
    with busy("drawing") as watch:
        options = Options(
            texts=texts(tables, args.snapshots),
            boundaries=areas(args.boundaries, base, tables.descriptor),
            method=_method(base),
            previous=Whole(open(package(args, args.previous)), CORE) if args.previous else None,
        )
        try:
            files = render(Whole(tables), options, watch)
        except (LookupError, UndefinedError) as error:
            what = f"{base}: rows of its tables do not fit together ({error!r}); run syrian-groups-data validate"
            raise Damaged(what) from None
        replace(out, files)
    pages = sum(name.endswith(".html") for name in files)
    size = sum(map(len, files.values())) / 1e6
    edition = "private edition with the text of the sources" if args.snapshots else "site"
    print(f"{edition}: {pages:,} pages ({size:.1f} MB) in {out}; open {out / 'index.html'}")
    return 0


def _method(base: Path) -> str | None:
    """What the package says of its method; read by the door, for it may be a stranger's."""
    from ..files import FILE, kind, read

    if kind(base, _METHOD) != FILE:
        return None
    try:
        return read(base, _METHOD, _MOST).decode()
    except (OSError, ValueError) as error:
        what = "is not UTF-8" if isinstance(error, UnicodeDecodeError) else error
        raise Usage(
            f"{base / _METHOD}: {what}; it becomes a page of the site: save it as UTF-8, or move it away"
        ) from None


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
