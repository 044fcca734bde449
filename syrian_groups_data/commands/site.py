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


def _boundaries(given: str | None, base: Path, descriptor: Mapping[str, Any]) -> Boundaries | None:
    """The boundaries of the map: a file that is given, else the one that the descriptor names, with its credit."""
    from ..site import Boundaries

    named = descriptor.get("boundaries")
    named = named if isinstance(named, dict) else {}
    path = Path(given) if given else base / str(named["path"]) if named.get("path") else None
    if path is None or (given is None and not path.is_file()):
        return None  # a wheel holds the tables, not raw/
    try:
        found = json.loads(path.read_bytes())
        features = found["features"]
        if not all(isinstance(each, dict) for each in features):
            raise ValueError("a feature is no object")
    except OSError as error:
        raise Usage(f"{path}: {error.strerror}; give a GeoJSON file") from None
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise Usage(f"{path} is no GeoJSON collection of features ({error!r})") from None
    notes = found if given else {**found, **named}
    return Boundaries(features, str(notes.get("credit") or ""), str(notes.get("caveat") or ""))


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
