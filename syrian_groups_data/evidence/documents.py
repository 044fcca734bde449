"""The documents at hand, and the text of passages in them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from ..files import FILE, FOLDER, listing, open_file, rest, size
from ..model.problem import visible
from ..model.values import normal
from ..model.watch import Watch, unwatched

READ, HASHED = 8 << 20, 1 << 30  # bytes of a file that is read as a text, and of one that is hashed
_ENCODED = {b"\xff\xfe\0\0": "UTF-32", b"\0\0\xfe\xff": "UTF-32", b"\xff\xfe": "UTF-16", b"\xfe\xff": "UTF-16"}
# What would be cut and compared with its marks and tags, or not be read for a byte somewhere.
_FORMATS = {b"%PDF-": "PDF", b"{\\rtf": "RTF", b"PK\x03\x04": "an office file or an archive"}
_HTML = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^<>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)
_HEAD = 4096  # bytes in which a page says that it is HTML


class Document(NamedTuple):
    """A text file that may be a snapshot: its path below the folder, and its digest."""

    name: str
    sha256: str


class Unread(NamedTuple):
    """A file that was not read, and why."""

    name: str
    reason: str


class Shelf(NamedTuple):
    """What a folder holds, by name."""

    folder: Path
    documents: list[Document]
    unread: list[Unread]

    def by_digest(self) -> dict[str, Document]:
        """The first document of each digest."""
        return {each.sha256: each for each in reversed(self.documents)}

    def text(self, document: Document) -> str:
        """The text of a document. Raises OSError where it cannot be read any more."""
        with open_file(self.folder, document.name) as file:
            return rest(file, self.folder / document.name).decode()


def survey(folder: Path, known: Collection[str], below: bool = True, watch: Watch = unwatched) -> Shelf:
    """Every text file of a folder, and of those below it. `known` are digests of snapshots, which may be of any size.

    A file is held in memory only while it is looked at. Raises OSError where the folder itself cannot be read.
    """
    shelf = Shelf(folder, [], [])
    for name, reason in watch(_files(folder, "", below), "files"):
        try:
            found = reason or _look(folder, name, known)
        except OSError as error:
            found = error.strerror or str(error)
        if isinstance(found, Document):
            shelf.documents.append(found)
        else:
            shelf.unread.append(Unread(name, found))
    return shelf


def _files(folder: Path, path: str, below: bool) -> Iterator[tuple[str, str | None]]:
    """Names of files, each with the reason for which it is not even opened, if there is one."""
    for entry in listing(folder, path):
        name = f"{path}/{entry.name}" if path else entry.name
        if entry.name.startswith("."):
            yield name, "it is hidden"
        elif entry.kind == FOLDER:
            try:
                yield from _files(folder, name, below) if below else ()
            except OSError as error:
                yield name, error.strerror or str(error)
        else:
            yield name, None if entry.kind == FILE else f"it is {entry.kind}"


def _look(folder: Path, name: str, known: Collection[str]) -> Document | str:
    """A file as a document, or why it is none."""
    with open_file(folder, name) as file:
        count = size(file)
        if count > HASHED:
            return f"its {count:,} bytes are more than the {HASHED:,} that are looked at"
        if count > READ:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
            if sha256 not in known:
                return f"its {count:,} bytes are more than the {READ:,} that are read, and it is no snapshot"
            file.seek(0)
        data = rest(file, folder / name)
    sha256 = hashlib.sha256(data).hexdigest()
    if why := _no_text(data) if sha256 in known else unreadable(data):
        return why
    return Document(name, sha256)


def unreadable(data: bytes) -> str | None:
    """Why bytes are no text in UTF-8, or one full of marks that nobody reads."""
    for mark, name in _FORMATS.items():
        if data.startswith(mark):
            return f"it is {name}; save its text"
    return "it is HTML; save the text of the page" if _HTML.match(data[:_HEAD]) else _no_text(data)


def _no_text(data: bytes) -> str | None:
    for mark, name in _ENCODED.items():
        if data.startswith(mark):
            return f"it is {name}; save it as UTF-8"
    if b"\0" in data:
        return "it is binary"
    try:
        data.decode()
    except UnicodeDecodeError as error:
        return f"it is not UTF-8 at byte {error.start}; save it as UTF-8"
    return None


def texts(sources: list[dict[str, Any]], passages: list[dict[str, Any]], folder: Path) -> dict[str, str]:
    """Text of every passage whose snapshot is in a folder, with what a terminal would obey shown as escapes."""
    known = {row["snapshot_sha256"] for row in passages}
    shelf = survey(folder, known)
    found = {}
    for sha256, document in shelf.by_digest().items():
        if sha256 in known:
            text = shelf.text(document)
            for row in passages:
                if row["snapshot_sha256"] == sha256:
                    found[row["passage_id"]] = visible(normal(text[row["start"] : row["end"]]))
    return found
