"""When statements cannot both be so, and which value of several to show.

Nothing is compared in pairs: claims are sorted, and each is asked whether any other is out of its reach, so that
a hundred thousand claims of one property take a second.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from math import inf
from typing import TypeVar

from .claims import Claim, Dated, Evidence, Location, Number
from .denial import reached
from .ranges import Periods, Range, date_range, number_range, validity
from .vocab import DATES, NEGATIVE
from .vocabulary import DEFAULT, Vocabulary

# Every place in which a place lies, itself included.
Around = Callable[[str], Iterable[str]]

T = TypeVar("T", bound=Claim)

# Plainest first.
SHOWN = ("asserted", "claimed", "reported")


def affirmative(claim: Evidence) -> bool:
    """Whether a claim says that something is so."""
    return getattr(claim, "standing", "asserted") not in NEGATIVE


def contested(claims: Sequence[tuple[str, Evidence]], around: Around, vocabulary: Vocabulary = DEFAULT) -> set[int]:
    """Places in `claims`, all about one entity, of the affirmative ones that are contested.

    They are disputed by a passage, reached by a denial or an answer, or in conflict with one another.
    """
    found = {i for i, (_, claim) in enumerate(claims) if claim.disputed_by} | reached(claims, around)
    groups: dict[tuple[str, tuple[str | bool | None, ...]], list[int]] = defaultdict(list)
    for i, (name, claim) in enumerate(claims):
        if name in vocabulary.single_valued and affirmative(claim):
            groups[name, _counted(claim)].append(i)
    for (name, _), members in groups.items():
        conflicting = _conflicts(name, [claims[i][1] for i in members], around)
        found |= {members[i] for i in conflicting}
    return {i for i in found if affirmative(claims[i][1])}


def _counted(claim: Evidence) -> tuple[str | bool | None, ...]:
    """What sets numbers apart: other people, and a running count from one without a date."""
    if not isinstance(claim, Number):
        return ()
    return claim.class_, claim.of, claim.unit, claim.as_of is None


def _conflicts(name: str, claims: Sequence[Evidence], around: Around, vocabulary: Vocabulary = DEFAULT) -> set[int]:
    """Places of the claims on one property that another one contradicts."""
    places = [claim for claim in claims if isinstance(claim, Location)]
    if places:
        return _apart(places, around)
    spans: dict[int, tuple[Range, Range]] = {}
    texts: dict[str | None, int] = {}
    for i, claim in enumerate(claims):
        assert isinstance(claim, Claim)
        if isinstance(claim, Number):
            value = number_range(claim)
        elif name in DATES and claim.text:
            value = date_range(claim.text)
        else:
            rank = texts.setdefault(claim.text, len(texts))
            value = rank, rank
        if value is not None:
            spans[i] = validity(claim), value
    return _out_of_reach(spans)


def _out_of_reach(spans: dict[int, tuple[Range, Range]]) -> set[int]:
    """Keys of those whose value does not meet that of another one that holds at the same time."""
    held: dict[Range, Range] = {}
    for period, (low, high) in spans.values():
        lowest_high, highest_low = held.get(period, (inf, -inf))
        held[period] = min(lowest_high, high), max(highest_low, low)
    extremes = _extremes(held)
    return {
        key for key, (period, (low, high)) in spans.items() if extremes[period][0] < low or extremes[period][1] > high
    }


def _extremes(held: dict[Range, Range]) -> dict[Range, Range]:
    """For each period the lowest high and the highest low of all that overlap it.

    Periods are taken by their ends, while those that start in time are put, by their ends, into a tree of extremes.
    """
    starts = sorted(held)
    ends = sorted({-end for _, end in held})
    tree = _Tree(len(ends))
    found, taken = {}, 0
    for period in sorted(held, key=lambda period: period[1]):
        while taken < len(starts) and starts[taken][0] <= period[1]:
            tree.put(bisect_left(ends, -starts[taken][1]) + 1, held[starts[taken]])
            taken += 1
        found[period] = tree.look(bisect_right(ends, -period[0]))
    return found


class _Tree:
    """The lowest and the highest value of the first so many slots (a Fenwick tree)."""

    def __init__(self, slots: int) -> None:
        self.low, self.high = [inf] * (slots + 1), [-inf] * (slots + 1)

    def put(self, at: int, value: Range) -> None:
        low, high = value
        while at < len(self.low):
            if self.low[at] > low:
                self.low[at] = low
            if self.high[at] < high:
                self.high[at] = high
            at += at & -at

    def look(self, at: int) -> Range:
        low, high = inf, -inf
        while at:
            if self.low[at] < low:
                low = self.low[at]
            if self.high[at] > high:
                high = self.high[at]
            at -= at & -at
        return low, high


def _apart(claims: Sequence[Location], around: Around) -> set[int]:
    """Places that are neither the same nor one in the other: all that hold at the time, less those that agree."""
    everywhere, at, within = Periods(), defaultdict[str, Periods](Periods), defaultdict[str, Periods](Periods)
    outer = {claim.value: {*around(claim.value), claim.value} for claim in claims}
    periods = [validity(claim) for claim in claims]
    for claim, period in zip(claims, periods, strict=True):
        everywhere.add(period)
        at[claim.value].add(period)
        for place in outer[claim.value]:
            within[place].add(period)
    found = set()
    for i, (claim, period) in enumerate(zip(claims, periods, strict=True)):
        # A place around it that by another text lies in it was counted as one within.
        wider = [place for place in outer[claim.value] if place in at and claim.value not in outer[place]]
        agreeing = within[claim.value].meeting(period) + sum(at[place].meeting(period) for place in wider)
        if agreeing < everywhere.meeting(period):
            found.add(i)
    return found


def _width(claim: Claim) -> float:
    if isinstance(claim, Number):
        span = number_range(claim)
    elif isinstance(claim, Dated):
        span = date_range(claim.value)
    else:
        return 0
    return span[1] - span[0] if span else inf


def best(claims: Sequence[T], disputed: Sequence[bool], final: bool = False) -> T | None:
    """The value to show of several: the preferred one; else, if none is contested, the plainest and narrowest.

    Judged, alleged, denied and refuted ones are never shown, nor a number that a later count has overtaken.
    `final`: a number without a date is the last word, and no running count is shown beside it.
    """
    shown = [(claim, bad) for claim, bad in zip(claims, disputed, strict=True) if claim.standing in SHOWN]
    for claim, _ in shown:
        if claim.preferred:
            return claim
    if not shown or any(bad for _, bad in shown):
        return None
    counted = {id(claim): date_range(claim.as_of)[1] for claim, _ in shown if isinstance(claim, Number) and claim.as_of}
    newest = max(counted.values(), default=None)
    if final and len(counted) < len(shown):
        newest = None
    return min(
        (claim for claim, _ in shown if counted.get(id(claim)) in (newest, None)),
        key=lambda claim: (SHOWN.index(claim.standing), id(claim) not in counted, _width(claim)),
    )
