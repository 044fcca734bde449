"""What a denial reaches: the claims that cannot stand unmarked beside it.

A denied or refuted claim reaches the claims on the same property that lie within what it denies: the same value, at a
time that overlaps. A qualifier that it leaves out covers every one, a place those that lie in it, a date those within
its bounds. A denied `occurred` reaches what hangs on the event too, and an answer the properties that it `covers`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate

from .claims import Claim, Dated, Evidence, Happening, Location, Name, Number, Participant, Response, Tie
from .ranges import Periods, Range, date_range, validity
from .vocab import CONTESTING_STANCES, MEASURES, NEGATIVE

# Without the event nobody took part and nobody was harmed; when and where say which event is denied.
HANGS_ON_EVENT = frozenset({"occurred", "participants", "weapon", "tactic"}) | MEASURES.keys()

Key = tuple[str | int | None, ...]


def reached(claims: Sequence[tuple[str, Evidence]], around: Callable[[str], Iterable[str]]) -> set[int]:
    """Places in `claims`, all about one entity, of the affirmative ones that a denial or an answer reaches."""
    whole = _properties(claims)
    exact: dict[str, dict[tuple[bool, ...], dict[Key, Periods]]] = defaultdict(lambda: defaultdict(dict))
    dates: dict[str, list[Range]] = defaultdict(list)
    for name, claim in claims:
        if not isinstance(claim, Claim) or claim.standing not in NEGATIVE:
            continue
        if isinstance(claim, Dated):
            dates[name].append(date_range(claim.value))
        else:
            given = tuple(each is not None for each in _optional(claim))
            key = _key(claim, claim.text, given)
            exact[name][given].setdefault(key, Periods()).add(validity(claim))
    widest = {name: _widest(ranges) for name, ranges in dates.items()}
    found = set()
    for i, (name, claim) in enumerate(claims):
        if not isinstance(claim, Claim) or claim.standing in NEGATIVE:
            continue
        if (
            name in whole
            or (isinstance(claim, Dated) and _within(date_range(claim.value), widest.get(name)))
            or (name in exact and _opposed(claim, exact[name], around))
        ):
            found.add(i)
    return found


def _properties(claims: Sequence[tuple[str, Evidence]]) -> set[str]:
    """Properties that are contested as a whole."""
    found: set[str] = set()
    for _, claim in claims:
        if isinstance(claim, Response):
            if claim.stance in CONTESTING_STANCES and claim.standing not in NEGATIVE:
                found.update(claim.covers or ())
        elif isinstance(claim, Happening) and claim.standing in NEGATIVE:
            found |= HANGS_ON_EVENT
    return found


# --- the same claim -------------------------------------------------------------------------------


def _optional(claim: Claim) -> tuple[str | None, ...]:
    """Qualifiers of a value that may be left out."""
    if isinstance(claim, Number):
        return (claim.of,)
    if isinstance(claim, Participant):
        return claim.harm, claim.side
    return (claim.role,) if isinstance(claim, Tie) else ()


def _key(claim: Claim, text: str | None, given: tuple[bool, ...]) -> Key:
    """What two claims on one property share where they say the same: the value, and the qualifiers that are `given`."""
    optional = (each if wanted else None for each, wanted in zip(_optional(claim), given, strict=True))
    if isinstance(claim, Number):
        words = None if claim.low is not None or claim.high is not None else claim.words
        key: Key = (claim.low, claim.high, words, claim.unit, claim.class_)
    elif isinstance(claim, Location):
        key = text, "near" if claim.precision == "near" else "in"
    else:
        key = text, claim.role if isinstance(claim, Name | Participant) else None
    return tuple(each.casefold() if isinstance(each, str) else each for each in (*key, *optional))


def _opposed(
    claim: Claim, denied: dict[tuple[bool, ...], dict[Key, Periods]], around: Callable[[str], Iterable[str]]
) -> bool:
    for given, periods in denied.items():
        for text in _values(claim, around):
            found = periods.get(_key(claim, text, given))
            if found and found.meeting(validity(claim)):
                return True
    return False


def _values(claim: Claim, around: Callable[[str], Iterable[str]]) -> Iterator[str | None]:
    """The value, and of a place those in which it lies."""
    yield claim.text
    if isinstance(claim, Location):
        yield from around(claim.value)


# --- dates within denied ones ---------------------------------------------------------------------


def _widest(ranges: list[Range]) -> tuple[list[float], list[float]]:
    """Starts in order, and the latest end of all that start no later."""
    ranges.sort()
    return [start for start, _ in ranges], list(accumulate((end for _, end in ranges), max))


def _within(value: Range, denied: tuple[list[float], list[float]] | None) -> bool:
    """Whether a date lies within a denied one."""
    if denied is None:
        return False
    starts, latest = denied
    at = bisect_right(starts, value[0])
    return at > 0 and latest[at - 1] >= value[1]
