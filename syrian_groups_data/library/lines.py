"""Lines for a terminal or a pipe. What the data say is shown and never obeyed; colours and isolates are ours."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from ..model.problem import visible

# Standings have colours of their own.
_CODES = {
    "bold": "1", "dim": "2", "italic": "3", "strong": "1;31", "asserted": "32", "claimed": "36", "judged": "34",
    "reported": "33", "alleged": "35", "denied": "31", "refuted": "31",
}  # fmt: skip
# Isolates keep Arabic in its own direction without pulling the rest of the line along.
_ISOLATE, _END = "\u2068", "\u2069"
_LEAST = 20  # columns that are left for text, however narrow the terminal and deep the indent


class Piece(NamedTuple):
    """Some text of a line, in one style."""

    text: str
    style: str = ""


class Line(NamedTuple):
    """A line: its pieces, how far it is indented, and how much further where it goes on."""

    pieces: tuple[Piece, ...] = ()
    indent: int = 0
    hang: int = 0

    @property
    def text(self) -> str:
        """The line as a pipe gets it."""
        return " " * self.indent + "".join(visible(piece.text) for piece in self.pieces)

    def painted(self, width: int, colours: bool) -> str:
        """The line as a terminal gets it, wrapped to its width."""
        return "\n".join(_painted(indent, row, colours) for indent, row in _wrapped(self, width))


def line(*pieces: Piece | str, indent: int = 0, hang: int = 0) -> Line:
    """A line of pieces, and of plain text."""
    return Line(tuple(each if isinstance(each, Piece) else Piece(each) for each in pieces), indent, hang)


class _Word(NamedTuple):
    """A word, or the spaces between two, and the place of its piece in the line."""

    piece: int
    style: str
    text: str


def _wrapped(line: Line, width: int) -> Iterator[tuple[int, list[_Word]]]:
    """Rows of a line: how far each is indented, and its words."""
    row: list[_Word] = []
    indent, used = line.indent, 0
    for word in _words(line):
        for text in _cut(word.text, max(width - line.indent - line.hang, _LEAST)):
            if row and used + columns(text) > max(width - indent, _LEAST) and not text.isspace():
                yield indent, row
                indent, row, used = line.indent + line.hang, [], 0
            if row or indent == line.indent or not text.isspace():
                row.append(word._replace(text=text))
                used += columns(text)
    yield indent, row


def _words(line: Line) -> Iterator[_Word]:
    for place, piece in enumerate(line.pieces):
        for _, part in groupby(visible(piece.text), str.isspace):
            yield _Word(place, piece.style, "".join(part))


def _cut(word: str, room: int) -> Iterator[str]:
    """A word in parts that fit."""
    part, used = "", 0
    for c in word:
        if used + columns(c) > room:
            yield part
            part, used = "", 0
        part += c
        used += columns(c)
    yield part


def columns(text: str) -> int:
    """Columns that a text takes on a terminal."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.category(c) in ("Mn", "Me", "Cf") else 2 if unicodedata.east_asian_width(c) in "WF" else 1
        for c in text
    )


def _painted(indent: int, row: list[_Word], colours: bool) -> str:
    painted = " " * indent
    while row and row[-1].text.isspace():
        row.pop()
    for _, words in groupby(row, key=lambda word: word.piece):
        found = list(words)
        text, code = "".join(word.text for word in found), _CODES.get(found[0].style)
        if any(unicodedata.bidirectional(c) in ("R", "AL") for c in text):
            text = f"{_ISOLATE}{text}{_END}"
        painted += f"\x1b[{code}m{text}\x1b[0m" if code and colours and not text.isspace() else text
    return painted
