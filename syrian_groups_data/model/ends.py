"""When ties have ended, by their own words or by those of another claim on the same tie."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from math import inf
from typing import Any, NamedTuple

from .ranges import Range, date_range


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
                ends[key] = max(ends.get(key, 0), _days(span.until)[1])
    return {span for span in spans if _over(span, ends)}


def _days(text: str) -> Range:
    """Bounds of a date; a text that is none, which a table of others may hold, leaves all open."""
    try:
        return date_range(text)
    except ValueError:
        return -inf, inf


def over(relations: Iterable[Mapping[str, Any]]) -> set[str]:
    """Statements on ties that have ended, among rows of `relations`."""
    spans: dict[tuple[str, str], dict[str, Span]] = defaultdict(dict)
    for row in relations:
        span = Span(row["object_id"] or row["described"], row["role"], row["since"], row["until"])
        spans[row["subject_id"], row["relation"]][row["statement_id"]] = span
    gone = {key: ended(each.values()) for key, each in spans.items()}
    return {name for key, each in spans.items() for name, span in each.items() if span in gone[key]}


def _over(span: Span, ends: dict[tuple[str | None, str | None], float]) -> bool:
    roles = (span.role, None) if span.role else ("*",)
    end = max((ends[span.other, role] for role in roles if (span.other, role) in ends), default=None)
    later = end is not None and span.since is not None and _days(span.since)[0] >= end
    return span.until is not None or (end is not None and not later)
