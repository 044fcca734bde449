"""The one door between columns and what readers hold: rows of the shape that was asked for, or Damaged, which says why.

What is asked for stands once, as the fields of the class that a row becomes: name, type, and whether it may be null.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Collection, Iterable
from dataclasses import MISSING, field, fields
from datetime import date
from itertools import accumulate
from math import isfinite
from typing import TYPE_CHECKING, Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import types

from .errors import AGAIN, Damaged

if TYPE_CHECKING:
    from _typeshed import DataclassInstance


class Column(NamedTuple):
    """A column that is asked for: what it holds, whether cells may be null, whether older packages may lack it."""

    name: str
    kind: str
    nullable: bool = False
    optional: bool = False


def _is_text(type: pa.DataType) -> bool:
    held = type.value_type if types.is_dictionary(type) else type
    return bool(types.is_string(held) or types.is_large_string(held))


_KINDS: dict[str, tuple[str, Callable[[pa.DataType], bool]]] = {
    "str": ("text", _is_text),
    "StandingName": ("text", _is_text),
    "int": ("whole numbers", types.is_integer),
    "float": ("numbers", lambda t: types.is_floating(t) or types.is_integer(t)),
    "bool": ("true or false", types.is_boolean),
    "Day": ("dates", types.is_date),
    "tuple[str, ...]": (
        "lists of text",
        lambda t: (types.is_list(t) or types.is_large_list(t)) and _is_text(t.value_type),
    ),
}


def kind(type: pa.DataType) -> str:
    """What a column of a type may be asked to hold; for a type that no table of ours has, the word for text."""
    return next((name for name, (_, fits) in _KINDS.items() if fits(type)), "str")


def column(name: str = "", *, table: str = "", **more: Any) -> Any:
    """A field of a class whose rows are read: the column, if it is named otherwise, and the table, if it is another."""
    return field(metadata={"column": name, "table": table}, **more)


def shape(kind: type[DataclassInstance], table: str = "") -> dict[str, Column]:
    """Fields of a class that are read from its own table, or from another one, each with its column."""
    found = {}
    for each in fields(kind):
        if each.metadata and each.metadata["table"] == table:
            text, _, null = str(each.type).partition(" | ")
            optional = each.default is not MISSING
            found[each.name] = Column(each.metadata["column"] or each.name, text, bool(null), optional)
    return found


def proved(found: pa.Schema, wanted: Iterable[Column], where: str) -> list[Column]:
    """Those of the wanted columns that are there; `where` is the file in messages.

    Raises Damaged for one that is missing, there twice, or of another type.
    """
    there = []
    for each in wanted:
        places = found.get_all_field_indices(each.name)
        if not places and each.optional:
            continue
        if len(places) != 1:
            raise Damaged(f"{where}: the column {each.name} is {'there twice' if places else 'missing'}; {AGAIN}")
        words, fits = _KINDS[each.kind]
        if not fits(found.field(places[0]).type):
            raise Damaged(
                f"{where}: the column {each.name} should hold {words}, not {found.field(places[0]).type}; {AGAIN}"
            )
        there.append(each)
    return there


def rows(table: pa.Table, wanted: Collection[Column], where: str) -> list[dict[str, Any]]:
    """Rows of a table as dictionaries of the wanted columns, those that are there.

    Raises Damaged where the table does not have their shape, or a cell is null, no text, or no day of the calendar.
    """
    there = proved(table.schema, wanted, where)
    cells = {each.name: _cells(table.column(each.name), each, where) for each in there}
    names = list(cells)
    return [dict(zip(names, values, strict=True)) for values in zip(*cells.values(), strict=True)]


_TYPES = {
    "str": pa.string(), "StandingName": pa.string(), "int": pa.int64(), "float": pa.float64(), "bool": pa.bool_(),
    "Day": pa.date32(), "tuple[str, ...]": pa.list_(pa.string()),
}  # fmt: skip
_DAYS = date.min.toordinal() - date(1970, 1, 1).toordinal(), date.max.toordinal() - date(1970, 1, 1).toordinal()


def sound(table: pa.Table, wanted: Collection[Column], where: str) -> pa.Table:
    """The wanted columns of a table, those that are there, in its order and our types. Raises as `rows` does."""
    found = {each.name: _sound(table.column(each.name), each, where) for each in proved(table.schema, wanted, where)}
    fields = [each.with_type(found[each.name].type) for each in table.schema if each.name in found]
    schema = pa.schema(fields, table.schema.metadata)
    return pa.Table.from_arrays([found[name] for name in schema.names], schema=schema)


def _sound(column: pa.ChunkedArray, wanted: Column, where: str) -> pa.ChunkedArray:
    try:
        column.validate(full=True)  # text that is not UTF-8 is found here
        listed = types.is_list(column.type) and column.type.value_type == pa.string()
        found = column if listed else column.cast(_TYPES[wanted.kind])
    except (pa.ArrowException, ValueError) as error:
        raise _bad(wanted, f"has a cell that cannot be read ({str(error).splitlines()[0]})", where) from None
    if found.null_count and not wanted.nullable:
        raise _bad(wanted, "has empty cells", where)
    if wanted.kind == "Day" and not all(_DAYS[0] <= (each or 0) <= _DAYS[1] for each in _ends(found)):
        raise _bad(wanted, "has a cell that is no day of the calendar", where)
    if wanted.kind == "float" and not pc.all(pc.is_finite(found), min_count=0).as_py():
        raise _bad(wanted, "has a cell that is no number", where)
    if wanted.kind.startswith("tuple") and pc.list_flatten(found).null_count:
        raise _bad(wanted, "has empty items", where)
    return found


def _ends(days: pa.ChunkedArray) -> Iterable[int | None]:
    ends = pc.min_max(days.cast(pa.int32()))
    return ends["min"].as_py(), ends["max"].as_py()


def _bad(column: Column, what: str, where: str) -> Damaged:
    return Damaged(f"{where}: the column {column.name} {what}; {AGAIN}")


def taken(row: dict[str, Any], wanted: dict[str, Column]) -> dict[str, Any]:
    """Fields of an object, from the columns of a row; those that an older package lacks keep their defaults."""
    return {name: row[each.name] for name, each in wanted.items() if each.name in row}


def _cells(column: pa.ChunkedArray, wanted: Column, where: str) -> list[Any]:
    if column.null_count and not wanted.nullable:
        raise _bad(wanted, "has empty cells", where)
    try:
        found: list[Any] = column.to_pylist()
    except (ValueError, OverflowError) as error:  # bytes that are no UTF-8, days before the year 1 or after 9999
        raise _bad(wanted, f"has a cell that cannot be read ({error})", where) from None
    if wanted.kind == "float" and not all(cell is None or isfinite(cell) for cell in found):
        raise _bad(wanted, "has a cell that is no number", where)
    if wanted.kind.startswith("tuple"):
        if any(None in cell for cell in found):
            raise _bad(wanted, "has empty items", where)
        return list(map(tuple, found))
    return found


def texts(values: Collection[str]) -> pa.StringArray:
    """Texts as an Arrow array. `pa.array` does the same and imports pandas, where that is installed."""
    encoded = [value.encode(errors="surrogatepass") for value in values]
    offsets = array("i", [0, *accumulate(map(len, encoded))])
    return pa.StringArray.from_buffers(len(encoded), pa.py_buffer(offsets), pa.py_buffer(b"".join(encoded)))


def integers(values: Iterable[int]) -> pa.Int64Array:
    """Whole numbers as an Arrow array, without pandas too."""
    found = array("q", values)
    return pa.Int64Array.from_buffers(pa.int64(), len(found), [None, pa.py_buffer(found)])
