"""When ties have ended, by their own words or by those of another claim on the same tie."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from .ranges import date_range


class Span(NamedTuple):
    """A tie of one entity in one relation: to whom, as what, since and until when."""

    other: str | None
    role: str | None
    since: str | None
    until: str | None


def ended(spans: Iterable[Span]) -> set[Span]:
    """Those that have ended: by their own `until`, or by another one to the same in the same role or in none.

    A tie without a role ends with any. One that begins no earlier than that end is another one.
    """
    spans = list(spans)
    ends: dict[tuple[str | None, str | None], float] = {}
    for span in spans:
        if span.until:
            for role in (span.role, "*"):
                key = span.other, role
                ends[key] = max(ends.get(key, 0), date_range(span.until)[1])
    return {span for span in spans if _over(span, ends)}


def _over(span: Span, ends: dict[tuple[str | None, str | None], float]) -> bool:
    roles = (span.role, None) if span.role else ("*",)
    end = max((ends[span.other, role] for role in roles if (span.other, role) in ends), default=None)
    later = end is not None and span.since is not None and date_range(span.since)[0] >= end
    return span.until is not None or (end is not None and not later)
