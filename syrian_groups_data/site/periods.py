"""Rows of time for a list of events: years, and months where much happened; empty ones side by side are one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from . import words

# A year with this share of all events, and this many, is shown by its months.
_SHARE, _LEAST = 0.08, 8
_MOST = 48


class Period(NamedTuple):
    """A row of time, by its first and last day, both inclusive."""

    first: str
    last: str
    label: str


def periods(days: Iterable[date]) -> list[Period]:
    """Rows that cover all days, in order."""
    days = sorted(days)
    if not days:
        return []
    years = Counter(day.year for day in days)
    months = Counter((day.year, day.month) for day in days)
    found: list[Period] = []
    empty: list[int] = []
    for year in range(days[0].year, days[-1].year + 1):
        if not years[year]:
            empty.append(year)
            continue
        if empty:
            found.append(_years(empty[0], empty[-1]))
            empty = []
        if years[year] >= max(_LEAST, _SHARE * len(days)):
            found += _months(year, [month for month in range(1, 13) if months[year, month]])
        else:
            found.append(_years(year, year))
    if len(found) > _MOST:  # the oldest are one
        rest = len(found) - _MOST
        found[: rest + 1] = [Period(found[0].first, found[rest].last, f"to {found[rest].last[:4]}")]
    return found


def _years(first: int, last: int) -> Period:
    label = f"{first}" if first == last else f"{first}–{last}"
    return Period(f"{first:04}-01-01", f"{last:04}-12-31", label)


def _months(year: int, held: list[int]) -> list[Period]:
    """Months of a year from the first to the last in which something happened; empty ones side by side are one."""
    found = []
    month = held[0]
    while month <= held[-1]:
        end = month if month in held else next(each for each in held if each > month) - 1
        names = dict.fromkeys(words.MONTHS[each - 1][:3] for each in (month, end))
        # A day 31 compares right with every day of the month.
        found.append(Period(f"{year:04}-{month:02}-01", f"{year:04}-{end:02}-31", f"{'–'.join(names)} {year}"))
        month = end + 1
    return found


def place(rows: list[Period], day: date | None) -> int | None:
    """Index of the row in which a day lies."""
    if day is None:
        return None
    text = day.isoformat()
    return next((i for i, row in enumerate(rows) if row.first <= text <= row.last), None)
