"""An allegation in a line: who makes it, and what is answered; it never stands without both."""

from __future__ import annotations

from . import words
from .reading import Reading, Row

_ACCUSATION = ("said_by", "speaker", "origin", "entity_id", "described", "standing")


def accusations(reading: Reading, key: str, names: tuple[str, ...] = _ACCUSATION) -> list[Row]:
    """Who accuses whom, and how, each once; what differs in one of `names` is another."""
    rows = [row for row in reading.parties.get(key, []) if row["role"] == "accused"]
    return list({tuple(row[name] for name in names): row for row in rows}.values())


def charges(reading: Reading, key: str) -> list[tuple[Row, list[Row]]]:
    """Everybody who is accused, each with all who accuse them: those whom most accuse first."""
    found: dict[tuple[str | None, str | None], list[Row]] = {}
    for row in accusations(reading, key, (*_ACCUSATION, "hedge")):
        found.setdefault((row["entity_id"], row["described"]), []).append(row)
    return [(rows[0], rows) for rows in sorted(found.values(), key=lambda rows: -len(rows))]


def accusers(reading: Reading, key: str) -> list[str]:
    """Who makes it, by name: the speaker, else the work in its own voice."""

    def named(row: Row) -> str:
        own = "" if row["origin"] in reading.entities else f"{reading.label(row['origin'])} in its own voice"
        return reading.label(row["said_by"]) or row["speaker"] or own or reading.label(row["origin"])

    return list(dict.fromkeys(named(row) for row in accusations(reading, key)))


def answers(reading: Reading, key: str) -> list[str]:
    """What each who answers does: denies, counter-accuses."""
    found: dict[str, list[str]] = {}
    for row in reading.answers.get(key, []):
        stances = found.setdefault(reading.label(row["entity_id"]) or row["described"], [])
        if (stance := words.plain(row["stance"])) not in stances:
            stances.append(stance)
    return [f"{who} {', '.join(stances)}" for who, stances in found.items()]
