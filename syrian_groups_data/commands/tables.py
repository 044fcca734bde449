"""What readers' commands answer from: the built tables where they are those of raw/, else raw/ as it stands."""

from __future__ import annotations

import argparse
import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..files import kind
from .entry import spare
from .project import busy, count, documents, found, package, tell

if TYPE_CHECKING:
    from ..library.data import Data
    from ..library.tables import Tables
    from ..model.problem import Problem

RAW_HASH = "rawHash"
# What is wrong with a list, or cited though it is gone: readers may read on, but it proves nothing.
UNPROVED = {"passage-gone", "list-not-bound", "list-of-another-document", "list-made-again", "list-changed"}


def current(args: argparse.Namespace, unproved: list[Problem] | None = None) -> Tables:
    """The tables of the project around, fresh or from raw/, or, outside of any project, those that are installed.

    Problems of raw/ that leave a source out, or what rests on its passages in doubt, are added to `unproved`.
    """
    from ..library import open

    base = package(args)  # ends what a killed build has left
    root = found(args.root)
    if root is None:
        return open(base)
    if kind(root, "datapackage.json"):
        if (built := open(base)).descriptor.get(RAW_HASH) == raw_hash(root):
            return built
        tell("from raw/, which is newer than tables/")  # where nothing is built yet, there is nothing else to read
    return _from_raw(root, [] if unproved is None else unproved)


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


def _from_raw(root: Path, unproved: list[Problem]) -> Tables:
    from ..author import load
    from ..flatten import flatten
    from ..library.tables import Memory
    from ..publish import to_columns
    from .sound import sound

    spare()
    with busy("reading raw/") as watch:
        corpus, wrong, harmless = sound(load(root / "raw", watch))
        made = flatten(corpus, watch)
        tables = to_columns(made, corpus.vocabulary)
    if wrong:
        first = f"{wrong[0].path}:{wrong[0].line}"
        tell(f"{count(len(wrong), 'problem')} in raw/, as check tells; what has them is left out, first at {first}")
    unproved += [each for each in wrong if each.path.startswith("raw/sources/")]
    unproved += [each for each in harmless if each.code in UNPROVED]
    redirects = {old: found.new for old, found in corpus.redirects.items()}
    return Memory(tables, {"redirects": redirects})


def records(tables: Tables) -> Data:
    """Typed records over tables."""
    from ..library.data import Data
    from ..library.release import Package

    return tables.load() if isinstance(tables, Package) else Data(tables)


def rows(tables: Tables, name: str, only: Sequence[str] | None = None) -> list[dict[str, Any]]:
    """Rows of a table, as they were published, with all its columns or some."""
    from ..library.store import published

    return published(tables, name, only)


def texts(tables: Tables, folder: str | None) -> dict[str, str]:
    """Text of the passages, where a folder with the documents is given."""
    if folder is None:
        return {}
    from ..evidence import texts

    documents(folder)
    return texts(rows(tables, "sources"), rows(tables, "passages"), Path(folder))
