"""Which new sentence a changed one has likely become: by its place, its first and last words, its length, its words."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from ..model.passages import Passage
from ..model.values import normal
from .extents import Place
from .lay import LONG

_NEAR, _COMPARED = 8, 4  # new sentences that are looked up by one word, and those that an old one is compared with
_LEAST, _FAR, _ALIKE, _LENGTH = 0.9, 1.6, 0.5, 0.4
_OTHER = 0.3  # share of words below which a sentence whose text is at hand is another one
_PARTS = 3  # sentences into which one may have been split


class Piece(NamedTuple):
    """A sentence of the new text that is no old one."""

    start: int
    end: int
    words: list[str]
    letters: int


def pieces(text: str, passages: Sequence[Passage]) -> list[Piece]:
    """New passages with their words."""
    return [Piece(p.start, p.end, words_of(text[p.start : p.end]), p.letters) for p in passages]


def words_of(text: str) -> list[str]:
    """Words of a text, casefolded, without the marks around them."""
    return [word for each in normal(text).casefold().split() if (word := each.strip(".,;:!?\"'“”‘’()[]…"))]


def successors(
    old: Sequence[Passage], places: Sequence[Place | None], new: Sequence[Piece], texts: Mapping[int, str]
) -> dict[int, list[int]]:
    """Per old passage without a place, by its place in the sequence, the new ones that it has likely become, if any.

    Compared are passages between the same two that are laid, then long ones that moved and changed little. `texts` holds old passages whose text is at hand.
    """
    anchors = _anchors(places)
    starts = [place.start for _, place in anchors]
    slots: dict[int, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    indices = [i for i, _ in anchors]
    for i, place in enumerate(places):
        if place is None:
            slots[bisect_right(indices, i)][0].append(i)
    for j, piece in enumerate(new):
        slots[bisect_right(starts, piece.start)][1].append(j)
    found: dict[int, list[int]] = {}
    for were, are in slots.values():
        if were and are:
            found |= _Slot(old, new, texts, were, are).run()
    used = {j for became in found.values() for j in became}
    left = [i for i, place in enumerate(places) if place is None and i not in found and old[i].letters >= LONG]
    rest = [j for j in range(len(new)) if j not in used]
    return found | _Slot(old, new, texts, left, rest).pairs(_FAR) if left and rest else found


def worded(had: Mapping[int, Collection[str]], has: Sequence[str]) -> dict[int, list[int]]:
    """Per old passage the one new sentence that has its words: a short line that moved, a wording that is back.

    `had` are digests of words by the old passage's place in the sequence, `has` those of the new ones. It is for a
    person to decide whether it says the same there.
    """
    old: dict[str, list[int]] = defaultdict(list)
    new: dict[str, list[int]] = defaultdict(list)
    for i, digests in had.items():
        for digest in digests:
            old[digest].append(i)
    for j, digest in enumerate(has):
        new[digest].append(j)
    return {i: new[digest] for digest, (i, *more) in old.items() if not more and len(new[digest]) == 1}


def _anchors(places: Sequence[Place | None]) -> list[tuple[int, Place]]:
    """Passages that are laid in the order in which they stood: each after all before it."""
    found: list[tuple[int, Place]] = []
    lowest = [0] * (len(places) + 1)
    lowest[-1] = 1 << 62
    for i in range(len(places) - 1, -1, -1):
        place = places[i]
        lowest[i] = min(lowest[i + 1], place.start) if place else lowest[i + 1]
    highest = -1
    for i, place in enumerate(places):
        if place and highest < place.start <= lowest[i]:
            found.append((i, place))
        highest = max(highest, place.start if place else -1)
    return found


class _Slot:
    """Old and new sentences between two anchors."""

    def __init__(
        self, old: Sequence[Passage], new: Sequence[Piece], texts: Mapping[int, str], were: list[int], are: list[int]
    ) -> None:
        self.old, self.new, self.were, self.are = old, new, were, are
        self.near = {i: are[0] + rank for rank, i in enumerate(were)}
        self.said = {i: words_of(texts[i]) for i in were if i in texts}
        self.opens = {i: self.said[i][:3] if i in self.said else words_of(old[i].opens or "") for i in were}
        self.closes = {i: self.said[i][-3:] if i in self.said else words_of(old[i].closes or "") for i in were}
        self.by_word: dict[str, list[int]] = defaultdict(list)
        for j in are:
            for word in set(new[j].words) if self.said else {*new[j].words[:1], *new[j].words[-1:]}:
                self.by_word[word].append(j)
        self.found: dict[int, list[int]] = {}
        self.used: set[int] = set()

    def run(self) -> dict[int, list[int]]:
        self.pairs(_LEAST)
        for i, (j,) in list(self.found.items()):
            self.split(i, j)
        for i in self.were:
            if i not in self.found:
                self.joined(i)
        left = [i for i in self.were if i not in self.found]
        rest = [j for j in self.are if j not in self.used]
        if len(left) == len(rest) and all(self.fits(i, j) for i, j in zip(left, rest, strict=True)):
            for i, j in zip(left, rest, strict=True):
                self.take(i, [j])
        return self.found

    def pairs(self, least: float) -> dict[int, list[int]]:
        """Pair old and new ones, the most alike first, that are alike enough."""
        scored = [(-self.score(i, j), abs(j - self.near[i]), i, j) for i in self.were for j in self.candidates(i)]
        for score, _, i, j in sorted(scored):
            if -score >= least and i not in self.found and j not in self.used:
                self.take(i, [j])
        return self.found

    def take(self, i: int, pieces: list[int]) -> None:
        self.found[i] = pieces
        self.used.update(pieces)

    def candidates(self, i: int) -> list[int]:
        """New sentences that share most of the rarest words of an old one, nearby ones where there are many."""
        words = self.said.get(i) or [*self.opens[i][:1], *self.closes[i][-1:]]
        rare = sorted(
            {word for word in words if word in self.by_word}, key=lambda word: (len(self.by_word[word]), word)
        )
        shared: Counter[int] = Counter()
        for word in rare[:_NEAR]:
            held = self.by_word[word]
            first = max(0, bisect_right(held, self.near[i]) - _NEAR // 2)
            shared.update(held[first : first + _NEAR])
        return [
            j for j, _ in sorted(shared.items(), key=lambda each: (-each[1], abs(each[0] - self.near[i])))[:_COMPARED]
        ]

    def score(self, i: int, j: int) -> float:
        """How alike an old and a new sentence are: 0 to 2."""
        if self.length(i, [j]) < _LENGTH:
            return 0
        words = self.new[j].words
        if i in self.said:
            alike = self.alike(i, j)
            return 2 * alike if alike >= _ALIKE else 0
        return _lead(self.opens[i], words) + _lead(self.closes[i][::-1], words[::-1])

    def length(self, i: int, pieces: list[int]) -> float:
        were, are = self.old[i].letters, sum(self.new[j].letters for j in pieces)
        return min(were, are) / max(were, are, 1)

    def fits(self, i: int, j: int) -> bool:
        """Whether one that is left may be the other that is left: of equal length, and not known to be another."""
        known = i in self.said and self.alike(i, j) < _OTHER
        return self.length(i, [j]) >= _ALIKE and not known

    def alike(self, i: int, j: int) -> float:
        """Share of words, in their order, that an old sentence whose text is at hand has in common with a new one."""
        return SequenceMatcher(None, self.said[i], self.new[j].words, autojunk=False).ratio()

    def split(self, i: int, j: int) -> None:
        """Whether the sentences after a new one belong to the old one too: they end as it did."""
        if _lead(self.closes[i][::-1], self.new[j].words[::-1]) == 1:
            return
        for count in range(1, _PARTS):
            more = [k for k in range(j + 1, j + count + 1) if k <= self.are[-1] and k not in self.used]
            if len(more) < count:
                return
            alike = self.length(i, [j, *more]) >= max(_ALIKE, self.length(i, [j]))
            if alike and self.closes[i] and _lead(self.closes[i][::-1], self.new[more[-1]].words[::-1]) == 1:
                self.take(i, [j, *more])
                return

    def joined(self, i: int) -> None:
        """Whether a new sentence that another old one became ends, or starts, as this one did."""
        for other in (i - 1, i + 1):
            if len(known := self.found.get(other, [])) == 1:
                words = self.new[known[0]].words
                edge = _lead(self.closes[i][::-1], words[::-1]) if other < i else _lead(self.opens[i], words)
                longer = self.new[known[0]].letters > max(self.old[i].letters, self.old[other].letters)
                if edge == 1 and longer:
                    self.found[i] = list(known)
                    return


def _lead(edge: Sequence[str], words: Sequence[str]) -> float:
    """Share of some first words that stand at the start of others."""
    same = 0
    for a, b in zip(edge, words, strict=False):
        if a != b:
            break
        same += 1
    return same / len(edge) if edge else 0
