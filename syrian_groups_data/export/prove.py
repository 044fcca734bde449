"""Whether a package holds what every format relies on: its tables and columns, keys that stand once, references that lead on.

A package of this version that was built here does; one of another version, or that somebody changed, may not.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..model import rows
from ..model import table as model
from ..model.problem import ALIKE, Problem, Problems
from .source import Source

_FIX = "build the package again with this version; validate tells more"


def prove(source: Source) -> None:
    """Raise Problems where a format would fail halfway, or leave out what it cannot find."""
    shapes = [problem for table in rows.TABLES for problem in _shape(source, table)]
    problems = shapes or [problem for table in rows.TABLES for problem in _rows(source, table)]
    if problems:
        raise Problems(problems[:ALIKE])


def _problem(table: str, line: int, code: str, what: str) -> Problem:
    return Problem(f"tables/{table}.parquet", line, 1, code, what, _FIX)


def _shape(source: Source, table: type[model.Row]) -> Iterator[Problem]:
    if table.table not in source.names:
        yield Problem("datapackage.json", 1, 1, "bad-descriptor", f"there is no table {table.table}", _FIX)
        return
    there = set(source.tables.table(table.table).column_names)
    wanted = {each["name"] for each in source.fields(table.table)}
    # The column of a second name is in another language in each project, or in none.
    wanted |= {each.name for each in model.columns(table) if not each.name.startswith("name_")}
    for name in sorted(wanted - there):
        yield _problem(table.table, 1, "wrong-columns", f"the column {name} is missing")


def _rows(source: Source, table: type[model.Row]) -> Iterator[Problem]:
    name, found, seen = table.table, source.rows(table.table), set[tuple[Any, ...]]()
    needed = {each.name for each in model.columns(table) if each.required and not each.name.startswith("name_")}
    known = {
        each.name: {row[to] for row in source.rows(target)}
        for each in model.columns(table)
        if each.references
        for target, _, to in [each.references.partition(".")]
    }
    for line, row in enumerate(found, 1):
        for column in needed:
            if row[column] is None:
                yield _problem(name, line, "required-missing", f"{column} is empty")
        for column, values in known.items():
            if row[column] is not None and row[column] not in values:
                yield _problem(name, line, "broken-reference", f"{column}: no row {row[column]}")
        key = tuple(row[column] for column in table.key)
        if key in seen:
            yield _problem(name, line, "key-not-unique", f"{table.key[0]}: {key[0]} stands in an earlier row too")
        seen.add(key)
