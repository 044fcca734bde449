"""A Parquet file as a table of text: it has the types of the descriptor, and says what the CSV says, where there is one."""

from __future__ import annotations

from collections.abc import Iterator

import pyarrow as pa
import pyarrow.compute as pc

from ..library.columns import texts
from ..library.errors import AGAIN
from ..library.tables import Parquet
from ..model.problem import Problem, visible
from .cells import lines
from .descriptor import Column, Resource, Schema
from .patterns import FORMS, matches
from .text import ROW, Text

# What a column of each type is in Parquet; whatever else there is stands as text.
_TYPES = {
    "integer": pa.int64(),
    "number": pa.float64(),
    "date": pa.date32(),
    "boolean": pa.bool_(),
    "list": pa.list_(pa.field("element", pa.string(), nullable=False)),
}

# As Arrow has them: of a value of Python it would ask whether pandas made it, and load pandas for that.
_NULL, _SEMICOLON = pa.nulls(1, pa.string())[0], texts([";"])[0]

PARQUET = ".parquet"


def stem(path: str) -> str:
    """A path without what tells the two forms of a table apart."""
    return path.rpartition(".")[0]


def read_parquet(
    number: int, resource: Resource, schema: Schema, data: bytes, ours: bool
) -> tuple[Text | None, list[Problem]]:
    """The cells of a Parquet file as a CSV has them, and what is wrong with its columns; no text where it cannot be read.

    Of a package that is `ours` the types of Arrow must be the descriptor's. Other makers may write numbers as text.
    """
    problems: list[Problem] = []

    def wrong(line: int, what: str, code: str = "formats-differ", fix: str = "build again") -> None:
        problems.append(Problem(resource.path, line, 1, code, visible(what), fix))

    try:
        table = Parquet(data, resource.path).table()  # not more than it may unpack to
    except (OSError, ValueError, pa.ArrowException) as error:
        first = str(error.__cause__ or error).split("\n")[0]
        wrong(1, first.removeprefix(f"{resource.path}: ").removesuffix(f"; {AGAIN}"))
        return None, problems
    if table.column_names != [field.name for field in schema.fields]:
        wrong(1, f"{table.num_columns} columns, not those of the descriptor")
        return None, problems
    cells = []
    for column, field in enumerate(schema.fields):
        if ours and (what := _mistyped(table.schema.field(column), field)):
            wrong(1, f"{field.name[:80]} {what}")
        try:
            cells.append(_as_text(table.column(column)))
            for row in _torn(table.column(column)):
                wrong(row + 2, f"{field.name[:80]}: an item holds `;`", "cell-malformed", "correct the cell")
        except (TypeError, ValueError, pa.ArrowException) as error:
            wrong(1, f"{field.name[:80]}: {str(error).splitlines()[0][:200]}")
            return None, problems
    names = [*(f"c{column}" for column in range(len(cells))), ROW]
    return Text(number, resource, schema, pa.table([*cells, lines(table.num_rows)], names=names)), problems


def differences(text: Text, twin: Text) -> Iterator[Problem]:
    """Where a Parquet file does not say what its CSV says: the first row of each column."""
    if text.cells.num_rows != twin.cells.num_rows:
        yield _differ(text, 1, f"{text.cells.num_rows} rows of {text.cells.num_columns - 1} columns, not as the CSV")
        return
    for column, field in enumerate(text.schema.fields):
        row = _first_difference(text.cells.column(column), twin.cells.column(column), field.type)
        if row is not None:
            yield _differ(text, row + 2, f"{field.name[:80]} differs from the CSV")


def _differ(text: Text, line: int, what: str) -> Problem:
    return Problem(text.resource.path, line, 1, "formats-differ", visible(what), "build again")


def _mistyped(field: pa.Field, column: Column) -> str:
    """How the type of a Parquet column is not the one that the descriptor names; empty where it is."""
    wanted = _TYPES.get(column.type, pa.string())
    if field.type != wanted:
        return f"is of type {str(field.type)[:80]}, not {wanted}"
    # A descriptor says of no list whether it may be null.
    if column.type != "list" and field.nullable == column.constraints.required:
        return "may be null, and must not" if field.nullable else "may not be null, and should"
    return ""


def _as_text(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Cells as a CSV has them: items of a list parted by semicolons, null where empty. Raises ArrowInvalid over what is no text."""
    column.validate(full=True)  # text that is not UTF-8 is found here, and not by whoever shows it
    if pa.types.is_list(column.type):
        text = pc.binary_join(pc.cast(column, pa.list_(pa.string())), _SEMICOLON)
    else:
        text = pc.cast(column, pa.string())
    return pc.if_else(pc.cast(pc.binary_length(text), pa.bool_()), text, _NULL)


def _torn(column: pa.ChunkedArray) -> list[int]:
    """Rows in which an item of a list would be two in the CSV."""
    if not pa.types.is_list(column.type):
        return []
    torn = pc.match_substring(pc.cast(pc.list_flatten(column), pa.string()), ";")
    rows: list[int] = pc.unique(pc.filter(pc.list_parent_indices(column), torn)).to_pylist()
    return rows


def _numbers(column: pa.ChunkedArray, but: pa.ChunkedArray) -> pa.ChunkedArray:
    """Cells as numbers; null for what is written as none, and in the rows of `but`."""
    fits = pc.and_(matches(column, FORMS["number"]), pc.invert(but))
    written = pc.if_else(fits, pc.utf8_ltrim(column, "+"), _NULL)
    return pc.cast(written, pa.float64(), safe=False)


def _first_difference(column: pa.ChunkedArray, other: pa.ChunkedArray, kind: str) -> int | None:
    """The first row in which two columns are not the same, null being the same as null, and 0.0 the same number as 0."""
    if not len(column):  # Arrow 17 ends the process over a column without rows
        return None
    same = pc.coalesce(pc.equal(column, other), pc.and_(column.is_null(), other.is_null()))
    if kind == "number" and not pc.all(same).as_py():
        same = pc.coalesce(pc.equal(*(_numbers(each, same) for each in (column, other))), same)
    rows = pc.indices_nonzero(pc.invert(same))
    return rows[0].as_py() if len(rows) else None
