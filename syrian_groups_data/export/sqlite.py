"""One SQLite file: tables with keys, views for reading, full text search over names and summaries."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from typing import Any

from .source import Row, Source

_TYPES = {"integer": "INTEGER", "number": "REAL", "boolean": "INTEGER", "date": "TEXT", "list": "TEXT"}


def export(source: Source, fold: Callable[[str], str]) -> dict[str, bytes]:
    """The database, and metadata for Datasette beside it. Lists are JSON arrays, dates ISO 8601 text.

    `fold` is how names are compared: case, accents, vowel signs and letter variants do not matter.
    """
    base = sqlite3.connect(":memory:")
    try:
        base.execute("PRAGMA foreign_keys = ON")
        base.execute("PRAGMA user_version = 2")
        order = _by_dependence(source)
        for name in order:
            base.execute(_create(source, name))
        # A row may name a later row of its own table.
        base.execute("BEGIN")
        base.execute("PRAGMA defer_foreign_keys = ON")
        for name in order:
            _fill(base, source, name)
        base.execute("COMMIT")
        _search(base, source, fold)
        for name, text in _VIEWS.items():
            base.execute(f"CREATE VIEW {name} AS {text}")
        base.commit()
        base.execute("VACUUM")
        data = base.serialize()
    finally:
        base.close()
    return {f"{source.name}.db": data, "metadata.json": _metadata(source)}


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _keys(source: Source, table: str) -> list[tuple[str, str, str]]:
    """Column, table and column that it refers to."""
    resource = next(each for each in source.descriptor["resources"] if each["name"] == table)
    return [
        (key["fields"][0], key["reference"].get("resource") or table, key["reference"]["fields"][0])
        for key in resource["schema"].get("foreignKeys", [])
    ]


def _by_dependence(source: Source) -> list[str]:
    """Tables so that, as far as there is no circle, each follows those that it refers to."""
    found: list[str] = []

    def visit(name: str, above: tuple[str, ...]) -> None:
        for _, target, _ in _keys(source, name):
            if target not in above and target not in found and target != name:
                visit(target, (*above, name))
        if name not in found:
            found.append(name)

    for name in source.names:
        visit(name, (name,))
    return found


def _create(source: Source, table: str) -> str:
    resource = next(each for each in source.descriptor["resources"] if each["name"] == table)
    key = resource["schema"].get("primaryKey") or []
    key = [key] if isinstance(key, str) else key
    lines = []
    for field in source.fields(table):
        needed = " NOT NULL" if field.get("constraints", {}).get("required") or field["name"] in key else ""
        lines.append(f"{_quoted(field['name'])} {_TYPES.get(field['type'], 'TEXT')}{needed}")
    if key:
        lines.append(f"PRIMARY KEY ({', '.join(map(_quoted, key))})")
    lines += [
        f"FOREIGN KEY ({_quoted(column)}) REFERENCES {_quoted(target)} ({_quoted(other)}) DEFERRABLE INITIALLY DEFERRED"
        for column, target, other in _keys(source, table)
    ]
    return f"CREATE TABLE {_quoted(table)} ({', '.join(lines)})"


def _value(value: Any) -> Any:
    if isinstance(value, list):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, bool):
        return int(value)
    return value if value is None or isinstance(value, int | float | str) else str(value)


def _fill(base: sqlite3.Connection, source: Source, table: str) -> None:
    columns = [field["name"] for field in source.fields(table)]
    marks = ", ".join("?" * len(columns))
    rows = ([_value(row[column]) for column in columns] for row in source.rows(table))
    base.executemany(f"INSERT INTO {_quoted(table)} VALUES ({marks})", rows)


def _search(base: sqlite3.Connection, source: Source, fold: Callable[[str], str]) -> None:
    """`search`: names and summaries as they are printed, and as they are compared; ask it with `folded MATCH`."""
    base.execute(
        "CREATE VIRTUAL TABLE search USING fts5(entity_id UNINDEXED, kind UNINDEXED, text UNINDEXED, folded, "
        "tokenize = 'unicode61')"
    )
    texts: list[tuple[str, str, str]] = [(row["entity_id"], "label", row["label"]) for row in source.rows("entities")]
    texts += [(row["entity_id"], "name", row["name"]) for row in source.rows("names")]
    for table, key in (("events", "event_id"), ("allegations", "allegation_id")):
        texts += [(row[key], "summary", row["summary"]) for row in source.rows(table) if row["summary"]]
    unique = dict.fromkeys(texts)
    base.executemany(
        "INSERT INTO search (entity_id, kind, text, folded) VALUES (?, ?, ?, ?)",
        [(*each, f"{each[2]} {fold(each[2])}") for each in unique],
    )


_VIEWS = {
    "claims": """
        SELECT s.statement_id, e.label AS about, s.entity_id, s.property, s.value, s.standing, s.hedge,
               coalesce(v.label, s.speaker, s.works) AS said_by, s.contested, s.since, s.until, s.note,
               group_concat(c.passage_id, ' ') AS passages
        FROM statements s JOIN entities e USING (entity_id)
        LEFT JOIN entities v ON v.entity_id = s.said_by
        LEFT JOIN citations c ON c.statement_id = s.statement_id AND c.role = 'supports'
        GROUP BY s.statement_id
    """,
    "events_in_order": """
        SELECT event_id, date, title, standing, place, admin1, actors, allegations, passages, note
        FROM timeline ORDER BY sort_date IS NULL, sort_date, event_id
    """,
    "who_accuses_whom": """
        SELECT allegation_id, summary, accusations, responses, outcome, standings, passages
        FROM ledger ORDER BY allegation_id
    """,
}


def _metadata(source: Source) -> bytes:
    licences: list[Row] = source.descriptor.get("licenses", [])
    tables = {
        name: {
            "description": source.described(name),
            "columns": {field["name"]: field["description"] for field in source.fields(name)},
        }
        for name in source.names
    }
    found = {
        "title": source.descriptor.get("title", source.name),
        "description": f"{source.descriptor.get('description', '')} Version {source.version}. An allegation is not a fact.",
        "license": licences[0].get("title") or licences[0].get("name") if licences else None,
        "license_url": licences[0].get("path") if licences else None,
        "databases": {source.name: {"tables": tables}},
    }
    return (json.dumps(found, ensure_ascii=False, indent=2) + "\n").encode()
