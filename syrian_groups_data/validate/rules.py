"""Rules of a descriptor as SQL that DuckDB and Spark both run.

The text is ours but for numbers: tables are t0, t1, …, their columns c0, c1, …, a rule is its number. Terms and bounds
are rows of `given`, so that nothing of a descriptor is ever read as SQL.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import pyarrow as pa

from .descriptor import Resource, Schema
from .engines import Engine
from .patterns import FORMS, misfits

ROW = "row_"  # the column that holds the line
_SHOWN = 80  # letters of a cell that are shown
_BATCH = 20  # selects in one query: Spark's planning grows faster than their number


class Text(NamedTuple):
    """The cells of a CSV: columns c0, c1, … as text, null where empty, and the line of each row in `row_`."""

    number: int
    resource: Resource
    schema: Schema
    cells: pa.Table

    @property
    def columns(self) -> dict[str, int]:
        """Numbers of the columns."""
        return {field.name: number for number, field in enumerate(self.schema.fields)}


class Found(NamedTuple):
    """A cell that breaks a rule."""

    path: str
    line: int
    column: str
    code: str
    value: str | None


class _Rule(NamedTuple):
    """What is looked for. `select` has places for the numbers of rule, table and column: {n}, {t}, {c}."""

    text: Text
    column: int
    code: str
    select: str
    given: Sequence[str] = ()  # texts to compare with


_CELL = f"SELECT {{n}}, a.{ROW}, substr(a.c{{c}}, 1, {_SHOWN})"
_FROM = f"{_CELL} FROM t{{t}} a"
_EMPTY = f"{_FROM} WHERE a.c{{c}} IS NULL"
_UNCAST = f"{_FROM} WHERE a.c{{c}} IS NOT NULL AND TRY_CAST(a.c{{c}} AS {{kind}}) IS NULL"
_CASTS = {"integer": "BIGINT", "number": "DOUBLE", "date": "DATE"}
_NO_TERM = (
    f"{_FROM} LEFT JOIN given b ON b.rule = {{n}} AND b.value = a.c{{c}} WHERE a.c{{c}} IS NOT NULL AND b.rule IS NULL"
)
_AGAIN = f"{_CELL} FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY {{key}} ORDER BY {ROW}) AS nth FROM t{{t}}) a WHERE nth > 1"


def _beyond(sign: str, kind: str) -> str:
    cast = f"TRY_CAST(a.c{{c}} AS {kind}) {sign} TRY_CAST(b.value AS {kind})"
    return f"{_FROM} JOIN given b ON b.rule = {{n}} WHERE {cast}"


def broken(engine: Engine, texts: dict[str, Text]) -> Iterator[Found]:
    """Every cell of these tables that breaks a rule of its descriptor."""
    for text in texts.values():
        engine.add(f"t{text.number}", text.cells)
        yield from _malformed(text)
    rules = [rule for text in texts.values() for rule in (*_column_rules(text), *_key_rules(text, texts))]
    given = [(number, value) for number, rule in enumerate(rules) for value in rule.given]
    numbers, values = zip(*given, strict=True) if given else ((), ())
    engine.add("given", pa.table({"rule": pa.array(numbers, pa.int64()), "value": pa.array(values, pa.string())}))
    selects = [rule.select.format(n=n, t=rule.text.number, c=rule.column) for n, rule in enumerate(rules)]
    for start in range(0, len(selects), _BATCH):
        for number, line, value in engine.query("\nUNION ALL\n".join(selects[start : start + _BATCH])):
            rule = rules[number]
            yield _found(rule.text, line, rule.column, rule.code, value)


def _malformed(text: Text) -> Iterator[Found]:
    """What patterns find: those of the descriptor, and the forms of types, since each engine casts more than these."""
    for column, field in enumerate(text.schema.fields):
        cells = text.cells.column(column)
        tests = {"cell-malformed": field.constraints.pattern, "wrong-cell-type": FORMS.get(field.type)}
        for code, pattern in tests.items():
            for row in misfits(cells, pattern) if pattern else ():
                yield _found(text, text.cells[ROW][row].as_py(), column, code, cells[row].as_py()[:_SHOWN])


def _found(text: Text, line: int, column: int, code: str, value: str | None) -> Found:
    return Found(text.resource.path, line, text.schema.fields[column].name, code, value)


def _column_rules(text: Text) -> Iterator[_Rule]:
    for column, field in enumerate(text.schema.fields):
        rules = field.constraints
        if rules.required:
            yield _Rule(text, column, "required-missing", _EMPTY)
        if kind := _CASTS.get(field.type):
            yield _Rule(text, column, "wrong-cell-type", _UNCAST.replace("{kind}", kind))
        if rules.enum is not None:
            yield _Rule(text, column, "cell-not-in-vocabulary", _NO_TERM, rules.enum)
        for sign, bound in (("<", rules.minimum), (">", rules.maximum)):
            if bound is not None:
                yield _Rule(text, column, "cell-out-of-range", _beyond(sign, _CASTS[field.type]), [bound])


def _key_rules(text: Text, texts: dict[str, Text]) -> Iterator[_Rule]:
    schema, columns = text.schema, text.columns
    if schema.primary_key:
        numbers = [columns[name] for name in schema.primary_key]
        key = ", ".join(f"c{number}" for number in numbers)
        yield _Rule(text, numbers[0], "key-not-unique", _AGAIN.replace("{key}", key))
    for each in schema.foreign_keys:
        target = texts.get(each.reference.resource or text.resource.name)
        if target is None or not set(each.reference.fields) <= target.columns.keys():
            continue  # what is not there, or could not be read, has a problem of its own
        ours = [columns[name] for name in each.fields]
        theirs = [target.columns[name] for name in each.reference.fields]
        rows = f"(SELECT DISTINCT {', '.join(f'c{number}' for number in theirs)} FROM t{target.number}) b"
        equal = " AND ".join(f"a.c{a} = b.c{b}" for a, b in zip(ours, theirs, strict=True))
        full = " AND ".join(f"a.c{a} IS NOT NULL" for a in ours)
        select = f"{_FROM} LEFT JOIN {rows} ON {equal} WHERE {full} AND b.c{theirs[0]} IS NULL"
        yield _Rule(text, ours[0], "broken-reference", select)
