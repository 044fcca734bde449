"""Claims as ranges of days and numbers: what must meet for two of them to agree."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from datetime import date

from .claims import Claim, Number
from .values import bounds

Range = tuple[float, float]

_FIRST, _LAST = date.min.toordinal(), date.max.toordinal()


def date_range(text: str) -> Range:
    """Bounds of a date as day numbers; an end that is not known is that of the calendar."""
    span = bounds(text)
    return (
        span.earliest.toordinal() if span.earliest else _FIRST,
        span.latest.toordinal() if span.latest else _LAST,
    )


def validity(claim: Claim) -> Range:
    """When a claim holds, as day numbers: a number at its `as_of`; without any date at all times.

    Here `../x` is x: that it held before, no text says.
    """
    if isinstance(claim, Number) and claim.as_of:
        return date_range(claim.as_of.removeprefix("../"))
    start = date_range(claim.since.removeprefix("../"))[0] if claim.since else _FIRST
    return start, date_range(claim.until)[1] if claim.until else _LAST


def number_range(claim: Number) -> Range | None:
    """Bounds for comparison: a missing high is twice the printed number, a missing low a tenth, about ± 10 %."""
    low, high = claim.low, claim.high
    if low is None and high is None:
        return None
    if low is None:
        assert high is not None
        return (high + (claim.qualifier == "fewer-than")) / 10, high
    if high is None:
        return low, 2 * (low - (claim.qualifier == "more-than"))
    return (low * 0.9, high * 1.1) if claim.qualifier == "about" else (low, high)


class Periods:
    """Ranges, counted by whether they meet another; sorted once, when first asked."""

    __slots__ = ("_ends", "_sorted", "_starts")

    def __init__(self) -> None:
        self._starts: list[float] = []
        self._ends: list[float] = []
        self._sorted = True

    def add(self, period: Range) -> None:
        """One more."""
        self._starts.append(period[0])
        self._ends.append(period[1])
        self._sorted = False

    def meeting(self, period: Range) -> int:
        """How many of them meet it."""
        if not self._sorted:
            self._starts.sort()
            self._ends.sort()
            self._sorted = True
        return bisect_right(self._starts, period[1]) - bisect_left(self._ends, period[0])
