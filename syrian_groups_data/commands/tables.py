"""What readers' commands answer from: the built tables where they are those of raw/, else raw/ as it stands."""

from __future__ import annotations

import hashlib
import io
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from ..model.problem import visible
from .project import Usage, busy, count, package, project
from .sound import sound

if TYPE_CHECKING:
    import pyarrow as pa

    from ..library.data import Data

RAW_HASH = "rawHash"


class Tables(Protocol):
    """A release: what its descriptor says, and its tables."""

    descriptor: dict[str, Any]

    def table(self, name: str) -> pa.Table:
        """One table."""


class Folder:
    """The tables of a folder; every hash is compared."""

    def __init__(self, base: Path) -> None:
        from ..library.release import descriptor

        self.base = base
        self.descriptor: dict[str, Any] = descriptor(base)

    def table(self, name: str) -> pa.Table:
        """One table. Raises Damaged."""
        from ..library.release import arrow, verified

        return arrow(io.BytesIO(verified(self.base, (name,))[1][name]))


class Memory:
    """Tables made from raw/, and held in memory."""

    def __init__(self, tables: dict[str, pa.Table], descriptor: dict[str, Any]) -> None:
        self.descriptor, self._tables = descriptor, tables

    def table(self, name: str) -> pa.Table:
        """One table."""
        return self._tables[name]


def current() -> Tables:
    """The tables of the project around, fresh or from raw/, or, outside of any project, those that are installed."""
    try:
        root = project()
    except Usage:
        base = package()
        _say("there is no project here: this is the installed data")
        return Folder(base)
    base = package()  # ends what a killed build has left
    if base == root and (found := Folder(base)).descriptor.get(RAW_HASH) == raw_hash(root):
        return found
    _say("raw/ is not what the tables were built from: this is raw/ as it stands")
    return _from_raw(root)


def _say(what: str) -> None:
    print(f"syrian-groups-data: {what}", file=sys.stderr)


def raw_hash(root: Path) -> str:
    """Digest over the names and bytes of everything in raw/ that is read."""
    from ..files import FILE, FOLDER, listing, open_file

    found = hashlib.sha256()
    todo = ["raw"]
    while todo:
        below = todo.pop()
        for entry in listing(root, below):
            name = f"{below}/{entry.name}"
            if entry.name.startswith(".") or entry.name == "README.md":
                continue
            if entry.kind == FOLDER:
                todo.append(name)
                continue
            if entry.kind == FILE:
                with open_file(root, name) as file:
                    digest = hashlib.file_digest(file, "sha256").hexdigest()
            found.update(f"{name}\0{digest if entry.kind == FILE else entry.kind}\n".encode())
    return f"sha256:{found.hexdigest()}"


def _from_raw(root: Path) -> Tables:
    from ..author import load
    from ..flatten import flatten
    from ..model import rows
    from ..publish import to_arrow

    with busy("reading raw/"):
        corpus, wrong = sound(load(root / "raw"))
        made = flatten(corpus)
        tables = {table.table: to_arrow(table, made.pop(table.table)) for table in rows.TABLES}
    if wrong:
        first = visible(f"{wrong[0].path}:{wrong[0].line}")
        _say(f"{count(len(wrong), 'problem')} in raw/, as check tells; what has them is left out, first at {first}")
    redirects = {old: found.new for old, found in corpus.redirects.items()}
    return Memory(tables, {"redirects": redirects})


def data(tables: Tables) -> Data:
    """Typed records over tables."""
    from ..library.data import TABLES, Data

    return Data({name: tables.table(name).to_pylist() for name in TABLES}, tables.descriptor)


def rows(tables: Tables, *names: str) -> list[list[dict[str, Any]]]:
    """Rows of tables."""
    return [tables.table(name).to_pylist() for name in names]


def texts(tables: Tables, folder: str | None) -> dict[str, str]:
    """Text of the passages, where a folder with the documents is given."""
    if folder is None:
        return {}
    from ..evidence import texts

    if not Path(folder).is_dir():
        raise Usage(f"{folder} is not a folder")
    sources, passages = rows(tables, "sources", "passages")
    return texts(sources, passages, Path(folder))
