"""Rows -> every file of a build, as bytes, and whether those on disk are the same."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from ..files import DESCRIPTOR, kind, listing, read
from ..model.models import models
from ..model.problem import visible
from ..model.release import Release
from ..model.seal import KEY
from ..model.vocabulary import Vocabulary
from ..model.watch import Watch, unwatched
from .arrow import content_hash, rewritten, to_arrow, to_csv, to_parquet
from .codebook import codebook
from .descriptor import descriptor, sources


def render(
    tables: dict[str, list[Any]],
    release: Release,
    redirects: dict[str, str],
    raw: str | None = None,
    pictures: Mapping[str, bytes] = MappingProxyType({}),
    watch: Watch = unwatched,
) -> dict[str, bytes]:
    """Every file of a build, by its path. `raw` is the digest of what the tables were made from, `pictures` what was drawn
    of them, by path. `tables` is emptied, as `to_columns` does."""
    listed = sources(tables)
    order = {table.table: table.order for table in models(release.vocabulary).tables}
    arrow = to_columns(tables, release.vocabulary)
    files: dict[str, bytes] = {}
    for name, table in watch(arrow.items(), "tables"):
        files[f"tables/{name}.parquet"] = to_parquet(table, order[name])
        files[f"tables/{name}.csv"] = to_csv(table)
    files["tables/README.md"] = codebook(arrow, release.vocabulary).encode()
    files |= pictures
    package = descriptor(release, files, listed, content_hash(arrow), redirects, raw)
    files["datapackage.json"] = (json.dumps(package, ensure_ascii=False, indent=2) + "\n").encode()
    return files


def to_columns(tables: dict[str, list[Any]], vocabulary: Vocabulary) -> dict[str, Any]:
    """Rows of all tables as Arrow tables. `tables` is emptied: rows and columns of all of them at once would be a sixth more
    memory. Raises Problems where a cell does not fit."""
    return {table.table: to_arrow(table, tables.pop(table.table)) for table in models(vocabulary).tables}


def summary(tables: dict[str, list[Any]]) -> list[str]:
    """Lines that say what was built."""
    counts = {name: len(rows) for name, rows in tables.items()}
    contested = sum(row.contested for row in tables["statements"])
    passages = sum(row.passages for row in tables["sources"])  # without those that are gone
    unread = sum(row.use == "unread" for row in tables["passages"])
    return [
        f"  {counts['statements']:>6,} statements, {contested} of them contested",
        f"  {counts['citations']:>6,} citations of {passages} passages in {counts['sources']} sources; {unread} unread",
        f"  {counts['groups']:>6,} groups, {counts['people']} people, {counts['places']} places",
        f"  {counts['events']:>6,} events, {counts['allegations']} allegations, {counts['responses']} responses",
    ]


def stale(root: Path, files: dict[str, bytes]) -> list[str]:
    """What of a build in `root` is not as `files` has it, and what no stage writes."""
    there = listing(root, "tables") if kind(root, "tables") else []
    present = {f"tables/{each.name}" for each in there} | {"datapackage.json"}
    old = _without_equals(root, files, [name for name in sorted(files) if not same(root / name, files[name])])
    extra = sorted(present - files.keys())
    return [
        *(f"{name}: stale; run syrian-groups-data build" for name in old),
        *(f"{visible(name)}: no stage writes this; delete it" for name in extra),
    ]


def _without_equals(root: Path, files: dict[str, bytes], old: list[str]) -> list[str]:
    """What is left of files that differ, without Parquet that only another version of the writer wrote otherwise."""
    found = [name for name in old if name.endswith(".parquet") and _equal(root / name, files[name])]
    left = [name for name in old if name not in found]
    return [name for name in left if not (found and name == "datapackage.json" and _says(root, files[name], found))]


def _equal(path: Path, data: bytes) -> bool:
    try:
        return rewritten(read(path.parent, path.name, 2 * len(data) + 65536), data)
    except OSError:
        return False


def _says(root: Path, data: bytes, rewritten: list[str]) -> bool:
    """Whether a descriptor differs in nothing but the hashes of files that another writer wrote."""

    def without(text: bytes) -> dict[str, Any]:
        package: dict[str, Any] = json.loads(text)
        package.pop(KEY, None)
        for each in package["resources"]:
            if each["path"] in rewritten:
                each.update(bytes=0, hash="")
        return package

    try:
        return without(read(root, "datapackage.json", DESCRIPTOR)) == without(data)
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return False


def same(path: Path, data: bytes) -> bool:
    """Whether a file, no link, holds just these bytes."""
    try:
        return read(path.parent, path.name, len(data)) == data
    except OSError:
        return False
