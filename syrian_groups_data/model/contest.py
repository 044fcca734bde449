"""When statements cannot both be so, and which value of several to show."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date
from itertools import combinations
from typing import TypeVar

from .claims import Claim, Dated, Evidence, Location, Number
from .values import bounds
from .vocab import NEGATIVE
from .vocabulary import DEFAULT, Vocabulary

Inside = Callable[[str, str], bool]
Range = tuple[float, float]

T = TypeVar("T", bound=Claim)

# Plainest first.
_SHOWN = ("asserted", "claimed", "reported")


def affirmative(claim: Evidence) -> bool:
    """Whether a claim says that something is so."""
    return getattr(claim, "standing", "asserted") not in NEGATIVE


def contested(claims: Sequence[tuple[str, Claim]], inside: Inside, vocabulary: Vocabulary = DEFAULT) -> set[int]:
    """Places in `claims`, all about one entity, of the affirmative ones that are contested.

    `inside(a, b)` says whether place a lies in place b.
    """
    found = {i for i, (_, claim) in enumerate(claims) if claim.disputed_by and affirmative(claim)}
    groups: dict[tuple[str | None, ...], list[int]] = defaultdict(list)
    denied: dict[tuple[str, str | None], bool] = {}
    for i, (name, claim) in enumerate(claims):
        if not affirmative(claim):
            denied[name, claim.text] = True
        elif name in vocabulary.single_valued:
            number = isinstance(claim, Number)
            groups[(name, *(getattr(claim, key) for key in ("class_", "of", "unit") if number))].append(i)
    found |= {i for i, (name, claim) in enumerate(claims) if affirmative(claim) and (name, claim.text) in denied}
    for members in groups.values():
        for a, b in combinations(members, 2):
            if _conflict(claims[a][0], claims[a][1], claims[b][1], inside):
                found |= {a, b}
    return found


def _conflict(name: str, a: Claim, b: Claim, inside: Inside) -> bool:
    if not _meet(_validity(a), _validity(b)):
        return False
    if isinstance(a, Number) and isinstance(b, Number):
        x, y = number_range(a), number_range(b)
        return x is not None and y is not None and not _meet(x, y)
    if isinstance(a, Dated) and isinstance(b, Dated):
        return not _meet(date_range(a.value), date_range(b.value))
    if isinstance(a, Location) and isinstance(b, Location):
        return not (a.value == b.value or inside(a.value, b.value) or inside(b.value, a.value))
    return a.text != b.text


def _meet(a: Range, b: Range) -> bool:
    return a[0] <= b[1] and b[0] <= a[1]


def date_range(text: str) -> Range:
    """Bounds of a date as day numbers; `../x` counts as x."""
    span = bounds(text.removeprefix("../"))
    return (span.earliest or date.min).toordinal(), (span.latest or date.max).toordinal()


def _validity(claim: Claim) -> Range:
    if isinstance(claim, Number) and claim.as_of:
        return date_range(claim.as_of)
    start = date_range(claim.since)[0] if claim.since else date.min.toordinal()
    return start, date_range(claim.until)[1] if claim.until else date.max.toordinal()


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


def _width(claim: Claim) -> float:
    if isinstance(claim, Number):
        span = number_range(claim)
    elif isinstance(claim, Dated):
        span = date_range(claim.value)
    else:
        return 0
    return span[1] - span[0] if span else float("inf")


def best(claims: Sequence[T], disputed: Sequence[bool]) -> T | None:
    """The value to show of several: the preferred one; else, if none is contested, the plainest and narrowest.

    Judged, alleged, denied and refuted ones are never shown, nor a number that a later count has overtaken.
    """
    shown = [(claim, bad) for claim, bad in zip(claims, disputed, strict=True) if claim.standing in _SHOWN]
    for claim, _ in shown:
        if claim.preferred:
            return claim
    if not shown or any(bad for _, bad in shown):
        return None
    counted = {id(claim): date_range(claim.as_of)[1] for claim, _ in shown if isinstance(claim, Number) and claim.as_of}
    newest = max(counted.values(), default=0)
    return min(
        (claim for claim, _ in shown if counted.get(id(claim), newest) == newest),
        key=lambda claim: (_SHOWN.index(claim.standing), _width(claim)),
    )
