"""Statements that say the same value, told as one: for the places where a reader wants the values, not every claim."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ..model.values import bounds
from . import words
from .reading import Reading, Row

DATES = ("founded", "dissolved", "active", "born", "died", "date")


class Value:
    """One value of a property with all statements that give it, those of most works first."""

    def __init__(self, reading: Reading, rows: list[Row]) -> None:
        self.rows = sorted(rows, key=lambda row: (-len(row["works"]), row["statement_id"]))
        self.first = self.rows[0]
        self.id: str = self.first["statement_id"]
        self.home: str = self.first["entity_id"]
        self.entity: str | None = self.first["value_entity_id"]
        self.text = text(reading, self.first)
        self.accused: bool = self.first["accused"]
        self.works = reading.distinct(work for row in rows for work in row["works"])
        self.contested = any(row["contested"] for row in rows)
        self.standings = sorted({row["standing"] for row in rows} - {"asserted"}) if not self._plain else []
        self.affirmed = any(row["affirmed"] for row in rows)
        dated = sorted(self.rows, key=lambda row: not any(row[name] for name, _ in _TIMES))
        self.dated: str = dated[0]["statement_id"]  # the claim that the first of `more` is taken from
        self.more = self._more(reading, dated)

    @property
    def _plain(self) -> bool:
        return any(row["standing"] == "asserted" for row in self.rows)

    def _more(self, reading: Reading, rows: list[Row]) -> list[str]:
        """Roles and dates of the value, each once. Beside a plain claim those of an alleged or hedged one say that it is
        one, unless the plain claim says the same."""
        plain = {qualifiers(reading, row) for row in rows if row["standing"] == "asserted"}
        found = []
        for row in rows:
            said = qualifiers(reading, row)
            found.append(f"{said} ({row['standing']})" if said and self._plain and said not in plain else said)
        return [each for each in dict.fromkeys(found) if each]


def text(reading: Reading, row: Row) -> str:
    """The value of a statement as people read it."""
    if row["property"] == "participants":
        return f"{reading.label(row['value_entity_id']) or row['value']}{' (accused)' if row['accused'] else ''}"
    if row["value_entity_id"]:
        return reading.label(row["value_entity_id"])
    if row["property"] in DATES:
        return words.when(row["value"])
    return "it happened" if row["property"] == "occurred" else str(row["value"])


def qualifiers(reading: Reading, row: Row) -> str:
    """Role, class, harm and dates of a value, in a few words."""
    parts = [words.qualifier(row["property"], row["role"])]
    parts += [words.plain(row["detail"]["harm"]), words.plain(row["class"])]
    parts += [f"of {reading.label(row['of'])}"] if row["of"] else []
    parts += [f"{word} {words.when(row[name])}" for name, word in _TIMES if row[name]]
    return ", ".join(part for part in parts if part)


_TIMES = (("as_of", "as of"), ("since", "since"), ("until", "until"))


def merged(reading: Reading, rows: Iterable[Row]) -> list[Value]:
    """Values of one property, each once: contested first, then those of most works; of dates the narrowest first."""
    found: dict[tuple[Any, ...], list[Row]] = {}
    for row in rows:
        found.setdefault((row["value_entity_id"] or row["value"], row["affirmed"]), []).append(row)
    values = [Value(reading, held) for held in found.values()]
    return sorted(values, key=lambda v: (not v.affirmed, -len(v.works), _days(v.first), -len(v.rows), v.text, v.id))


def _days(row: Row) -> int:
    if row["property"] not in DATES:
        return 0
    try:
        span = bounds(row["value"])
    except ValueError:
        return 0
    return (span.latest - span.earliest).days if span.earliest and span.latest else 10**6
