"""Whether a package holds what every format relies on: keys that stand once, references that lead on.

A package of this version that was built here does; one of another version, or that somebody changed, may not.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..model import table as model
from ..model.problem import ALIKE, Problem, Problems
from ..model.rows import BY_NAME
from .source import Source

_FIX = "build the package again with this version; validate tells more"


def prove(source: Source) -> None:
    """Raise Problems where a format would fail halfway, or leave out what it cannot find."""
    problems = [problem for table in BY_NAME.values() for problem in _rows(source, table)]
    if problems:
        raise Problems(problems[:ALIKE])


def _rows(source: Source, table: type[model.Row]) -> Iterator[Problem]:
    name, found, seen = table.table, source.rows(table.table), set[tuple[Any, ...]]()
    known = {
        each.name: {row[to] for row in source.rows(target)}
        for each in model.columns(table)
        if each.references
        for target, _, to in [each.references.partition(".")]
    }
    for line, row in enumerate(found, 1):
        for column, values in known.items():
            if row[column] is not None and row[column] not in values:
                yield _problem(name, line, "broken-reference", f"{column}: no row {row[column]}")
        key = tuple(row[column] for column in table.key)
        if key in seen:
            yield _problem(name, line, "key-not-unique", f"{table.key[0]}: {key[0]} stands in an earlier row too")
        seen.add(key)


def _problem(table: str, line: int, code: str, what: str) -> Problem:
    return Problem(f"tables/{table}.parquet", line, 1, code, what, _FIX)
