"""A table as rules look at it: its cells as text, and how those of one type are compared."""

from __future__ import annotations

from typing import NamedTuple

import pyarrow as pa

from .descriptor import Column, Resource, Schema

ROW = "row_"  # the column that holds the line
SHOWN = 80  # letters of a cell that are shown
CASTS = {"integer": "BIGINT", "number": "DOUBLE", "date": "DATE"}


class Text(NamedTuple):
    """The cells of a table: columns c0, c1, … as text, null where empty, and the line of each row in `row_`."""

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


def comparable(ours: Column, theirs: Column) -> str:
    """The type as which cells of two columns are compared; text where they have no one type of numbers."""
    return ours.type if ours.type == theirs.type and ours.type in ("integer", "number") else "string"


def same(kind: str, cell: str) -> str:
    """SQL of a cell as it is compared with others of its type: 0.0 is 0, and 07 is 7."""
    if kind not in ("integer", "number"):
        return cell
    zero = " + 0" if kind == "number" else ""  # of -0.0 too
    return f"coalesce(CAST(TRY_CAST({cell} AS {CASTS[kind]}){zero} AS STRING), {cell})"
