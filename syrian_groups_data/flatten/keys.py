"""The last look at rows before they are published: every key stands once, every reference leads to a row."""

from __future__ import annotations

from collections.abc import Iterator
from operator import attrgetter
from typing import Any

from ..model import rows
from ..model.problem import Problem, Problems
from ..model.table import Row, columns

Tables = dict[str, list[Any]]


def prove_keys(tables: Tables) -> None:
    """Raise Problems where rows break a key or a reference: what the rules on records let through."""
    problems = [problem for table in rows.TABLES for problem in _broken(table, tables)]
    if problems:
        raise Problems(problems)


def _broken(table: type[Row], tables: Tables) -> Iterator[Problem]:
    """Sets tell whether anything is wrong; only then each row is looked at, to name its line."""
    found, path, fix = tables[table.table], f"tables/{table.table}.csv", "correct the record behind it"
    keys = _values(found, *table.key)
    if len(set(keys)) < len(keys):
        seen: set[Any] = set()
        for line, (key, row) in enumerate(zip(keys, found, strict=True), 2):
            if key in seen:
                what = f"{table.key[0]}: {getattr(row, table.key[0])} stands in an earlier row too"
                yield Problem(path, line, 1, "key-not-unique", what, fix)
            seen.add(key)
    for column in columns(table):
        if column.references:
            target, name = column.references.split(".")
            values = _values(found, column.name)
            if unknown := set(values) - set(_values(tables[target], name)) - {None}:
                for line, value in enumerate(values, 2):
                    if value in unknown:
                        yield Problem(path, line, 1, "broken-reference", f"{column.name}: no row {value}", fix)


def _values(found: list[Any], *names: str) -> list[Any]:
    """Of each row one column, or a tuple of several."""
    return list(map(attrgetter(*names), found))
