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


class Sought:
    """Passages by what is looked for of them, ready to be found in any number of texts."""

    def __init__(self, passages: Iterable[Passage]) -> None:
        known: dict[str, Wanted] = {}
        for passage in passages:
            if passage.letters and ((each := known.get(passage.words_sha256)) is None or each.stopped):
                known[passage.words_sha256] = wanted(passage)
        self._index: dict[int, dict[str, dict[int, list[Wanted]]]] = {}
        for each in known.values():
            by_key = self._index.setdefault(len(each.key), {})
            by_key.setdefault(each.key, {}).setdefault(each.letters, []).append(each)
        self._lengths = sorted(self._index)

    def hits(self, letters: Letters) -> dict[str, list[int]]:
        """Positions at which passages may stand, by the digest of their words, in reading order.

        There a line, a cell or a sentence starts, and one ends where the passage does. Linear in the text: a place is
        looked at only where the first letters are those of a passage, or, of passages too short to have first words,
        at the starts of lines and sentences.
        """
        found: dict[str, list[int]] = defaultdict(list)
        said = letters.said
        for at in letters.starts:
            if letters.begins(at):
                for length in self._lengths:
                    counts = self._index[length].get(said[at : at + length])
                    for digest in _at(letters, at, counts) if counts else ():
                        found[digest].append(at)
        return found


def _at(letters: Letters, at: int, counts: dict[int, list[Wanted]]) -> Iterator[str]:
    """Digests of passages that stand at a position."""
    for count, known in counts.items():
        end = at + count
        if end > len(letters) or not letters.ends(end) or not letters.closes(end):
            continue
        possible = {each.digest: each for each in known if letters.said.endswith(each.closes, at, end)}
        digest = letters.matches(at, count, possible) if possible else None
        if digest and letters.closes(end, possible[digest].stopped):
            yield digest
