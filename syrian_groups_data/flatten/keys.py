"""The last look at rows before they are published: every key stands once, every reference leads to a row."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..model import rows
from ..model.problem import Problem, Problems
from ..model.table import Row, columns

Tables = dict[str, list[Row]]


def prove_keys(tables: Tables) -> None:
    """Raise Problems where rows break a key or a reference: what the rules on records let through."""
    problems = [problem for table in rows.TABLES for problem in _broken(table, tables)]
    if problems:
        raise Problems(problems)


def _values(found: list[Any], column: str) -> list[Any]:
    return [getattr(row, column) for row in found]


def _broken(table: type[Row], tables: Tables) -> Iterator[Problem]:
    found, path, fix = tables[table.table], f"tables/{table.table}.csv", "correct the record behind it"
    seen: set[tuple[Any, ...]] = set()
    for line, row in enumerate(found, 2):
        key = tuple(getattr(row, name) for name in table.key)
        if key in seen:
            yield Problem(
                path, line, 1, "key-not-unique", f"{table.key[0]}: {key[0]} stands in an earlier row too", fix
            )
        seen.add(key)
    for column in columns(table):
        if column.references:
            target, name = column.references.split(".")
            known = set(_values(tables[target], name))
            for line, value in enumerate(_values(found, column.name), 2):
                if value is not None and value not in known:
                    yield Problem(path, line, 1, "broken-reference", f"{column.name}: no row {value}", fix)
