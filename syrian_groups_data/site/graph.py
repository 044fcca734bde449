"""Ties as drawings: the small graph of a record, lanes over time, and the network around two records."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from datetime import date
from itertools import groupby
from typing import NamedTuple

from markupsafe import Markup

from . import words
from .links import page
from .reading import Reading, Row
from .svg import cut, joined, picture, tag, text

_NEAR = 14
_ROW = 25.0


class Tie(NamedTuple):
    """All ties between two records that mean the same, drawn as one line."""

    other: str
    relation: str
    outward: bool
    rows: tuple[Row, ...]

    @property
    def family(self) -> str:
        """How the two stand to each other."""
        return words.FAMILY[self.relation]

    @property
    def weak(self) -> bool:
        """Whether none of the claims is plainly stated and uncontested."""
        return all(row["standing"] != "asserted" or row["contested"] for row in self.rows)


def ties_of(rows: Sequence[Row], key: str) -> list[Tie]:
    """Ties of one record with others, those with most claims first."""
    found: dict[tuple[str, str, bool], list[Row]] = defaultdict(list)
    for row in rows:
        if row["object_id"] is None or row["relation"] not in words.FAMILY:
            continue
        if row["subject_id"] == key != row["object_id"]:
            found[row["object_id"], row["relation"], True].append(row)
        elif row["object_id"] == key != row["subject_id"]:
            found[row["subject_id"], row["relation"], False].append(row)
    ties = [Tie(*what, tuple(held)) for what, held in found.items()]
    return sorted(ties, key=lambda tie: (-len(tie.rows), tie.family, tie.other, tie.relation, tie.outward))


def near(reading: Reading, key: str, ties: Sequence[Tie]) -> Markup | None:
    """A record in the middle, those tied to it on both sides, the lines coloured by what the tie is."""
    best: dict[str, list[Tie]] = {}
    for tie in ties:
        if tie.family != "place":
            best.setdefault(tie.other, []).append(tie)
    shown = list(best.items())[:_NEAR]
    if len(shown) < 2:
        return None
    shown.sort(key=lambda one: (list(words.FAMILY_WORDS).index(one[1][0].family), reading.label(one[0]).casefold()))
    half = (len(shown) + 1) // 2
    height = max(half * 44.0 + 20, 120.0)
    middle, parts = height / 2, []
    for place, (other, held) in enumerate(shown):
        left = place < half
        side = half if left else len(shown) - half
        y = middle + ((place if left else place - half) - (side - 1) / 2) * 44
        x, edge, hub = (150.0, 152.0, 236.0) if left else (374.0, 372.0, 288.0)
        bend = (edge + hub) / 2
        line = tag(
            "path",
            d=f"M{edge:g} {y:g}C{bend:g} {y:g} {bend:g} {middle:g} {hub:g} {middle:g}",
            class_=f"tie {held[0].family}{' weak' if all(tie.weak for tie in held) else ''}",
        )
        said = words.listed(dict.fromkeys(words.plain(tie.relation) for tie in held), 2)
        anchor = "end" if left else "start"
        name = tag(
            "a",
            joined(
                [
                    text(x, y - 2, cut(reading.label(other), 21), "name", text_anchor=anchor),
                    text(x, y + 14, cut(said, 26), "role", text_anchor=anchor),
                ]
            ),
            href=f"../{page(reading.entities[other]['type'], other)}",
            tabindex=-1,
        )
        parts += [line, name]
    label = reading.label(key)
    lines = _two_lines(label)
    box = tag("rect", x=222.0, y=middle - 24, width=80.0, height=48.0, rx=6, class_="hub")
    parts += [
        box,
        *(
            text(262.0, middle + 4 + (i - (len(lines) - 1) / 2) * 15, line, "hub", text_anchor="middle")
            for i, line in enumerate(lines)
        ),
    ]
    return picture(524, height, f"Those to whom {label} is tied", parts, class_="near")


def _two_lines(label: str) -> list[str]:
    lines: list[str] = []
    for word in label.split():
        if lines and len(lines[-1]) + len(word) < 12:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return [cut(line, 12) for line in lines[:3]]


# --- lanes ----------------------------------------------------------------------------------------


def dated(rows: Sequence[Row]) -> list[Row]:
    """Ties of which somebody says since when, or until when."""
    return [row for row in rows if row["since"] or row["until"]]


def span(row: Row) -> tuple[date | None, date | None]:
    """First and last day on which a tie may hold; None where open."""
    return row["since_earliest"], row["until_latest"] if row["until"] else None


class Lanes(NamedTuple):
    """A drawing of ties over time, and what a program needs to mark a day in it."""

    picture: Markup
    first: int
    last: int
    left: float
    scale: float


def lanes(reading: Reading, rows: Sequence[Row], first: int, name: Callable[[Row], str]) -> Lanes | None:
    """A line a tie, from its first day to its last; ends that nobody gives fade out. Years before `first` are cut."""
    rows = [row for row in dated(rows) if row["object_id"]]
    if not rows:
        return None
    merged: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
    for row in rows:
        merged[row["subject_id"], row["relation"], row["object_id"]].append(row)
    weight = Counter(row["subject_id"] for row in rows)
    order = sorted(merged.items(), key=lambda one: (-weight[one[0][0]], one[0][0], words.FAMILY[one[0][1]], one[0][1:]))
    days = [day for row in rows for day in (row["since_latest"], row["until_latest"], row["since_earliest"]) if day]
    last = max(day.year for day in days) + 1
    left, width = 250.0, 900.0
    scale = (width - left - 10) / max(1, last - first)

    def at(day: date) -> float:
        year = day.year + (day.timetuple().tm_yday - 1) / 365.25
        return float(left + max(0.0, min(year - first, last - first)) * scale)

    parts: list[Markup] = []
    y = 30.0
    for subject, group in groupby(order, key=lambda one: one[0][0]):
        parts.append(text(4, y + 12, cut(reading.label(subject), 40), "who"))
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
                class_=f"lane {words.FAMILY[relation]}{' open' if open_end or open_start else ''}",
            )
            parts += [text(14, y + 12, cut(said, 35), "what"), bar]
            if open_end:
                parts.append(text(end - 2, y + 12, "→", "arrow", text_anchor="end"))
            if open_start:
                parts.append(text(start + 2, y + 12, "←", "arrow"))
            y += 18
        y += 6
    grid = []
    step = 1 if last - first <= 16 else 2 if last - first <= 32 else 10
    for year in range(first, last + 1, step):
        x = left + (year - first) * scale
        grid.append(tag("line", x1=x, x2=x, y1=20, y2=y, class_="grid"))
        grid.append(text(x, 14, str(year), "year", text_anchor="middle"))
    cursor = tag("line", x1=-10, x2=-10, y1=16, y2=y, class_="cursor", id="cursor")
    title = "Ties over time; the table below holds the same"
    return Lanes(picture(width + 16, y + 6, title, [*grid, *parts, cursor], class_="lanes"), first, last, left, scale)


# --- network --------------------------------------------------------------------------------------


def network(reading: Reading, rows: Sequence[Row], hubs: Sequence[str], number: dict[str, int]) -> Markup | None:
    """Two records, those tied to one of them at its side, those tied to both between them.

    `number` gives each statement its place in the table, by which a program shows and hides lines.
    """
    if len(hubs) != 2:
        return None
    held = [{tie.other: [t for t in ties_of(rows, hub) if t.other == tie.other and t.family != "place"]
             for tie in ties_of(rows, hub) if tie.family != "place"} for hub in hubs]  # fmt: skip
    both = sorted((held[0].keys() & held[1].keys()) - set(hubs), key=lambda key: reading.label(key).casefold())
    sides = [
        sorted(held[i].keys() - held[1 - i].keys() - set(hubs), key=lambda key: (-sum(len(t.rows) for t in held[i][key]), key))
        for i in (0, 1)
    ]  # fmt: skip
    most = 22
    left_out = [max(0, len(side) - most) for side in sides]
    columns = [(sides[0][:most], 0), (both, 1), (sides[1][:most], 2)]
    tall = max(len(column) for column, _ in columns)
    height = max(tall * _ROW + 60, 240.0)
    xs = (8.0, 370.0, 732.0)
    hub_x = (290.0, 610.0)
    parts: list[Markup] = []
    names: list[Markup] = []
    for column, which in columns:
        top = (height - len(column) * _ROW) / 2
        for place, key in enumerate(column):
            y = top + place * _ROW + _ROW / 2
            x = xs[which]
            for i in (0, 1):
                for tie in held[i].get(key, ()):
                    if which != 1 and which != 2 * i:
                        continue
                    start = x + 160 if which == 0 or (which == 1 and i == 1) else x
                    end, mid = hub_x[i], height / 2
                    bend = (start + end) / 2
                    parts.append(
                        tag(
                            "path",
                            tag("title", _said(reading, hubs[i], tie)),
                            d=f"M{start:g} {y:g}C{bend:g} {y:g} {bend:g} {mid:g} {end:g} {mid:g}",
                            class_=f"tie {tie.family}{' weak' if tie.weak else ''}",
                            data_rows=" ".join(str(number[row["statement_id"]]) for row in tie.rows),
                        )
                    )
            names.append(
                tag(
                    "a",
                    text(
                        x + (80 if which == 1 else 156 if which == 0 else 4),
                        y + 4,
                        cut(reading.label(key), 23),
                        "name",
                        text_anchor=("end", "middle", "start")[which],
                    ),
                    href=page(reading.entities[key]["type"], key),
                    tabindex=-1,
                )  # fmt: skip
            )
    for i, hub in enumerate(hubs):
        x = hub_x[i]
        parts.append(tag("circle", cx=x, cy=height / 2, r=7, class_="hub"))
        lines = _two_lines(reading.label(hub))
        names.append(
            tag(
                "a",
                joined(
                    text(x, height / 2 - 14 - 15 * (len(lines) - 1 - j), line, "hubname", text_anchor="middle")
                    for j, line in enumerate(lines)
                ),
                href=page(reading.entities[hub]["type"], hub),
                tabindex=-1,
            )  # fmt: skip
        )
        if left_out[i]:
            names.append(text((8.0, 892.0)[i], height - 6, f"and {left_out[i]} more in the table", "role",
                              text_anchor=("start", "end")[i]))  # fmt: skip
    for tie in (t for t in ties_of(rows, hubs[0]) if t.other == hubs[1]):
        parts.append(
            tag(
                "path",
                tag("title", _said(reading, hubs[0], tie)),
                class_=f"tie {tie.family}",
                d=f"M{hub_x[0]:g} {height / 2:g}L{hub_x[1]:g} {height / 2:g}",
                data_rows=" ".join(str(number[row["statement_id"]]) for row in tie.rows),
            )  # fmt: skip
        )
    return picture(900, height, f"Those tied to {reading.label(hubs[0])} and to {reading.label(hubs[1])}", [*parts, *names],
                   class_="network")  # fmt: skip


def _said(reading: Reading, hub: str, tie: Tie) -> str:
    one, two = (hub, tie.other) if tie.outward else (tie.other, hub)
    return (
        f"{reading.label(one)} {words.plain(tie.relation)} {reading.label(two)} ({words.count(len(tie.rows), 'claim')})"
    )


def by_record(rows: Sequence[Row]) -> dict[str, list[Row]]:
    """Ties by each of the two records that they tie."""
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        for key in {row["subject_id"], row["object_id"]} - {None}:
            found[key].append(row)
    return found
