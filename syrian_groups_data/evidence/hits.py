"""Where in a text passages may stand: every place whose words have the digest of one of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ..model.passages import Passage
from .letters import FINAL, Letters
from .words import letters as letters_of

_KEY = 6  # letters of a passage's first words by which its places are found


class Wanted(NamedTuple):
    """What is looked for: the words of one or more passages, of so many letters."""

    digest: str
    letters: int
    key: str
    closes: str
    stopped: bool


def wanted(passage: Passage) -> Wanted:
    """What to look for, of a passage."""
    if passage.opens is None or passage.closes is None:
        return Wanted(passage.words_sha256, passage.letters, "", "", False)
    key = letters_of(passage.opens)[:_KEY]
    # A word cut at a bracket of a note says nothing of the letters that end the passage.
    closes = letters_of(passage.closes) if "]" not in passage.closes else ""
    return Wanted(passage.words_sha256, passage.letters, key, closes, stopped(passage))


def stopped(passage: Passage) -> bool:
    """Whether a passage is known to end with the mark of a sentence."""
    return any(mark in (passage.closes or "").rstrip("0123456789")[-4:] for mark in FINAL)


# What may end at a position, by its last letters, as many as are known of it, then by digest: never a list to walk, as
# thousands of rows of a table may start alike.
_Ends = dict[int, dict[str, dict[str, Wanted]]]


class Sought:
    """Passages by what is looked for of them, ready to be found in any number of texts."""

    def __init__(self, passages: Iterable[Passage]) -> None:
        known: dict[str, Wanted] = {}
        for passage in passages:
            if passage.letters and ((each := known.get(passage.words_sha256)) is None or each.stopped):
                known[passage.words_sha256] = wanted(passage)
        self._index: dict[int, dict[str, dict[int, _Ends]]] = {}
        for each in known.values():
            counts = self._index.setdefault(len(each.key), {}).setdefault(each.key, {})
            by_closes = counts.setdefault(each.letters, {}).setdefault(len(each.closes), {})
            by_closes.setdefault(each.closes, {})[each.digest] = each
        self._lengths = sorted(self._index)

    def hits(self, letters: Letters) -> dict[str, list[int]]:
        """Positions at which passages may stand, by the digest of their words, in reading order.

        There a line, a cell or a sentence starts, and one ends where the passage does. Linear in the text: a place is
        looked at only where the first letters are those of a passage, or, of passages too short to have first words,
        at the starts of lines and sentences. In a line that is a passage, no shorter one is looked for: so a row of a
        table is compared once, and not each run of its cells.
        """
        found: dict[str, list[int]] = defaultdict(list)
        said = letters.said
        beyond = 0  # the end of the last line that is a passage
        for at in letters.starts:
            if at < beyond or not letters.begins(at):
                continue
            indexed = [
                (length, counts)
                for length in self._lengths
                if (counts := self._index[length].get(said[at : at + length]))
            ]
            line = letters.line(at) if indexed else 0
            for _, counts in indexed:
                if line and (ends := counts.get(line)):
                    for digest in _at(letters, at, line, ends):
                        found[digest].append(at)
                        beyond = at + line
            for length, counts in indexed:
                for count, ends in counts.items():
                    if count != line and (at >= beyond or (length and count > line)):
                        for digest in _at(letters, at, count, ends):
                            found[digest].append(at)
        return found


def _at(letters: Letters, at: int, count: int, ends: _Ends) -> Iterator[str]:
    """Digests of passages of so many letters that stand at a position."""
    end = at + count
    if end <= len(letters) and letters.ends(end) and letters.closes(end):
        for length, by_closes in ends.items():
            possible = by_closes.get(letters.said[max(at, end - length) : end])
            digest = letters.matches(at, count, possible) if possible else None
            if possible and digest and letters.closes(end, possible[digest].stopped):
                yield digest
