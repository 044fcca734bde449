"""From letters back to places in a text: where the marks around a passage start and end."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from ..model.passages import Passage
from ..model.values import digest
from .letters import Letters
from .words import NOTE

_NOTE = re.compile(NOTE)
_TRIED = 24  # extents that are tried for one passage


class Place(NamedTuple):
    """Where a passage stands in a text (code points), and whether it does to the letter."""

    start: int
    end: int
    exact: bool


def apart(places: list[int], count: int) -> list[int]:
    """Those of some places, in order, at which so many letters do not overlap."""
    found: list[int] = []
    for at in places:
        if not found or at >= found[-1] + count:
            found.append(at)
    return found


def extents(letters: Letters, laid: Sequence[tuple[Passage, int | None]]) -> list[Place | None]:
    """Places of passages by the positions of their letters: no two overlap."""
    places = [None if at is None else _extent(letters, passage, at) for passage, at in laid]
    order = sorted((place, i) for i, place in enumerate(places) if place)
    for (_, i), (_, j) in pairwise(order):
        first, second = places[i], places[j]
        assert first is not None
        assert second is not None
        if second.start < first.end:
            # A mark between two sentences without a space belongs to one of them.
            text = letters.text[first.end : second.end]
            places[j] = Place(first.end + len(text) - len(text.lstrip()), second.end, False)
    return places


def _extent(letters: Letters, passage: Passage, at: int) -> Place:
    """Where the marks around the letters of a passage start and end: as its digest says, else as they hang together."""
    text, first, last = letters.text, letters.places[at], letters.after(at + passage.letters)
    floor = letters.after(at) if at else letters.start
    beyond = letters.beyond(at + passage.letters)
    ceiling = letters.places[beyond] if beyond < len(letters) else letters.end
    lead, trail = first, last
    while lead > floor and not text[lead - 1].isspace():
        lead -= 1
    while lead < first and text[lead] in "-*=\u2022":
        lead += 1
    while trail < ceiling and not text[trail].isspace():
        note = _NOTE.match(text, trail, ceiling)  # may hold a space
        trail = note.end() if note else trail + 1
    trail = last + len(text[last:trail].rstrip("="))
    tried = 0
    for left in dict.fromkeys((lead, *range(first, floor - 1, -1))):
        for right in dict.fromkeys((trail, *range(last, ceiling + 1))):
            if not text[left].isspace() and not text[right - 1].isspace():
                if digest(text[left:right]) == passage.sha256:
                    return Place(left, right, True)
                tried += 1
        if tried > _TRIED:
            break
    return Place(lead, trail, False)


def wordless(
    letters: Letters, passages: Sequence[Passage], places: list[Place | None], others: Sequence[Place | None]
) -> list[Place | None]:
    """Places, with those of passages without letters: lines of marks between the same neighbours, as many as there were.

    None lies over one of `others`, where passages stand that are there again.
    """
    found = list(places)
    taken = sorted(place for place in others if place)
    last = letters.start
    for without, run in groupby(range(len(passages)), key=lambda i: not passages[i].letters):
        here = list(run)
        if not without:
            last = max((place.end for i in here if (place := places[i])), default=last)
            continue
        following = places[here[-1] + 1] if here[-1] + 1 < len(places) else None
        end = following.start if following else letters.end if here[-1] + 1 == len(places) else last
        between = _lines(letters.text, last, end)
        lines = [(a, b) for a, b in between if letters.position(a) == letters.position(b) and _free(taken, a, b)]
        if [digest(letters.text[a:b]) for a, b in lines] == [passages[i].sha256 for i in here]:
            for i, line in zip(here, lines, strict=True):
                found[i] = Place(*line, True)
    return found


def _free(taken: Sequence[Place], start: int, end: int) -> bool:
    """Whether no place, of those in order, has anything of a part of a text."""
    i = bisect_left(taken, (end,))
    return not i or taken[i - 1].end <= start


def _lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Lines of a part of a text, without space around them."""
    at = start
    for line in text[start:end].splitlines(keepends=True):
        if said := line.strip():
            left = at + line.index(said)
            yield left, left + len(said)
        at += len(line)
