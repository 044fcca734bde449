"""The two forms of a table: its Parquet file has the types of the descriptor, and says what the CSV says."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator

import pyarrow as pa
import pyarrow.compute

from ..library.release import arrow
from ..model.problem import Problem, visible
from .descriptor import Column, Package
from .rules import Text

# What a column of each type is in Parquet; whatever else there is stands as text.
_TYPES = {
    "integer": pa.int64(),
    "number": pa.float64(),
    "date": pa.date32(),
    "boolean": pa.bool_(),
    "list": pa.list_(pa.field("element", pa.string(), nullable=False)),
}


def formats(package: Package, texts: Iterable[Text], files: dict[str, bytes]) -> Iterator[Problem]:
    """Problems where the Parquet file of a table does not say what its CSV says. The path tells which file is which."""
    twins = {_stem(text.resource.path): text for text in texts}
    for each in package.resources:
        path = each.path
        twin = twins.get(_stem(path))
        if twin and path.endswith(".parquet") and path in files:
            for line, what in _differences(files[path], twin, package.ours):
                yield Problem(path, line, 1, "formats-differ", visible(what), "build again")


def _stem(path: str) -> str:
    return path.rpartition(".")[0]


def _differences(data: bytes, twin: Text, ours: bool) -> Iterator[tuple[int, str]]:
    """Lines, and what of a Parquet file is not as it should be on them."""
    try:
        table = arrow(io.BytesIO(data))
    except (OSError, ValueError, pa.ArrowException) as error:
        yield 1, str(error.__cause__ or error).split("\n")[0]
        return
    if table.column_names != list(twin.columns) or table.num_rows != twin.cells.num_rows:
        yield 1, f"{table.num_rows} rows of {table.num_columns} columns, not as the CSV"
        return
    for number, column in enumerate(twin.schema.fields):
        # Other makers may write numbers as text; what the cells say is compared all the same.
        if ours and (what := _mistyped(table.schema.field(number), column)):
            yield 1, f"{column.name[:80]} {what}"
            continue
        try:
            cells = _as_text(table.column(number))
        except (TypeError, ValueError, pa.ArrowException) as error:
            yield 1, f"{column.name[:80]}: {str(error).splitlines()[0][:200]}"
            continue
        row = _first_difference(cells, twin.cells.column(number))
        if row is not None:
            yield row + 2, f"{column.name[:80]} differs from the CSV"


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
    """Cells as a CSV has them: items of a list parted by semicolons, null where empty."""
    if pa.types.is_list(column.type):
        text = pa.compute.binary_join(pa.compute.cast(column, pa.list_(pa.string())), ";")
    else:
        text = pa.compute.cast(column, pa.string())
    return pa.compute.if_else(pa.compute.equal(text, ""), None, text)


def _first_difference(column: pa.ChunkedArray, other: pa.ChunkedArray) -> int | None:
    """The first row in which two columns are not the same, null being the same as null."""
    equal = pa.compute.fill_null(pa.compute.equal(column, other), False)
    same = pa.compute.or_(equal, pa.compute.and_(column.is_null(), other.is_null()))
    row: int = pa.compute.index(same, False).as_py()
    return None if row < 0 else row
