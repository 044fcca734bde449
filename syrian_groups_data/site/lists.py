"""What the pages that gather records show: home, lists, ties, sources, what is contested, two records side by side."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import groupby
from typing import Any

from ..model.fold import fold
from . import accused, lanes, words
from .lanes import dates
from .network import Network
from .reading import TABLE_OF, Reading, Row, in_order
from .record import basis
from .values import Value, merged

# So many ties are drawn; those with dates come first where there are more.
_TIES = 1500
# More records of a type than this are not offered for comparison.
_MANY = 2000


def home(reading: Reading) -> dict[str, Any]:
    """Counts, the two that are compared, and how far one machine-written article carries the data."""
    all_of_it = basis(reading, reading.statements)
    passages = [row for row in reading.passages.values() if row["use"] != "gone"]
    return {
        "compared": [brief(reading, key) for key in reading.compared],
        "confused": _confused([reading.label(key) for key in reading.compared]),
        "basis": all_of_it,
        "counts": Counter(row["type"] for row in reading.entities.values()),
        "statements": len(reading.statements),
        "contested": sum(row["contested"] for row in reading.statements),
        "passages": len(passages),
        "cited": sum(row["use"] == "cited" for row in passages),
        "unread": sum(row["use"] == "unread" for row in passages),
        "example": _example(reading),
    }


def _confused(labels: list[str]) -> bool:
    """Whether two names are easily taken for one: all words of one stand in the other."""
    words = [set(fold(label).split()) for label in labels]
    return len(words) == 2 and (words[0] <= words[1] or words[1] <= words[0])


def brief(reading: Reading, key: str) -> dict[str, Any]:
    """A group in a few lines: each property with the values that most works give."""
    rows = [row for row in reading.about.get(key, []) if row["affirmed"] and row["standing"] != "alleged"]
    lines = [
        (name, merged(reading, [row for row in rows if row["property"] == name]))
        for name in ("founded", "led_by", "part_of", "ideology", "based_in", "operates_in")
    ]
    return {"key": key, "lines": lines, "second": reading.second_name(key), "blamed": len(reading.blamed.get(key, []))}


def _example(reading: Reading) -> Row | None:
    """A statement on the most spoken-of group that several works carry: to show how a claim is checked."""
    held = list(reading.about.get(reading.compared[0], [])) if reading.compared else []
    held = [row for row in held if row["property"] == "led_by" and row["affirmed"]] or held
    return max(held, key=lambda row: (len(row["works"]), row["statement_id"]), default=None)


def of_type(reading: Reading, type: str) -> dict[str, Any]:
    """All records of a type: events by date, others by how much is said of them."""
    keys = [key for key, row in reading.entities.items() if row["type"] == type]
    if type == "event":
        keys = [row["event_id"] for row in reading.timeline]
    elif type == "allegation":
        ledger = reading.ledger
        # Oldest first; what has no date comes last.
        keys.sort(key=lambda key: (str(ledger[key]["date_earliest"] or ledger[key]["date_latest"] or "9999"), key))
    else:
        keys.sort(key=lambda key: (-reading.entities[key]["statements"], reading.label(key).casefold(), key))
    return {
        "type": type,
        "keys": keys,
        "rows": reading.wide[type],
        "accusations": {key: accused.accusations(reading, key) for key in keys} if type == "allegation" else {},
    }


def ties(reading: Reading) -> dict[str, Any]:
    """Ties as lanes, network and table, with what a program needs to show those of one day."""
    rows = sorted(
        reading.relations,
        key=lambda row: (
            reading.label(row["subject_id"]).casefold(),
            words.place_of(row["relation"]),
            row["relation"],
            reading.label(row["object_id"]).casefold() or row["described"] or "",
            row["statement_id"],
        ),
    )
    total = len(rows)
    if total > _TIES:
        about = set(reading.compared)
        near = [row for row in rows if row["subject_id"] in about or row["object_id"] in about]
        rows = list({row["statement_id"]: row for row in [*near, *lanes.dated(rows), *rows]}.values())[:_TIES]
    number = {row["statement_id"]: i for i, row in enumerate(rows)}
    recent = lanes.years(rows)
    drawn = lanes.lanes(reading, rows, recent[0], dates) if recent else None
    return {
        "rows": rows,
        "total": total,
        "lanes": drawn.picture if drawn else None,
        "first": recent[0] if recent else None,
        "network": Network(reading, rows, hubs, number).draw() if (hubs := reading.compared) else None,
        "families": {
            name: said
            for name, said in words.FAMILY_WORDS.items()
            if name in {words.family(r["relation"]) for r in rows}
        },
        "family": words.family,
        "months": _months(rows, recent),
        "works": {row["statement_id"]: reading.by_id[row["statement_id"]]["works"] for row in rows},
        "dates": dates,
        "data": {
            "spans": [[words.iso(day) for day in lanes.span(row)] for row in rows],
            "dated": [bool(row["since"] or row["until"]) for row in rows],
            "lanes": [drawn.first, drawn.last, drawn.left, drawn.scale] if drawn else None,
        },
    }


def _months(rows: list[Row], recent: list[int]) -> list[tuple[int, list[str]]]:
    """Months to choose from, by year, the last first: all of recent years, of older ones those in which a tie begins or ends."""
    edges = {day.isoformat()[:7] for row in rows for day in (row["since_earliest"], row["until_latest"]) if day}
    if recent:
        edges |= {f"{year}-{month:02}" for year in range(recent[0], recent[-1] + 1) for month in range(1, 13)}
    by_year = groupby(sorted(edges, reverse=True), key=lambda each: int(each[:4]))
    return [(year, list(found)) for year, found in by_year]


def sources(reading: Reading) -> dict[str, Any]:
    """The works, and how much rests on each and on each alone."""
    carried: Counter[str] = Counter(source for row in reading.statements for source in row["sources"])
    alone: Counter[str] = Counter(row["works"][0] for row in reading.statements if len(row["works"]) == 1)
    uses: dict[str, Counter[str]] = defaultdict(Counter)
    for row in reading.passages.values():
        uses[row["source_id"]][row["use"]] += 1
    unread = sum(each["unread"] for each in uses.values())
    total = len(reading.statements)
    return {"carried": carried, "alone": alone, "uses": uses, "unread": unread, "statements": total}


def source(reading: Reading, key: str) -> dict[str, Any]:
    """The reading ledger of a source: each passage with what rests on it, and what was set aside."""
    passages = [row for row in reading.passages.values() if row["source_id"] == key]
    alone: Counter[str] = Counter(row["entity_id"] for row in reading.statements if row["works"] == [key])
    held = {row["passage_id"]: _grouped(reading.resting.get(row["passage_id"], [])) for row in passages}
    return {
        "key": key,
        "row": reading.sources[key],
        "passages": sorted(passages, key=in_order),
        "resting": held,
        "alone": sorted(alone.items(), key=lambda one: (-one[1], one[0])),
        "uses": Counter(row["use"] for row in passages),
        "reasons": Counter(row["reason"] for row in passages if row["reason"]),
    }


def _grouped(rows: list[tuple[Row, str]]) -> list[tuple[str, list[tuple[Row, str]]]]:
    found: dict[str, list[tuple[Row, str]]] = defaultdict(list)
    for row, role in sorted(
        rows, key=lambda one: (one[0]["entity_id"], words.place_of(one[0]["property"]), one[0]["value"])
    ):
        found[row["entity_id"]].append((row, role))
    return list(found.items())


def contested(reading: Reading) -> dict[str, Any]:
    """Every contradiction: a record, a property, its sides; and the answers to what is contested."""
    found: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in reading.statements:
        if row["contested"]:
            found[row["entity_id"], row["property"]].append(row)
    against: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for key, property in found:
        against[key, property] = [
            row
            for row in reading.about[key]
            if row["property"] == "responses" and (row["detail"].get("covers") or property == "accused")
            and (property in (row["detail"].get("covers") or ()) or property == "accused")
        ]  # fmt: skip
    order = sorted(
        found, key=lambda one: (list(TABLE_OF).index(reading.entities[one[0]]["type"]), one[0], words.place_of(one[1]))
    )
    return {"sides": [(key, name, found[key, name], against[key, name]) for key, name in order]}


def compared(reading: Reading) -> dict[str, Any]:
    """Two records side by side, and the data from which a program compares any other two."""
    keys = reading.compared
    held = [by_property(reading, key) for key in keys]
    names = sorted({name for found in held for name in found}, key=words.place_of)
    kinds = {type: [k for k, row in reading.entities.items() if row["type"] == type] for type in TABLE_OF}
    offered = {type: found for type, found in kinds.items() if type != "allegation" and 1 < len(found) <= _MANY}
    return {
        "keys": keys,
        "names": names,
        "held": held,
        "choices": {type: reading.choices(found) for type, found in offered.items()},
        "data": {
            type: {
                key: [
                    [words.title(name), v.text, "; ".join(v.more), v.standings, v.works, v.contested, v.affirmed, v.id]
                    for name, values in by_property(reading, key).items()
                    for v in values
                ]
                for key in found
            }
            for type, found in offered.items()
        },
    }


def by_property(reading: Reading, key: str) -> dict[str, list[Value]]:
    """Values of a record by property, in the order of its page."""
    found: dict[str, list[Row]] = defaultdict(list)
    for row in sorted(reading.about.get(key, []), key=lambda row: words.place_of(row["property"])):
        found[row["property"]].append(row)
    return {name: merged(reading, rows) for name, rows in found.items()}


def codebook(reading: Reading) -> dict[str, Any]:
    """Tables with their columns as the descriptor has them, and every vocabulary."""
    tables = [
        each
        for each in reading.descriptor.get("resources") or ()
        if isinstance(each, dict) and isinstance(each.get("schema"), dict) and each.get("format") == "csv"
    ]
    return {"tables": tables}
