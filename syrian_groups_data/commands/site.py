"""tables -> a static site to look at them: works from a folder, offline"""

from __future__ import annotations

import argparse
import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..model.problem import Environment
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
    from ..library import open
    from ..library.errors import Damaged
    from ..site import Options, render

    out = Path(args.out)
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
        put(out, files)
    pages = sum(name.endswith(".html") for name in files)
    size = sum(map(len, files.values())) / 1e6
    edition = "private edition with the text of the sources" if args.snapshots else "site"
    print(f"{edition}: {pages:,} pages ({size:.1f} MB) in {out}; open {out / 'index.html'}")
    return 0


def _method(base: Path) -> str | None:
    file = base / "METHODOLOGY.md"
    return file.read_text(encoding="utf-8") if file.is_file() else None


_MOST = 16 << 20  # bytes of a file of boundaries


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
    """Raise Usage where a site would write over what is not a site of ours, or over files put into one."""
    if out.is_symlink() or (out.exists() and not out.is_dir()):
        raise Usage(f"{out} is {'a link' if out.is_symlink() else 'a file'}; name a new folder")
    if not out.exists() or not any(out.iterdir()):
        return
    known = _ours(out)
    if not known:
        raise Usage(f"{out} holds something, and it is no site of ours; nothing was written; name a new folder")
    strange = sorted(
        str(path.relative_to(out).as_posix()) for path in out.rglob("*") if not path.is_dir() or path.is_symlink()
    )
    strange = [name for name in strange if name not in known]
    if strange:
        raise Usage(f"{out} holds {', '.join(strange[:3])}, which no site has; nothing was written; move it away")


def _ours(out: Path) -> set[str]:
    """Files of a site of ours; none where the folder is not one."""
    try:
        mark = json.loads((out / _MARK).read_bytes())
        return {*mark["files"], _MARK} if mark["generator"] == _GENERATOR else set()
    except (OSError, ValueError, KeyError, TypeError):
        return set()


def put(out: Path, files: Mapping[str, bytes]) -> None:
    """Write a folder whole or not at all; an earlier site is exchanged with the new one in a single step."""
    from ..files.exchange import swap
    from ..files.folders import create

    if not out.is_dir() or not any(out.iterdir()):
        create(out, files)
        return
    stage = out.with_name(f".{out.name}.new")
    if _ours(stage):  # of a command that was killed
        shutil.rmtree(stage, ignore_errors=True)
    create(stage, files)
    try:
        swap(stage, out)
    except OSError as error:
        raise Environment(f"{error.filename or out}: {error.strerror or error}; nothing was changed") from None
    finally:
        shutil.rmtree(stage, ignore_errors=True)
