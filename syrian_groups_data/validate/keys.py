"""Keys of several columns, and rows that stand twice: what only whole rows show, as SQL for DuckDB and Spark."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

import pyarrow.compute as pc

from .engines import Engine
from .text import CASTS, ROW, SHOWN, Found, Text, comparable, same

_BATCH = 20  # selects in one query: Spark's planning grows faster than their number


class _Rule(NamedTuple):
    """What is looked for, and the columns of the tables that it is looked for in."""

    text: Text
    column: int
    code: str
    select: str
    columns: dict[str, list[int]]


def by_keys(engine: Engine, texts: Collection[Text], known: Mapping[str, Text]) -> Iterator[Found]:
    """Rows whose key an earlier one has, or whose reference by several columns leads nowhere."""
    tables = {_name(text): text for text in (*texts, *known.values())}
    rules = [rule for text in texts for rule in (*_again(text), *_absent(text, known))]
    needed: dict[str, set[int]] = defaultdict(set)
    for rule in rules:
        for name, columns in rule.columns.items():
            needed[name].update(columns)
    for name, found in needed.items():
        engine.add(name, tables[name].cells.select([*(f"c{column}" for column in sorted(found)), ROW]))
    for start in range(0, len(rules), _BATCH):
        selects = [f"SELECT {n + start}, x.* FROM ({rule.select}) x" for n, rule in enumerate(rules[start:][:_BATCH])]
        for n, line, value in engine.query("\nUNION ALL\n".join(selects)):
            text, column, code, *_ = rules[n]
            yield Found(text.resource.path, line, text.schema.fields[column].name, code, value)


def _name(text: Text) -> str:
    return f"t{text.number}"


def _again(text: Text) -> Iterator[_Rule]:
    numbers = [text.columns[name] for name in text.schema.primary_key]
    if numbers and not _different(text, numbers):
        key = ", ".join(same(text.schema.fields[number].type, f"c{number}") for number in numbers)
        nth = f"SELECT *, ROW_NUMBER() OVER (PARTITION BY {key} ORDER BY {ROW}) AS nth FROM {_name(text)}"
        select = f"SELECT a.{ROW}, substr(a.c{numbers[0]}, 1, {SHOWN}) FROM ({nth}) a WHERE nth > 1"
        yield _Rule(text, numbers[0], "key-not-unique", select, {_name(text): numbers})


def _different(text: Text, numbers: list[int]) -> bool:
    """Whether a key of one column of text is seen at once to stand in one row each."""
    if len(numbers) > 1 or text.schema.fields[numbers[0]].type in CASTS:
        return False
    return bool(pc.count_distinct(text.cells.column(numbers[0]), mode="all").as_py() == text.cells.num_rows)


def _absent(text: Text, known: Mapping[str, Text]) -> Iterator[_Rule]:
    for each in text.schema.foreign_keys:
        target = known.get(each.reference.resource or text.resource.name)
        if len(each.fields) == 1 or target is None or not set(each.reference.fields) <= target.columns.keys():
            continue  # what is not there, or could not be read, has a problem of its own
        ours = [text.columns[name] for name in each.fields]
        theirs = [target.columns[name] for name in each.reference.fields]
        kinds = [comparable(text.schema.fields[a], target.schema.fields[b]) for a, b in zip(ours, theirs, strict=True)]
        pairs = list(zip(kinds, ours, theirs, strict=True))
        equal = " AND ".join(f"{same(kind, f'a.c{a}')} = {same(kind, f'b.c{b}')}" for kind, a, b in pairs)
        full = " AND ".join(f"a.c{a} IS NOT NULL" for a in ours)
        select = (
            f"SELECT a.{ROW}, substr(a.c{ours[0]}, 1, {SHOWN}) FROM {_name(text)} a WHERE {full} AND NOT EXISTS "
            f"(SELECT 1 FROM {_name(target)} b WHERE {equal})"
        )
        names = {_name(text): ours}
        names[_name(target)] = [*names.get(_name(target), []), *theirs]
        yield _Rule(text, ours[0], "broken-reference", select, names)
