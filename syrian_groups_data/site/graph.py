"""Ties of one record: gathered by whom they lead to, and drawn as a small graph."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from markupsafe import Markup

from . import words
from .links import page
from .reading import Reading, Row
from .svg import cut, joined, picture, tag, text

_NEAR = 14


class Tie(NamedTuple):
    """All ties between two records that mean the same, drawn as one line."""

    other: str
    relation: str
    outward: bool
    rows: tuple[Row, ...]

    @property
    def family(self) -> str:
        """How the two stand to each other."""
        return words.family(self.relation)

    @property
    def weak(self) -> bool:
        """Whether none of the claims is plainly stated and uncontested."""
        return all(row["standing"] != "asserted" or row["contested"] for row in self.rows)


def ties_of(rows: Sequence[Row], key: str) -> list[Tie]:
    """Ties of one record with others, those with most claims first."""
    found: dict[tuple[str, str, bool], list[Row]] = defaultdict(list)
    for row in rows:
        if row["object_id"] is None:
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
    # A tie that is said of the other reads the other way round: led by them, part of it.
    this = " them" if reading.entities[key]["type"] == "person" else " it"
    half = (len(shown) + 1) // 2
    height = max(half * 44.0 + 20, 120.0)
    middle, parts = height / 2, []
    for place, (other, held) in enumerate(shown):
        left = place < half
        side = half if left else len(shown) - half
        y = middle + ((place if left else place - half) - (side - 1) / 2) * 44
        x, edge, hub = (218.0, 220.0, 280.0) if left else (422.0, 420.0, 360.0)
        bend = (edge + hub) / 2
        line = tag(
            "path",
            d=f"M{edge:g} {y:g}C{bend:g} {y:g} {bend:g} {middle:g} {hub:g} {middle:g}",
            class_=f"tie {held[0].family}{' weak' if all(tie.weak for tie in held) else ''}",
        )
        said = words.listed(dict.fromkeys(words.plain(tie.relation) + ("" if tie.outward else this) for tie in held), 2)
        anchor = "end" if left else "start"
        name = tag(
            "a",
            joined(
                [
                    text(x, y - 2, cut(reading.label(other), 31), "name", text_anchor=anchor),
                    text(x, y + 14, cut(said, 36), "role", text_anchor=anchor),
                ]
            ),
            href=f"../{page(reading.entities[other]['type'], other)}",
            tabindex=-1,
        )
        parts += [line, name]
    label = reading.label(key)
    lines = two_lines(label)
    box = tag("rect", x=280.0, y=middle - 24, width=80.0, height=48.0, rx=6, class_="hub")
    parts += [
        box,
        *(
            text(320.0, middle + 4 + (i - (len(lines) - 1) / 2) * 15, line, "hub", text_anchor="middle")
            for i, line in enumerate(lines)
        ),
    ]
    return picture(640, height, f"Those to whom {label} is tied", parts, role="group", class_="near")


def two_lines(label: str) -> list[str]:
    """A label in lines that fit a box: three at most."""
    lines: list[str] = []
    for word in label.split():
        if lines and len(lines[-1]) + len(word) < 12:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return [cut(line, 12) for line in lines[:3]]


def by_record(rows: Sequence[Row]) -> dict[str, list[Row]]:
    """Ties by each of the two records that they tie."""
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        for key in {row["subject_id"], row["object_id"]} - {None}:
            found[key].append(row)
    return found
