"""One SQLite file: tables with keys, views for reading, full text search over names and summaries."""

from __future__ import annotations

import json
import sqlite3
import unicodedata
from collections.abc import Iterator
from typing import Any

from ..model.fold import fold
from ..model.rows import BY_NAME
from ..model.table import columns
from .source import Source

_TYPES = {"integer": "INTEGER", "number": "REAL", "boolean": "INTEGER"}  # whatever else there is, is text


def export(source: Source) -> dict[str, bytes]:
    """The database. Lists are JSON arrays, dates ISO 8601 text; `timeline_view` and `ledger_view` have lists as text."""
    base = sqlite3.connect(":memory:")
    try:
        base.execute("PRAGMA foreign_keys = ON")
        order = _by_dependence(source)
        for name in order:
            base.execute(_create(source, name))
        # A row may name a later row of its own table.
        base.execute("BEGIN")
        base.execute("PRAGMA defer_foreign_keys = ON")
        for name in order:
            _fill(base, source, name)
        base.execute("COMMIT")
        _search(base, source)
        base.execute(f"CREATE VIEW claims_view AS {_CLAIMS}")
        for name, first in _READABLE.items():
            base.execute(f"CREATE VIEW {name}_view AS {_readable(source, name)} ORDER BY {first}")
        base.commit()
        base.execute("VACUUM")
        data = base.serialize()
    finally:
        base.close()
    return {f"{source.name}.db": data}


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _keys(table: str) -> list[tuple[str, str, str]]:
    """Column, table and column that it refers to."""
    found = ((column.name, column.references.partition(".")) for column in columns(BY_NAME[table]) if column.references)
    return [(name, target, other) for name, (target, _, other) in found]


def _by_dependence(source: Source) -> list[str]:
    """Tables so that, as far as there is no circle, each follows those that it refers to."""
    found: list[str] = []

    def visit(name: str, above: tuple[str, ...]) -> None:
        for _, target, _ in _keys(name):
            if target not in above and target not in found and target != name:
                visit(target, (*above, name))
        if name not in found:
            found.append(name)

    for name in source.names:
        visit(name, (name,))
    return found


def _create(source: Source, table: str) -> str:
    key = BY_NAME[table].key
    required = {column.name for column in columns(BY_NAME[table]) if column.required and column.type != "list"} | {*key}
    lines = [
        f"{_quoted(field['name'])} {_TYPES.get(field['type'], 'TEXT')}{' NOT NULL' if field['name'] in required else ''}"
        for field in source.fields(table)
    ]
    lines.append(f"PRIMARY KEY ({', '.join(map(_quoted, key))})")
    lines += [
        f"FOREIGN KEY ({_quoted(column)}) REFERENCES {_quoted(target)} ({_quoted(other)}) DEFERRABLE INITIALLY DEFERRED"
        for column, target, other in _keys(table)
    ]
    return f"CREATE TABLE {_quoted(table)} ({', '.join(lines)})"


def _value(value: Any) -> Any:
    if isinstance(value, list):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, bool):
        return int(value)
    return value if value is None or isinstance(value, int | float | str) else str(value)


def _fill(base: sqlite3.Connection, source: Source, table: str) -> None:
    names = [field["name"] for field in source.fields(table)]
    marks = ", ".join("?" * len(names))
    rows = ([_value(row[name]) for name in names] for row in source.rows(table))
    base.executemany(f"INSERT INTO {_quoted(table)} VALUES ({marks})", rows)


def _search(base: sqlite3.Connection, source: Source) -> None:
    """`search`: names and summaries as they are printed, and as they are compared; ask it with `folded MATCH`.

    Case, accents, vowel signs and variants of letters do not matter once the question is folded too: `FIND` does it by
    the table `folding`.
    """
    base.execute("CREATE TABLE folding (step INTEGER PRIMARY KEY, letter TEXT NOT NULL, plain TEXT NOT NULL)")
    base.executemany("INSERT INTO folding VALUES (?, ?, ?)", _folding())
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


_CLAIMS = """
    SELECT s.statement_id, e.label AS about, s.entity_id, s.property, s.value, s.role, s.class, o.label AS "of", s.as_of,
           s.standing, s.hedge,
           -- What is refuted, its sources refute; its speaker had said it.
           CASE s.standing WHEN 'refuted'
             THEN (SELECT group_concat(value, '; ') FROM json_each(s.works))
               || coalesce(' (said by ' || coalesce(v.label, s.speaker) || ')', '')
             ELSE coalesce(v.label, s.speaker, (SELECT group_concat(value, '; ') FROM json_each(s.works)))
           END AS said_by,
           (SELECT group_concat(coalesce(r.label, value), '; ') FROM json_each(s.via) LEFT JOIN entities r
            ON r.entity_id = value) AS via,
           s.contested, s.since, s.until, s.note,
           (SELECT group_concat(passage_id, '; ') FROM citations c
            WHERE c.statement_id = s.statement_id AND c.role = 'supports') AS passages
    FROM statements s JOIN entities e USING (entity_id) LEFT JOIN entities v ON v.entity_id = s.said_by
      LEFT JOIN entities o ON o.entity_id = s."of"
"""
_READABLE = {"timeline": "sort_date IS NULL, sort_date, event_id", "ledger": "allegation_id"}


def _readable(source: Source, table: str) -> str:
    """A table with its lists as text."""
    shown = [
        f"(SELECT group_concat(value, '; ') FROM json_each({name})) AS {name}" if field["type"] == "list" else name
        for field in source.fields(table)
        for name in [_quoted(field["name"])]
    ]
    return f"SELECT {', '.join(shown)} FROM {_quoted(table)}"


# A question is folded letter by letter, for one expression may not hold so many; then names are asked. Its words are put
# in quotation marks, between which an apostrophe, a hyphen or OR are no orders to the search; one that ends in a star may
# go on.
FIND = """
WITH RECURSIVE asked(step, words) AS (
  SELECT 0, :words
  UNION ALL SELECT step + 1, replace(words, letter, plain) FROM asked JOIN folding USING (step)
)
SELECT entity_id, kind, text FROM search
WHERE folded MATCH (
  SELECT replace('"' || replace(replace(words, '"', ' '), ' ', '" "') || '"', '*"', '"*')
  FROM asked ORDER BY step DESC LIMIT 1
) ORDER BY rank
""".strip()


def _folding() -> Iterator[tuple[int, str, str]]:
    """Step, letter, and what it is compared as. The index itself folds Latin letters."""
    step = 0
    for letter in map(chr, range(0x0610, 0x06D4)):
        around = f"س{letter}س"
        if unicodedata.category(letter) in ("Lo", "Lm", "Mn") and (plain := fold(around)) != around:
            yield step, letter, plain[1:-1]
            step += 1


def datasette(source: Source) -> dict[str, bytes]:
    """`metadata.json` for Datasette: what each table and column is, the licence, and a search by words of any name."""
    licence = source.licence or (None, None)
    tables = {
        name: {
            "description": source.described(name),
            "columns": {field["name"]: field["description"] for field in source.fields(name)},
        }
        for name in source.names
    }
    found = {
        "title": source.title,
        "description": f"{source.description} Version {source.version}. An allegation is not a fact.",
        "license": licence[0],
        "license_url": licence[1],
        "databases": {
            source.name: {"tables": tables, "queries": {"find": {"title": "Words of any name", "sql": FIND}}}
        },
    }
    return {"metadata.json": (json.dumps(found, ensure_ascii=False, indent=2) + "\n").encode()}
