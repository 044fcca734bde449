"""What a record's page shows: who or what it is, what is undisputed, what is contested, on whom it rests; then all of it."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Any

from ..model.values import language_script
from . import tolls, words
from .reading import Reading, Row, in_order
from .values import Value, merged

# Properties that say who or what a record is.
_TELLING = {
    "group": ("founded", "led_by", "founded_by", "part_of", "successor_of", "based_in", "operates_in", "ideology", "status"),
    "person": ("occupation", "member_of", "born", "born_in", "citizen_of", "died", "affiliated_with", "founded_by"),
    "place": ("located_in", "population", "background"),
    "event": ("date", "place", "participants", "killed", "injured", "part_of"),
    "allegation": ("date", "weapon", "tactic"),
}  # fmt: skip
# What the records of others tell of it, under what heading.
_TOLD = {"person": (("led_by", "Leads"), ("founded_by", "Founded")), "group": (("founded_by", "Founded"),)}
# A property with more values than this folds all but the first of them.
FOLD = 12
# Of what the records of others say, and of allegations, so much stands on a page: a name that thousands give must not
# make its page as long as all of them.
MOST = 60
# Above this share of a record's statements the page warns that one article tells it all.
_MUCH = 0.4


def context(reading: Reading, key: str) -> dict[str, Any]:
    """All that the template of a record asks for."""
    entity = reading.entities[key]
    statements = reading.about.get(key, [])
    kind = entity["type"]
    return {
        "key": key,
        "type": kind,
        "entity": entity,
        "row": reading.wide[kind][key],
        "what": _what(reading.wide[kind][key]),
        "names": _names(reading, key),
        "undisputed": _undisputed(reading, key, statements),
        "disputes": _disputes(reading, statements),
        "basis": basis(reading, statements),
        "tolls": tolls.around(reading, key),
        "properties": _properties(statements),
        "used": {row["standing"] for row in statements},
        "passages": cited(reading, statements),
        "mentioned": _mentioned(reading, key),
        "happened": reading.happened.get(key, []),
        "blamed": reading.blamed.get(key, []),
        "accusing": reading.accusing.get(key, []),
        "about_it": reading.alleged.get(key, []),
    }


def _what(row: Row) -> str:
    """What kind of thing a record is, in words."""
    parts = [row.get("kind") or row.get("basis") or row.get("type"), row.get("subtype")]
    return ", ".join(words.plain(each) for each in dict.fromkeys(parts) if each)


def _names(reading: Reading, key: str) -> list[Row]:
    """Other names that nobody hedges or contests, each once."""
    label = reading.entities[key]["label"]
    plain = [
        row
        for row in reading.names.get(key, [])
        if row["standing"] == "asserted" and not row["contested"] and row["role"] != "epithet" and row["name"] != label
    ]
    found = {row["name"]: row for row in plain}
    second = reading.second_name(key)
    if second and second != label:
        language, script = reading.second.removeprefix("name_"), language_script(second)
        found.setdefault(second, {"name": second, "language": language, "script": script, "role": "alias"})
    order = {"primary": 0, "alias": 1, "short": 2}
    return sorted(
        found.values(),
        key=lambda row: (row["name"] != second, row["script"] == "Latn", order.get(row["role"], 3), row["name"]),
    )


def _undisputed(reading: Reading, key: str, statements: list[Row]) -> list[tuple[str, str, list[Value]]]:
    """Values that nobody contradicts or hedges and that are not the record's own word, most often said first: each with
    its heading and the place on the page where all of it stands."""
    kind = reading.entities[key]["type"]
    told = []
    for property, heading in _TOLD.get(kind, ()):
        rows = [row for row in reading.mentions.get(key, []) if row["property"] == property and _plain(row, key)]
        # Told from the other end: the value is the record that says so.
        turned = [row | {"value_entity_id": row["entity_id"]} for row in rows]
        told.append((heading, "mentioned", turned))
    contested = {row["property"] for row in statements if row["contested"]}
    for property in _TELLING[kind]:
        rows = [row for row in statements if row["property"] == property and _plain(row, key)]
        if property in contested:  # a date beside contested dates is no undisputed one, a tie beside others may be
            rows = [row for row in rows if row["value_entity_id"]]
        told.append((words.title(property), property, rows))
    return [(heading, place, merged(reading, rows)) for heading, place, rows in told if rows]


def _plain(row: Row, key: str) -> bool:
    return row["standing"] == "asserted" and row["said_by"] != key and not row["contested"]


def _disputes(reading: Reading, statements: list[Row]) -> list[tuple[str, list[Value]]]:
    """Properties with contested values, all sides of them."""
    # An epithet that somebody gives does not belong on top of a page; it stands among the names.
    rows = [
        row for row in statements if row["contested"] and not (row["property"] == "names" and row["role"] == "epithet")
    ]
    bad = sorted({row["property"] for row in rows}, key=words.place_of)
    return [(name, merged(reading, [row for row in rows if row["property"] == name])) for name in bad]


def basis(reading: Reading, statements: Iterable[Row]) -> dict[str, Any]:
    """On how many works and voices statements rest, and how much on one of them alone."""
    statements = list(statements)
    carried = Counter(work for row in statements for work in row["works"])
    alone = Counter(row["works"][0] for row in statements if len(row["works"]) == 1)
    voices = {
        cite["origin"]
        for row in statements
        for cite in reading.citations.get(row["statement_id"], [])
        if cite["role"] == "supports"
    }
    told = [voice for voice in voices if voice in reading.sources]
    works = [(work, number, alone[work]) for work, number in sorted(carried.items(), key=lambda one: (-one[1], one[0]))]
    machine = [one for one in works if one[0] in reading.machine and one[2] >= _MUCH * len(statements)]
    return {
        "statements": len(statements),
        "works": works,
        "distinct": reading.distinct(carried),
        "voices": len(voices) - len(told) + len(reading.distinct(told)),
        "machine": machine[:1],
    }


def _rank(row: Row) -> tuple[Any, ...]:
    """Contested values first, then what most works say; denied last."""
    return not row["affirmed"], not row["contested"], -len(row["works"]), row["value"].casefold(), row["statement_id"]


def _properties(statements: list[Row]) -> list[dict[str, Any]]:
    ordered = sorted(statements, key=lambda row: (words.place_of(row["property"]), _rank(row)))
    found = []
    for name, rows in groupby(ordered, key=lambda row: str(row["property"])):
        listed = list(rows)
        found.append({"name": name, "statements": listed, "contested": any(row["contested"] for row in listed)})
    return found


def cited(reading: Reading, statements: Iterable[Row]) -> list[Row]:
    """Every passage that statements cite, in the order of the sources."""
    keys = {row["passage_id"] for each in statements for row in reading.citations.get(each["statement_id"], [])}
    return sorted((reading.passages[key] for key in keys), key=in_order)


def _mentioned(reading: Reading, key: str) -> list[dict[str, Any]]:
    """What other records say of this one, but for what stands in lists of their own."""
    own = ("participants", "accused", "place", "responses")
    rows = [row for row in reading.mentions.get(key, []) if row["property"] not in own and row["entity_id"] != key]
    rows.sort(key=lambda row: (words.place_of(row["property"]), reading.label(row["entity_id"]).casefold(), _rank(row)))
    return [
        {"name": name, "statements": list(found)} for name, found in groupby(rows, key=lambda row: str(row["property"]))
    ]


# --- for programs ---------------------------------------------------------------------------------

_OURS = ("detail", "affirmed", "accused")


def as_json(reading: Reading, key: str, about: Mapping[str, Any]) -> bytes:
    """The record and its statements, with their citations."""
    entity = reading.entities[key]
    head = {**about, "id": key, "type": entity["type"], "label": entity["label"]}
    parts = {
        "record": _cells(reading.wide[entity["type"]][key]),
        "statements": [_with_citations(reading, row) for row in reading.about.get(key, [])],
        "mentioned_in": [row["statement_id"] for row in reading.mentions.get(key, [])],
    }
    return _lines(head | parts).encode()


def _with_citations(reading: Reading, row: Row) -> Row:
    citations = [
        {name: cite[name] for name in ("passage_id", "role", "origin")}
        | {"sha256": reading.passages[cite["passage_id"]]["sha256"]}
        for cite in reading.citations.get(row["statement_id"], [])
    ]
    return _cells({name: value for name, value in row.items() if name not in _OURS}) | {"citations": citations}


def _lines(content: Row) -> str:
    """JSON with a line for each key, and for each statement: indented by the library it takes four times as long."""

    def said(value: Any) -> str:
        return json.dumps(value, ensure_ascii=False)

    lines = []
    for name, value in content.items():
        rows = isinstance(value, list) and value and isinstance(value[0], dict)
        text = "[\n  " + ",\n  ".join(map(said, value)) + "\n ]" if rows else said(value)
        lines.append(f" {said(name)}: {text}")
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _cells(row: Row) -> Row:
    """What of a row says something."""
    return {name: words.iso(value) for name, value in row.items() if value not in (None, [])}


def as_csv(reading: Reading, key: str) -> bytes:
    """The record's rows of `statements` with the passages that carry them; with a byte order mark, for spreadsheets."""
    rows = reading.about.get(key, [])
    columns = [name for name in (rows[0] if rows else {}) if name not in _OURS]
    out = io.StringIO()
    write = csv.writer(out, lineterminator="\n")
    write.writerow([*columns, "passages"])
    for row in rows:
        passages = [cite["passage_id"] for cite in reading.citations.get(row["statement_id"], [])]
        cells = ["" if (value := row[name]) is None else _text(value) for name in columns]
        write.writerow([*cells, ";".join(passages)])
    return ("\ufeff" + out.getvalue()).encode()


def _text(value: Any) -> str:
    if isinstance(value, list):
        value = ";".join(value)
    elif isinstance(value, bool):
        value = str(value).lower()
    text = str(words.iso(value))
    # A spreadsheet takes these for a formula; no package of this schema has them.
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
