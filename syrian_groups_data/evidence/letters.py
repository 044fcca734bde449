"""The letters of a document, each with its place: what passages are laid on."""

from __future__ import annotations

import html
import re
from array import array
from bisect import bisect_left
from collections.abc import Container
from functools import cache

from .lines import RING
from .words import ENTITY, INVISIBLE, MARKS, NOTE, SUPERSCRIPTS, fold, is_reference, visible, words_digest

_TOKEN = re.compile(
    rf"(?P<ascii>[A-Za-z0-9]+(?![{MARKS}]))|(?P<other>[^\W_A-Za-z0-9{SUPERSCRIPTS}]+(?![{MARKS}]))"
    rf"|(?P<entity>{ENTITY})|(?P<note>{NOTE})|(?P<raised>[{SUPERSCRIPTS}]+)|(?P<composed>[^\W_][{MARKS}]+)"
)
FINAL = ".!?\u2026\u061f\u06d4\u0964\u3002"
# Where a line or a cell ends, and where a sentence does: its mark, with something after it.
_LINE = re.compile(r"[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029\t|\u2022\u00b7\u25aa\u25cf]")
_SENTENCE = re.compile(rf"[{FINAL}][{INVISIBLE}]*[^{INVISIBLE}]", re.S)
_STOPPED = re.compile(rf"[{FINAL}]['\"\u2019\u201d\u00bb)\]]*\(?$")
_BLANK = re.compile(rf"\n(?:[^\S\n]|[{INVISIBLE}])*\n|\r\n?(?:[^\S\r\n]|[{INVISIBLE}])*\r")
_APART = re.compile(rf"[{INVISIBLE}]*(\)?)[{INVISIBLE}]*(?:\s|$)")
_WHOLE, _MARKED = re.compile(f"{ENTITY}|{NOTE}"), re.compile(f"[{MARKS}]*")
# What may belong to the last word of a passage, a unit after a space included.
_TRAIL = re.compile(r"[^\s\w]*(?:\s?[%\u2030\u066a\u20a0-\u20cf][^\s\w]*)?")
_NEW_LINE = 2  # where a line starts; 1 where only a cell or a sentence does
_FOOTNOTE_DIGITS, _CHUNK = 3, 1 << 15
_BACK = 24  # code points that may say what a number in brackets or a raised one is


@cache
def _fold(character: str) -> str:
    return fold(character)


class Letters:
    """The letters and digits of a part of a text, casefolded, without footnote marks and invisible characters.

    Places count code points of the text, positions count letters. Linear in the size of the text, and some ten bytes a
    letter beside the text itself.
    """

    def __init__(self, text: str, start: int = 0, end: int | None = None) -> None:
        self.text, self.start, self.end = text, start, len(text) if end is None else end
        self.places, self.starts = array("I"), array("I")
        self._footnotes: dict[int, int] = {}
        self._behind: dict[int, int] = {}
        cuts, lines = array("I", [0]), array("I", [0])
        said: list[str] = []
        pieces: list[str] = []
        last, here = start, 0
        for found in _TOKEN.finditer(text, start, self.end):
            first, after = found.span()
            plain = found.lastgroup == "ascii"
            folded = found.group().lower() if plain else self._token(found)
            if not folded:
                continue
            gap = text[last:first]
            if gap == " ":  # most are
                self.starts.append(here)
            elif gap or not here:
                self.starts.append(here)
                if (len(gap) > 1 or gap in "\n\r\t|") and ends_here(gap):
                    cuts.append(here)
                    if "\n" in gap or "\r" in gap:
                        lines.append(here)
                self._footnote(found, gap, here, cuts)
            if plain:
                self.places.extend(range(first, after))
            else:
                self._place(found, folded)
            pieces.append(folded)
            if len(pieces) == _CHUNK:
                said.append("".join(pieces))
                pieces = []
            here += len(folded)
            last = after
        self.said = "".join([*said, *pieces])
        self._cuts, self._ends = bytearray(len(self.said) + 1), bytearray(len(self.said) + 1)
        for at in cuts:
            self._cuts[at] = 1
        for at in lines:
            self._cuts[at] = _NEW_LINE
        for at in self.starts:
            self._ends[at] = 1
        self._cuts[-1], self._ends[-1] = _NEW_LINE, 1

    def _token(self, found: re.Match[str]) -> str:
        """Letters of what is not plain ASCII."""
        kind, text = found.lastgroup, found.group()
        if kind in ("note", "raised"):
            before = visible(self.text[max(self.start, found.start() - _BACK) : found.start()])
            out = is_reference(before, text) if kind == "note" else not before[-1:].isdigit()
            return "" if out else fold(text)
        if kind == "other":
            return "".join(map(_fold, text))
        return fold(html.unescape(text) if kind == "entity" else text)

    def _place(self, found: re.Match[str], folded: str) -> None:
        if found.lastgroup in ("entity", "composed", "note"):
            self.places.extend([found.start()] * len(folded))
        elif len(folded) == found.end() - found.start():
            self.places.extend(range(found.start(), found.end()))
        else:
            for place, character in enumerate(found.group(), found.start()):
                self.places.extend([place] * len(_fold(character)))

    def _footnote(self, found: re.Match[str], gap: str, here: int, cuts: array[int]) -> None:
        """What follows may start a passage: digits that hang on the end of a sentence may be a footnote's, an o at
        the head of a line a bullet."""
        text = found.group()
        if text == "o" and cuts[-1] == here and RING.match(self.text, found.start(), self.end):
            self._between(here, 1, cuts)
        if not text.isdigit() or len(text) > _FOOTNOTE_DIGITS or gap[:1].isspace() or not _STOPPED.search(visible(gap)):
            return
        before = self.text[found.start() - len(gap) - 1]
        apart = _APART.match(self.text, found.end(), self.end)
        if apart and not before.isdigit() and bool(apart[1]) == ("(" in gap):
            self._between(here, len(text), cuts)

    def _between(self, here: int, count: int, cuts: array[int]) -> None:
        self._footnotes[here] = here + count
        self._behind[here + count] = here
        cuts.extend((here, here + count))

    def __len__(self) -> int:
        return len(self.said)

    def begins(self, at: int) -> bool:
        """Whether a line, a cell or a sentence begins with the letter at a position."""
        return bool(self._cuts[at])

    def line(self, at: int) -> int:
        """How many letters a line has that begins with the letter at a position; 0 where none begins there."""
        return self._cuts.find(_NEW_LINE, at + 1) - at if self._cuts[at] == _NEW_LINE else 0

    def ends(self, at: int) -> bool:
        """Whether a word ends before a position."""
        return bool(self._ends[at])

    def closes(self, at: int, stopped: bool = False) -> bool:
        """Whether a line, a cell or a sentence ends before a position; of one that was `stopped`, its mark too.

        A line of a wrapped text ends anywhere: a sentence that had its full stop and has none now goes on there.
        """
        if not self._cuts[at]:
            return False
        if not stopped or at == len(self) or at in self._footnotes:
            return True
        gap = self.gap(at)
        return any(mark in gap for mark in FINAL) or bool(_BLANK.search(gap))

    def beyond(self, at: int) -> int:
        """The position after the digits of a footnote at a position, else the position itself."""
        return self._footnotes.get(at, at)

    def behind(self, at: int) -> int:
        """The position of a footnote's digits that end before a position, else the position itself."""
        return self._behind.get(at, at)

    def gap(self, at: int) -> str:
        """What stands between the letter before a position and the one at it."""
        return self.text[self.after(at) if at else self.start : self.places[at] if at < len(self) else self.end]

    def after(self, at: int) -> int:
        """Place after the letter before a position, with the marks that belong to it."""
        place = self.places[at - 1]
        if self.text[place] in "&[" and (found := _WHOLE.match(self.text, place)):
            return found.end()
        if self.text[place + 1 : place + 2] < MARKS[0]:
            return place + 1
        marked = _MARKED.match(self.text, place + 1, self.end)
        return marked.end() if marked else place + 1

    def edges(self, at: int, count: int) -> tuple[int, int]:
        """Places between which so many letters from a position lie, with what hangs on them before and after."""
        first, last = self.places[at], self.after(at + count)
        floor = self.after(at) if at else self.start
        while first > floor and not self.text[first - 1].isspace():
            first -= 1
        trail = _TRAIL.match(self.text, last, self.places[at + count] if at + count < len(self) else self.end)
        return first, trail.end() if trail else last

    def matches(self, at: int, count: int, digests: Container[str]) -> str | None:
        """Which of some digests of words so many letters from a position have."""
        first, last = self.edges(at, count)
        for place in dict.fromkeys((first, self.places[at])):
            if (found := words_digest(self.text[place:last])) in digests:
                return found
        return None

    def position(self, place: int) -> int:
        """Position of the first letter at a place in the text or after it."""
        return bisect_left(self.places, place)


def ends_here(gap: str) -> bool:
    """Whether a line, a cell or a sentence ends in what stands between two words."""
    if "&" in gap:
        gap = html.unescape(gap)
    return bool(_LINE.search(gap) or _SENTENCE.search(gap))
