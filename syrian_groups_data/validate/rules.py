"""Rules of a descriptor: what breaks them is looked for among the different cells of a column, then found in its rows.

Columns hold far fewer different cells than rows; looking at each row took most of the time. What a descriptor says
reaches an engine as rows of `given`, cells as rows of `cells`, so that the SQL is fixed, the same on DuckDB and Spark,
and nothing of a descriptor is ever read as SQL.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from ..library.columns import integers
from ..library.columns import texts as as_array
from .descriptor import Column
from .engines import Engine
from .keys import by_keys
from .patterns import FORMS, misfits
from .text import CASTS, ROW, SHOWN, Found, Text, comparable, same


class _Given(NamedTuple):
    """A rule on a column, by the column's place: a term or bound, or the place of the column that it refers to."""

    place: int
    rule: str
    value: str = ""
    target: int = -1


class _Place(NamedTuple):
    """A column of a table, and its different cells."""

    text: Text
    column: int
    different: pa.Array

    @property
    def field(self) -> Column:
        return self.text.schema.fields[self.column]

    def rows(self, code: str, values: Collection[str | None]) -> Iterator[Found]:
        """The rows in which one of the values stands."""
        cells = self.text.cells.column(self.column)
        some = pc.is_in(cells, value_set=as_array([value for value in values if value is not None]))
        rows = pc.indices_nonzero(pc.or_(some, pc.is_null(cells)) if None in values else some)
        for line, value in zip(self.text.cells[ROW].take(rows), cells.take(rows), strict=True):
            yield self.found(line.as_py(), code, value.as_py())

    def found(self, line: int, code: str, value: str | None) -> Found:
        """What is told of a cell."""
        return Found(self.text.resource.path, line, self.field.name, code, value and value[:SHOWN])


class _Places:
    """The columns that rules look at."""

    def __init__(self) -> None:
        self.all: list[_Place] = []
        self._numbers: dict[tuple[int, int], int] = {}

    def number(self, text: Text, column: int) -> int:
        """The place of a column."""
        key = text.number, column
        if key not in self._numbers:
            self._numbers[key] = len(self.all)
            self.all.append(_Place(text, column, pc.unique(text.cells.column(column))))
        return self._numbers[key]

    def cells(self) -> pa.Table:
        """The different cells of all, without those that have not the form of their type: each engine casts some of them."""
        values = [_formed(each) for each in self.all]
        places = [integers(array("q", (number,)) * len(each)) for number, each in enumerate(values)]
        return pa.table({"place": pa.chunked_array(places, pa.int64()), "value": pa.chunked_array(values, pa.string())})


def _formed(place: _Place) -> pa.Array:
    bad = misfits(place.different, FORMS[place.field.type]) if place.field.type in FORMS else []
    if not bad:
        return place.different
    return place.different.take(integers(sorted(set(range(len(place.different))) - set(bad))))


def _selects() -> Iterator[tuple[str, str]]:
    """Codes, and the places and cells that have them."""
    found = "SELECT a.place, a.value FROM cells a JOIN given r ON r.place = a.place AND r.rule = '{}'"
    yield "required-missing", f"{found.format('required')} WHERE a.value IS NULL"
    for kind, cast in CASTS.items():
        wrong = f"a.value IS NOT NULL AND TRY_CAST(a.value AS {cast}) IS NULL"
        yield "wrong-cell-type", f"{found.format(kind)} WHERE {wrong}"
        for rule, sign in (("minimum", "<"), ("maximum", ">")):
            beyond = f"TRY_CAST(a.value AS {cast}) {sign} TRY_CAST(r.value AS {cast})"
            yield "cell-out-of-range", f"{found.format(f'{rule} {kind}')} WHERE {beyond}"
    term = "LEFT JOIN given b ON b.place = a.place AND b.rule = 'term' AND b.value = a.value"
    yield "cell-not-in-vocabulary", f"{found.format('enum')} {term} WHERE a.value IS NOT NULL AND b.place IS NULL"
    for kind in ("integer", "number", "string"):
        there = f"LEFT JOIN cells b ON b.place = r.target AND {same(kind, 'b.value')} = {same(kind, 'a.value')}"
        absent = "a.value IS NOT NULL AND b.place IS NULL"
        yield "broken-reference", f"{found.format(f'reference {kind}')} {there} WHERE {absent}"


_CODES, _SELECTS = zip(*_selects(), strict=True)
_QUERY = "\nUNION ALL\n".join(f"SELECT {n} AS n, place, value FROM ({each}) x" for n, each in enumerate(_SELECTS))


def broken(engine: Engine, texts: Collection[Text], known: Mapping[str, Text]) -> Iterator[Found]:
    """Every cell of these tables that breaks a rule of its descriptor. References lead to the `known` tables, by name."""
    places = _Places()
    given = [rule for text in texts for rule in (*_column_rules(text, places), *_references(text, known, places))]
    wrong: dict[tuple[int, str], set[str | None]] = defaultdict(set)
    for number, place in enumerate(places.all):
        for code, values in _malformed(place):
            wrong[number, code] |= values
    engine.add("cells", places.cells())
    engine.add("given", _table(given))
    for n, number, value in engine.query(_QUERY):
        wrong[number, _CODES[n]].add(value)
    for (number, code), values in wrong.items():
        yield from places.all[number].rows(code, values)
    yield from by_keys(engine, texts, known)


def _table(given: list[_Given]) -> pa.Table:
    place, rule, value, target = zip(*given, strict=True) if given else ((),) * 4
    columns = integers(place), as_array(rule), as_array(value), integers(target)
    return pa.table(dict(zip(_Given._fields, columns, strict=True)))


def _malformed(place: _Place) -> Iterator[tuple[str, set[str | None]]]:
    """What patterns find: those of the descriptor, and the forms of types, since each engine casts more than these."""
    tests = {"cell-malformed": place.field.constraints.pattern, "wrong-cell-type": FORMS.get(place.field.type)}
    for code, pattern in tests.items():
        if pattern and (bad := misfits(place.different, pattern)):
            yield code, set(place.different.take(integers(bad)).to_pylist())


def _column_rules(text: Text, places: _Places) -> Iterator[_Given]:
    for column, field in enumerate(text.schema.fields):
        place, rules = places.number(text, column), field.constraints
        if rules.required:
            yield _Given(place, "required")
        if field.type in CASTS:
            yield _Given(place, field.type)
        if rules.enum is not None:
            yield _Given(place, "enum")
            yield from (_Given(place, "term", term) for term in dict.fromkeys(rules.enum))
        for rule in ("minimum", "maximum"):
            if (bound := getattr(rules, rule)) is not None:
                yield _Given(place, f"{rule} {field.type}", bound)


def _references(text: Text, known: Mapping[str, Text], places: _Places) -> Iterator[_Given]:
    """References by one column; those by several are `by_keys`."""
    for each in text.schema.foreign_keys:
        target = known.get(each.reference.resource or text.resource.name)
        if len(each.fields) == 1 and target and each.reference.fields[0] in target.columns:
            ours, theirs = text.columns[each.fields[0]], target.columns[each.reference.fields[0]]
            kind = comparable(text.schema.fields[ours], target.schema.fields[theirs])
            yield _Given(places.number(text, ours), f"reference {kind}", target=places.number(target, theirs))
