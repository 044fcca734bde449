"""Passages laid on a text: each whole, at one place, and no two at the same.

Sentences that stand once come first, wherever they stand. Short lines come where their order or a neighbour speaks for
them, equal sentences where a neighbour or their number between two anchors does. Where nothing decides, nothing is laid.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from ..model.passages import Passage
from .extents import Place, apart, extents, wordless
from .hits import Sought, stopped
from .letters import Letters

LONG = 24  # letters of a passage that speaks for itself wherever it stands
LEAST = 0.25  # share of a source's longer passages that a changed version of it holds at least


class Layout(NamedTuple):
    """The place of each passage; of those without one that were some of several equal ones, of how many."""

    places: list[Place | None]
    equal: Mapping[int, int]


def lay(
    letters: Letters, passages: Sequence[Passage], resting: Collection[int] = (), gone: Sequence[Passage] = ()
) -> tuple[Layout, Layout]:
    """Lay passages, in reading order, on a text; then, on what is left of it, some that are gone.

    `resting` are the places in the sequence of passages on which something rests: such a one of several equal
    sentences is laid only where it cannot be another.
    """
    laying = _Laying(letters, passages, resting, Sought([*passages, *gone]).hits(letters))
    laying.run()
    back = laying.returned(gone)
    both = extents(letters, [*zip(passages, laying.at, strict=True), *zip(gone, back, strict=True)])
    known, again = both[: len(passages)], both[len(passages) :]
    return Layout(wordless(letters, passages, known, again), laying.unlaid()), Layout(again, {})


def share(passages: Sequence[Passage], places: Sequence[Place | None], aside: Collection[int]) -> float:
    """Share of a source's longer passages that stand in a text.

    Those that are set aside do not count, as other pages of the same site have them too, unless there are no others.
    Where no passage is long, all count.
    """
    weighed = [
        (passage.number in aside, place is not None)
        for passage, place in zip(passages, places, strict=True)
        if passage.letters >= LONG
    ] or [(passage.number in aside, place is not None) for passage, place in zip(passages, places, strict=True)]
    told = [laid for other, laid in weighed if not other] or [laid for _, laid in weighed]
    return sum(told) / len(told) if told else 0.0


class _Laying:
    """Which letters of a text each passage has: `at` is the position of its first one."""

    def __init__(
        self, letters: Letters, passages: Sequence[Passage], resting: Collection[int], found: dict[str, list[int]]
    ) -> None:
        self.letters, self.passages, self.resting, self.hits = letters, passages, resting, found
        self.at: list[int | None] = [None] * len(passages)
        self.taken = bytearray(len(letters))
        self.equal: dict[int, int] = {}
        # A passage without letters stands between its neighbours, not among them.
        worded = [i for i, passage in enumerate(passages) if passage.letters]
        self.after = dict(pairwise(worded))
        self.before = {b: a for a, b in self.after.items()}
        self.groups: dict[str, list[int]] = defaultdict(list)
        self.runs: dict[str, list[list[int]]] = defaultdict(list)
        for key, run in groupby(worded, key=lambda i: passages[i].words_sha256):
            self.runs[key].append(list(run))
            self.groups[key] += self.runs[key][-1]

    def run(self) -> None:
        """Lay all that can be laid."""
        single = {key: group[0] for key, group in self.groups.items() if len(group) == 1}
        alone = [(i, self.hits[key][0]) for key, i in single.items() if len(self.hits.get(key, ())) == 1]
        several = [key for key in self.groups if key not in single or len(self.hits.get(key, ())) > 1]
        for i, at in sorted(alone, key=lambda each: -self.count(each[0])):
            if self.count(i) >= LONG:
                self.place(i, at)
        self.short([(i, at) for i, at in alone if self.count(i) < LONG])
        self.spread(set(several))
        self.between(several)
        self.neighbours(several)
        self.spread(set(several))
        self.between(several)
        self.rest(several)

    def unlaid(self) -> dict[int, int]:
        """Equal ones that were not laid, and how many there were."""
        return {i: equal for i, equal in self.equal.items() if self.at[i] is None}

    # --- one passage at one place -------------------------------------------------------------------

    def count(self, i: int) -> int:
        return self.passages[i].letters

    def free(self, at: int, count: int) -> bool:
        return self.taken.find(1, at, at + count) < 0

    def place(self, i: int, at: int) -> None:
        """Lay a passage, if it is not laid and the place is free."""
        if self.at[i] is None and self.free(at, self.count(i)):
            self.at[i] = at
            self.take(at, self.count(i))

    def take(self, at: int, count: int) -> None:
        self.taken[at : at + count] = b"\1" * count

    def met(self, at: int) -> bool:
        """Whether a passage has the letter at a position."""
        return 0 <= at < len(self.taken) and bool(self.taken[at])

    def follows(self, i: int, at: int, there: int) -> bool:
        """Whether a passage at a position would stand right before another one's position."""
        return self.letters.beyond(at + self.count(i)) == there

    def spine(self) -> tuple[list[int], list[int]]:
        """Passages that are laid in the order in which they stood, as many as there can be, and their positions."""
        tails: list[int] = []
        ends: list[int] = []
        back: dict[int, int] = {}
        for i, at in enumerate(self.at):
            if at is not None:
                k = bisect_left(tails, at)
                tails[k : k + 1], ends[k : k + 1] = [at], [i]
                back[i] = ends[k - 1] if k else -1
        order: list[int] = []
        i = ends[-1] if ends else -1
        while i >= 0:
            order.append(i)
            i = back[i]
        order.reverse()
        return order, [at for i in order if (at := self.at[i]) is not None]

    # --- short lines --------------------------------------------------------------------------------

    def short(self, alone: list[tuple[int, int]]) -> None:
        """Lines too short to speak for themselves: where no other crosses them, or with a neighbour beside them."""
        both = sorted([*zip(*self.spine(), strict=True), *alone])
        crossed: set[int] = set()
        highest, lowest = -1, len(self.letters) + 1
        for i, at in both:
            crossed |= {i} if at < highest else set()
            highest = max(highest, at)
        for i, at in reversed(both):
            crossed |= {i} if at > lowest else set()
            lowest = min(lowest, at)
        where = dict(alone)
        for i, at in alone:
            if i not in crossed or self.beside(i, at, where):
                self.place(i, at)

    def beside(self, i: int, at: int, where: dict[int, int]) -> bool:
        """Whether a passage would stand beside one that it stood beside, laid or about to be."""

        def there(other: int | None) -> int | None:
            if other is None:
                return None
            laid = self.at[other]
            return where.get(other) if laid is None else laid

        before, after = self.before.get(i), self.after.get(i)
        left, right = there(before), there(after)
        return (before is not None and left is not None and self.follows(before, left, at)) or (
            right is not None and self.follows(i, at, right)
        )

    # --- equal sentences ----------------------------------------------------------------------------

    def left(self, key: str) -> list[int]:
        """Equal sentences that are not laid yet."""
        return [i for i in self.groups[key] if self.at[i] is None]

    def places(self, key: str) -> list[int]:
        """Places where one of them may still be laid, none over another."""
        count = self.count(self.groups[key][0])
        return apart([at for at in self.hits.get(key, ()) if self.free(at, count)], count)

    def slots(self, key: str, spine: tuple[list[int], list[int]]) -> Iterator[tuple[list[int], list[int]]]:
        """Equal sentences that are left, and places that are, between each two anchors."""
        order, positions = spine
        were: dict[int, list[int]] = defaultdict(list)
        are: dict[int, list[int]] = defaultdict(list)
        for i in self.left(key):
            were[bisect_left(order, i)].append(i)
        for at in self.places(key) if were else ():
            are[bisect_right(positions, at)].append(at)
        return ((group, are[slot]) for slot, group in were.items())

    def between(self, several: Iterable[str]) -> None:
        """Lay equal sentences in their order, where between two anchors there are as many places as there were."""
        spine = self.spine()
        for key in several:
            for group, places in self.slots(key, spine):
                self.settle(group, places)

    def settle(self, group: list[int], places: Sequence[int]) -> None:
        """Lay equal sentences in their order, if there are as many places as there were."""
        if len(group) == len(places):
            for i, at in zip(group, places, strict=True):
                self.place(i, at)

    def neighbours(self, several: Iterable[str]) -> None:
        """Lay a run of equal sentences beside its neighbour, where none of the others can be meant."""
        for key in several:
            runs = [run for run in self.runs[key] if all(self.at[i] is None for i in run)]
            rows = Rows(self, key)
            claims: dict[tuple[int, ...], list[list[int]]] = defaultdict(list)
            claimed: dict[int, int] = {}
            lost = 0  # runs that no neighbour speaks for or against
            for run in runs:
                held = rows.beside(run)
                lost += not rows.known(run)
                claimed[run[0]] = len(held)
                for row in held:
                    claims[row].append(run)
            fewer = len(self.places(key)) < sum(map(len, runs))
            for row, (run, *others) in claims.items():
                if not others and claimed[run[0]] == 1 and not (fewer and lost):
                    self.settle(run, row)

    def rest(self, several: Iterable[str]) -> None:
        """Lay what is left of equal sentences: all, if none of them vanished, else those on which nothing rests."""
        spine = self.spine()
        for key in several:
            if self.count(self.groups[key][0]) >= LONG and len(self.places(key)) >= len(self.left(key)):
                for group, places in self.slots(key, spine):
                    self.settle(group[: len(places)], places[: len(group)])
                self.settle(left := self.left(key), self.places(key)[: len(left)])
            left, places = self.left(key), self.places(key)
            free = iter(places)
            for i in left if places else ():
                if i in self.resting:
                    self.equal[i] = max(len(self.groups[key]), len(places))
                elif (at := next(free, None)) is not None:
                    self.place(i, at)

    # --- what neighbours hold without a mark between ------------------------------------------------

    def spread(self, several: set[str]) -> None:
        """From each passage that is laid on to those that follow or precede it without a break of line or sentence."""
        for i in range(len(self.passages)):
            if self.at[i] is not None:
                self.forward(i, several)
                self.backward(i, several)

    def step(self, i: int | None, several: set[str]) -> bool:
        """Whether a walk goes on to a passage: it is not laid, and no other is like it."""
        return i is not None and self.at[i] is None and self.passages[i].words_sha256 not in several

    def stands(self, i: int, at: int) -> bool:
        count = self.count(i)
        if at < 0 or at + count > len(self.letters) or not self.free(at, count):
            return False
        return self.letters.matches(at, count, {self.passages[i].words_sha256}) is not None

    def forward(self, i: int, several: set[str]) -> None:
        run: list[tuple[int, int]] = []
        sure, edge = 0, self.letters.beyond((self.at[i] or 0) + self.count(i))
        after = self.after.get(i)
        while after is not None and self.step(after, several) and self.stands(after, edge):
            run.append((after, edge))
            end = edge + self.count(after)
            edge = self.letters.beyond(end)
            if self.letters.closes(end, stopped(self.passages[after])) or self.met(edge):
                sure = len(run)
            after = self.after.get(after)
        for each in run[:sure]:
            self.place(*each)

    def backward(self, i: int, several: set[str]) -> None:
        run: list[tuple[int, int]] = []
        sure, edge = 0, self.at[i] or 0
        before = self.before.get(i)
        while before is not None and self.step(before, several):
            at = self.letters.behind(edge) - self.count(before)
            if not self.stands(before, at):
                break
            run.append((before, at))
            edge = at
            if self.letters.begins(at) or self.met(at - 1):
                sure = len(run)
            before = self.before.get(before)
        for each in run[:sure]:
            self.place(*each)

    def returned(self, gone: Sequence[Passage]) -> list[int | None]:
        """Positions of passages that were gone, each where no other can be meant."""
        groups: dict[str, list[int]] = defaultdict(list)
        for i, passage in enumerate(gone):
            groups[passage.words_sha256].append(i)
        found: list[int | None] = [None] * len(gone)
        for key, (i, *more) in groups.items():
            count = gone[i].letters
            free = apart([at for at in self.hits.get(key, ()) if self.free(at, count)], count) if count else []
            if not more and len(free) == 1:
                self.take(free[0], count)
                found[i] = free[0]
        return found


class Rows:
    """Rows of places of equal sentences, one right after another, by where they start and end."""

    def __init__(self, laying: _Laying, key: str) -> None:
        self.laying = laying
        self.starts: dict[int, tuple[int, ...]] = {}
        self.ends: dict[int, tuple[int, ...]] = {}
        for row in self._rows(laying.places(key), laying.count(laying.groups[key][0])):
            self.starts[row[0]] = self.ends[row[-1]] = tuple(row)

    def _rows(self, places: list[int], count: int) -> Iterator[list[int]]:
        row: list[int] = []
        for at in places:
            if row and self.laying.letters.beyond(row[-1] + count) != at:
                yield row
                row = []
            row.append(at)
        if row:
            yield row

    def known(self, run: list[int]) -> bool:
        """Whether a neighbour of a run is laid, so that it speaks for a row or against it."""
        laying = self.laying
        both = laying.before.get(run[0]), laying.after.get(run[-1])
        return any(i is not None and laying.at[i] is not None for i in both)

    def beside(self, run: list[int]) -> list[tuple[int, ...]]:
        """Rows that start after the passage before a run of equal ones, or end before the one after it."""
        laying, count = self.laying, self.laying.count(run[0])
        before, after = laying.before.get(run[0]), laying.after.get(run[-1])
        found = []
        if before is not None and (at := laying.at[before]) is not None:
            found.append(self.starts.get(laying.letters.beyond(at + laying.count(before))))
        if after is not None and (at := laying.at[after]) is not None:
            found.append(self.ends.get(laying.letters.behind(at) - count))
        return list(dict.fromkeys(row for row in found if row))
