"""The mark of a project: only a folder that has it is worked on, and only what is known to be ours is replaced."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from ..model.problem import Environment, visible
from .bounds import DESCRIPTOR
from .reading import FILE, FOLDER, kind, leads_outside, listing, read
from .writing import UNCHANGED, expect

NAME = "syrian-groups-data"
MARK, DATA, TABLES = "raw/project.yml", "datapackage.json", "tables"
_MARK_BYTES = 1 << 20
# The line alone: readers hold no YAML. The rest of the file is for those who do.
_NAMED = re.compile(rb"^name:[ \t]*[\"']?([a-z0-9]+(?:-[a-z0-9]+)*)[\"']?[ \t]*(?:#.*)?\r?$", re.MULTILINE)


def name(folder: Path) -> str | None:
    """The name that `raw/project.yml` gives a project; None where there is no such file, or no name in it."""
    try:
        found = _NAMED.search(read(folder, MARK, _MARK_BYTES))
    except OSError:
        return None
    return found[1].decode() if found else None


def marked(folder: Path) -> bool:
    """Whether a folder is a project of this kind.

    `raw/project.yml` says so. 1.0.0 wrote none: there a valid descriptor of ours beside `raw/` does.
    """
    if name(folder):
        return True
    try:
        return kind(folder, "raw") == FOLDER and described(folder) is not None
    except OSError:
        return False


def described(folder: Path) -> dict[str, Any] | None:
    """The descriptor of a folder where it is one that `build` wrote for it, whole; else None."""
    try:
        found = json.loads(read(folder, DATA, DESCRIPTOR))
    except (OSError, ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) and _ours(found, {NAME, name(folder)}) else None


def _ours(package: dict[str, Any], names: set[str | None]) -> bool:
    resources = package.get("resources")
    return (
        package.get("name") in names - {None}
        and str(package.get("contentHash", "")).startswith("sha256:")
        and isinstance(resources, list)
        and all(isinstance(each, dict) and _below_tables(each.get("path")) for each in resources)
    )


def _below_tables(path: Any) -> bool:
    return isinstance(path, str) and path.startswith(f"{TABLES}/") and not leads_outside(path)


def replaceable(folder: Path, names: set[str]) -> None:
    """Raise Environment unless `tables/` and `datapackage.json` may be replaced by files of these names.

    They may where they are not there, or where `build` wrote them: the descriptor is ours, and `tables/` holds
    nothing but what it or the new build names.
    """
    expect(folder, TABLES, FOLDER)
    expect(folder, DATA, FILE)
    present = [each.name for each in listing(folder, TABLES)] if kind(folder, TABLES) else []
    there = DATA if kind(folder, DATA) else f"{TABLES}/" if present else None
    package = described(folder)
    if there and package is None:
        missing = "" if there == DATA else f", as {DATA} is missing"
        what = f"{there} is not known to be of this project{missing}"
        raise Environment(f"{what}; {UNCHANGED}; move {TABLES}/ and {DATA} away, or delete them")
    known = names | {each["path"] for each in package["resources"]} if package else names
    for each in present:
        if f"{TABLES}/{each}" not in known:
            what = visible(f"{TABLES}/{each}")
            raise Environment(f"{what} is not of this project; {UNCHANGED}; move it out of {TABLES}/")
