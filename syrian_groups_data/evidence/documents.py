"""The documents at hand, and the text of passages in them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from .. import files
from ..model.problem import visible
from ..model.values import normal


class Document(NamedTuple):
    """A file that may be a snapshot."""

    path: Path
    sha256: str
    text: str

    @property
    def name(self) -> str:
        """Name of the file."""
        return self.path.name


Tell = Callable[[str], object]


def _silent(line: str) -> None:
    """Of what was not read nothing is told."""


def documents(folder: Path, tell: Tell) -> list[Document]:
    """Every text file of a folder, by name. What else is there and cannot be read is told, one line for each.

    Raises OSError where the folder cannot be read.
    """
    found, left = [], files.share()
    for each in files.listing(folder):
        if each.kind == files.FOLDER:
            continue
        try:
            data = files.read(folder, each.name, left)
            found.append(Document(folder / each.name, hashlib.sha256(data).hexdigest(), data.decode()))
            left -= len(data)
        except OSError as error:
            tell(f"{visible(each.name)}: not read: {error.strerror or error}")
        except UnicodeDecodeError as error:
            tell(f"{visible(each.name)}: not read: it is not UTF-8 at byte {error.start:,}")
    return found


def texts(
    sources: list[dict[str, Any]], passages: list[dict[str, Any]], folder: Path, tell: Tell = _silent
) -> dict[str, str]:
    """Text of every passage whose snapshot is in a folder, with what a terminal would obey shown as escapes."""
    at_hand = {d.sha256: d.text for d in documents(folder, tell)}
    snapshots = {row["source_id"]: at_hand.get(row["snapshot_sha256"]) for row in sources}
    found = {}
    for row in passages:
        text = snapshots[row["source_id"]]
        if text is not None:
            found[row["passage_id"]] = visible(normal(text[row["start"] : row["end"]]))
    return found
