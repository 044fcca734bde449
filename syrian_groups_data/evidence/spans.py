"""The part of a new text that is one of several sources, where they shared the old one."""

from __future__ import annotations

from collections.abc import Sequence

from ..model.passages import Passage
from .extents import Place
from .lay import lay
from .letters import Letters


def proposed(
    text: str, ours: Sequence[Passage], others: Sequence[Passage], known: Sequence[tuple[int, int]] = ()
) -> tuple[int, int] | None:
    """Where a source starts and ends in a new text, by its passages and those of the other parts of the old text.

    What lies between the last passage of one part and the first of the next belongs to the earlier part, unless that
    first one is not there. `known` are parts of the new text that are other sources already. None where nothing of
    the source is there.
    """
    both = sorted(
        [*((p.start, True, p) for p in ours), *((p.start, False, p) for p in others)], key=lambda each: each[:2]
    )
    layout, _ = lay(Letters(text), [passage for *_, passage in both])
    told = [(own, place) for (_, own, _), place in zip(both, layout.places, strict=True)]
    laid = [place for own, place in told if own and place]
    if not laid:
        return None
    first, last = min(place.start for place in laid), max(place.end for place in laid)
    around = [(place.start, place.end) for own, place in told if not own and place]
    floor = max((end for _, end in around if end <= first), default=0)
    start = _edge(told, first, floor) if floor else 0
    end = min((start for start, _ in around if start >= last), default=len(text))
    return (
        max([start, *(right for _, right in known if right <= first)]),
        min([end, *(left for left, _ in known if left >= last)]),
    )


def _edge(told: Sequence[tuple[bool, Place | None]], first: int, floor: int) -> int:
    """Where a part that follows another starts: at its first passage, if that is there, else after the other."""
    opening = next(place for own, place in told if own)
    return first if opening and opening.start == first else floor
