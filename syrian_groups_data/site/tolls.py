"""How many: what is said of the people harmed in an event, for its page and for the list of all events."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from ..model.vocab import HARMS
from . import words
from .reading import Reading, Row

# Kinds of harm that are counted, in the order of their telling.
COUNTED = ("killed", "injured", "casualties", "captured", "missing", "affected")
_ORDER = {name: place for place, name in enumerate([*COUNTED, *HARMS])}
# So many parts of an event tell their numbers on its page, and so many values stand in a line of the list.
_MOST, SHORT = 30, 4


class Said(NamedTuple):
    """A number of an event in few words, the works that give it, and the statement behind it."""

    text: str
    works: list[str]
    standings: list[str]
    id: str
    contested: bool


def harm(row: Row) -> str | None:
    """The harm of which a statement tells: by a number, or of somebody named; None for any other statement."""
    found: str | None = row["property"] if row["property"] in COUNTED else row["detail"]["harm"]
    return found


def of_event(reading: Reading, key: str) -> list[Row]:
    """Statements on who and how many were harmed: by kind of harm, numbers first and the lowest of them before others."""
    rows = [row for row in reading.about.get(key, []) if harm(row) not in (None, "unharmed")]
    return sorted(rows, key=_place)


def _place(row: Row) -> tuple[Any, ...]:
    digits = re.match(r"[\d,]+", row["value"]) if row["property"] in COUNTED else None
    number = int(digits[0].replace(",", "")) if digits else None
    return _ORDER[harm(row) or ""], row["property"] not in COUNTED, number is None, number or 0, row["statement_id"]


def around(reading: Reading, key: str) -> list[tuple[str, list[Row]]]:
    """What is said of an event, of the whole that it is part of and of its parts: whoever looks for the dead of one
    finds those of all."""
    event = reading.wide["event"].get(key)
    if event is None:
        return []
    near = [key, *([event["part_of"]] if event["part_of"] else []), *reading.parts.get(key, [])]
    found = [(each, of_event(reading, each)) for each in near]
    return [(each, [*rows, *_silent(reading, each, rows)]) for each, rows in found if rows][:_MOST]


def _silent(reading: Reading, key: str, told: list[Row]) -> list[Row]:
    """Claims that it happened by works that say nothing of who or how many: each with those works alone."""
    heard = {work for row in told for work in row["works"]}
    rows = [row for row in reading.about.get(key, []) if row["property"] == "occurred" and row["affirmed"]]
    left = [row | {"works": [work for work in row["works"] if work not in heard]} for row in rows]
    return [row for row in left if row["works"]]


def short(reading: Reading, key: str) -> list[Said]:
    """The numbers of an event for a line of a list, each once; those that are denied or refuted are left out."""
    found: dict[tuple[str, str, str], list[Row]] = {}
    for row in of_event(reading, key):
        if row["affirmed"] and row["property"] in COUNTED:
            found.setdefault((row["property"], row["value"], row["class"]), []).append(row)
    return [_said(*what, rows) for what, rows in found.items()]


def _said(name: str, value: str, whom: str, rows: list[Row]) -> Said:
    parts = (value, "" if whom in ("all", "unspecified") else words.plain(whom), words.plain(name))
    works = sorted({work for row in rows for work in row["works"]})
    standings = {row["standing"] for row in rows}
    hedged = [] if "asserted" in standings else sorted(standings)
    contested = any(row["contested"] for row in rows)
    return Said(" ".join(filter(None, parts)), works, hedged, rows[0]["statement_id"], contested)
