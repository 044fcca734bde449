"""Ties over time: a line each, from the first day on which it may hold to the last."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from datetime import date
from itertools import groupby
from typing import NamedTuple

from markupsafe import Markup

from . import words
from .reading import Reading, Row
from .svg import cut, picture, tag, text

# So many lines are drawn, those of whom most is dated first.
_MOST = 200


def dated(rows: Sequence[Row]) -> list[Row]:
    """Ties of which somebody says since when, or until when."""
    return [row for row in rows if row["since"] or row["until"]]


def span(row: Row) -> tuple[date | None, date | None]:
    """First and last day on which a tie may hold; None where open."""
    return row["since_earliest"], row["until_latest"] if row["until"] else None


def years(rows: Sequence[Row]) -> list[int]:
    """Years in which a tie begins or ends, of the last sixteen."""
    found = sorted({day.year for row in rows for day in (row["since_earliest"], row["until_latest"]) if day})
    return [year for year in found if year >= found[-1] - 16]


def dates(row: Row) -> str:
    """Since when and until when a tie holds, as people write it."""
    parts = [f"since {words.when(row['since'])}"] if row["since"] else []
    parts += [f"until {words.when(row['until'])}"] if row["until"] else []
    return ", ".join(parts) or "no date given"


class Lanes(NamedTuple):
    """A drawing of ties over time, and what a program needs to mark a day in it."""

    picture: Markup
    first: int
    last: int
    left: float
    scale: float


def lanes(
    reading: Reading, rows: Sequence[Row], first: int, name: Callable[[Row], str], width: float = 900, left: float = 320
) -> Lanes | None:
    """A line a tie, from its first day to its last; ends that nobody gives fade out. Years before `first` are cut.
    `width` is that of the drawing, of which `left` is for the names."""
    rows = [row for row in dated(rows) if row["object_id"]]
    if not rows:
        return None
    merged: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
    for row in rows:
        merged[row["subject_id"], row["relation"], row["object_id"]].append(row)
    weight = Counter(row["subject_id"] for row in rows)
    order = sorted(merged.items(), key=lambda one: (-weight[one[0][0]], one[0][0], words.family(one[0][1]), one[0][1:]))
    order = order[:_MOST]
    days = [day for row in rows for day in (row["since_latest"], row["until_latest"], row["since_earliest"]) if day]
    last = max(day.year for day in days) + 1
    scale = (width - left - 10) / max(1, last - first)

    def at(day: date) -> float:
        year = day.year + (day.timetuple().tm_yday - 1) / 365.25
        return float(left + max(0.0, min(year - first, last - first)) * scale)

    parts: list[Markup] = []
    y = 30.0
    for subject, group in groupby(order, key=lambda one: one[0][0]):
        parts.append(text(4, y + 12, cut(reading.label(subject), round(left / 6)), "who"))
        y += 20
        for (_, relation, other), held in group:
            said = f"{words.plain(relation)} {reading.label(other)}"
            starts = [row["since_earliest"] or (row["since_latest"] if row["since"] else None) for row in held]
            ends = [row["until_latest"] if row["until"] else None for row in held]
            known = [day for day in starts if day]
            start = at(min(known)) if known and None not in starts else left
            end = at(max(day for day in ends if day)) if None not in ends else width - 10
            open_start, open_end = None in starts, None in ends
            bar = tag(
                "rect",
                tag("title", f"{reading.label(subject)} {said}: {words.listed([name(row) for row in held], 4)}"),
                x=start,
                y=y + 3,
                width=max(4.0, end - start),
                height=11.0,
                class_=f"lane {words.family(relation)}{' open' if open_end or open_start else ''}",
            )
            parts += [text(14, y + 12, cut(said, round(left / 7.4)), "what"), bar]
            if open_end:
                parts.append(text(end - 2, y + 12, "→", "arrow", text_anchor="end"))
            if open_start:
                parts.append(text(start + 2, y + 12, "←", "arrow"))
            y += 18
        y += 6
    grid = []
    step = next((each for each in (1, 2, 5, 10) if each * scale > 32), 20)
    for year in range(first, last + 1, step):
        x = left + (year - first) * scale
        grid.append(tag("line", x1=x, x2=x, y1=20, y2=y, class_="grid"))
        grid.append(text(x, 14, str(year), "year", text_anchor="middle"))
    cursor = tag("line", x1=-10, x2=-10, y1=16, y2=y, class_="cursor", id="cursor")
    title = "Ties over time; the table below holds the same"
    return Lanes(picture(width + 16, y + 6, title, [*grid, *parts, cursor], class_="lanes"), first, last, left, scale)
