"""The documents at hand, and the text of passages in them."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any, NamedTuple

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


def documents(folder: Path) -> list[Document]:
    """Every text file of a folder, by name. Raises OSError where the folder cannot be read."""
    found = []
    for path in sorted(folder.iterdir()):
        if path.is_file():
            data = path.read_bytes()
            try:
                text = data.decode()
            except UnicodeDecodeError:
                continue
            found.append(Document(path, hashlib.sha256(data).hexdigest(), text))
    return found


def texts(sources: list[dict[str, Any]], passages: list[dict[str, Any]], folder: Path) -> dict[str, str]:
    """Text of every passage whose snapshot is in a folder, with what a terminal would obey shown as escapes."""
    files = {d.sha256: d.text for d in documents(folder)}
    snapshots = {row["source_id"]: files.get(row["snapshot_sha256"]) for row in sources}
    found = {}
    for row in passages:
        text = snapshots[row["source_id"]]
        if text is not None:
            found[row["passage_id"]] = visible(normal(text[row["start"] : row["end"]]))
    return found
