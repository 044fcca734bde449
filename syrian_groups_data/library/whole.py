"""A package for those who read its tables whole: exports, the site, comparisons. What they get is shaped as this version says.

Another maker may seal whatever he likes. A table that lacks a column, holds another type, or a cell that cannot be read,
ends here; tables and columns of his own are left out.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Annotated, Any

import pyarrow as pa
import pyarrow.compute as pc
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from ..model import table as model
from ..model.problem import visible
from ..model.rows import BY_NAME
from ..model.values import SECOND_PATTERN
from .columns import Column, sound
from .descriptor import NAME
from .errors import AGAIN, Damaged
from .tables import Tables

_KINDS = {
    "string": "str", "integer": "int", "number": "float", "boolean": "bool", "date": "Day", "list": "tuple[str, ...]",
}  # fmt: skip
_SECOND = re.compile(SECOND_PATTERN)


class Whole:
    """A package of this version: its descriptor, and its tables by name.

    `core` makes it one of any version, whose tables are bound to have only some columns, by table.
    Raises Damaged, here and for each table, where it is not so.
    """

    def __init__(self, tables: Tables, core: Mapping[str, Collection[str]] | None = None) -> None:
        self.descriptor: dict[str, Any] = tables.descriptor
        self._tables, self._core = tables, core
        if core is None and "resources" in self.descriptor:
            _prove(self.descriptor)

    def table(self, name: str) -> pa.Table:
        """A table with those of our columns that it has. Raises KeyError for one that only a package of any version may lack."""
        ours = _ours(name)
        wanted = list(self._wanted(name, ours))
        try:
            found = self._tables.table(name)
        except KeyError:
            if self._core is not None:
                raise
            raise Damaged(f"{NAME} names no table {name}; {AGAIN}") from None
        there = [Column(each, "str", True) for each in found.column_names if _SECOND.fullmatch(each)]
        table = sound(found, [*wanted, *there], where := f"tables/{name}.parquet")
        for each in ours if self._core is None else ():  # ids of 1.0.0 had another form
            if each.pattern:
                _formed(table.column(each.name), each, where)
        return table

    def _wanted(self, name: str, ours: list[model.Column]) -> Iterator[Column]:
        for each in ours:
            optional = self._core is not None and each.name not in self._core.get(name, ())
            yield Column(each.name, _KINDS[each.type], not each.required or optional, optional)


def _ours(table: str) -> list[model.Column]:
    return [each for each in model.columns(BY_NAME[table]) if not _SECOND.fullmatch(each.name)]


def _formed(cells: pa.ChunkedArray, column: model.Column, where: str) -> None:
    """Raise Damaged where a cell has not the form of its column: programs take ids and dates apart."""
    fits = re.compile(rf"(?:{column.pattern})\Z").match
    for cell in pc.unique(pc.list_flatten(cells) if column.type == "list" else cells).to_pylist():
        if cell is not None and not fits(cell):
            raise Damaged(f"{where}: the column {column.name} has the cell {visible(repr(cell))[:80]}; {AGAIN}")


# --- what a descriptor says for programs ----------------------------------------------------------


class _Part(BaseModel):
    """Keys that nobody reads may hold anything."""

    model_config = ConfigDict(strict=True, extra="ignore")


class _Category(_Part):
    value: str
    label: str


class _Field(_Part):
    name: str
    type: str
    description: str
    categories: list[_Category] = []


class _Schema(_Part):
    fields: list[_Field]


class _Resource(_Part):
    name: str
    path: str
    bytes: int
    hash: str
    mediatype: str
    table: _Schema | None = Field(default=None, alias="schema")


class _Named(_Part):
    name: str = ""
    title: str = ""
    path: str = ""
    email: str = ""


def _dated(text: str) -> str:
    if text:
        date.fromisoformat(text[:10])
    return text


class _Package(_Part):
    name: str
    title: str = ""
    description: str = ""
    created: Annotated[str, AfterValidator(_dated)] = ""
    homepage: str = ""
    keywords: list[str] = []
    licenses: list[_Named] = []
    contributors: list[_Named] = []
    compare: list[str] = []
    resources: list[_Resource]


def _prove(descriptor: dict[str, Any]) -> None:
    """Raise Damaged where it does not say what programs ask for, or describes our tables otherwise than this version."""
    try:
        package = _Package.model_validate(descriptor)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(map(str, first["loc"]))
        what = first["msg"].partition(" or instance of ")[0]
        raise Damaged(f"{NAME}: {where}: {what[:1].lower()}{what[1:]}; {AGAIN}") from None
    for each in package.resources:
        if each.table and each.name in BY_NAME:
            given = [(field.name, field.type) for field in each.table.fields if not _SECOND.fullmatch(field.name)]
            if given != [(column.name, column.type) for column in _ours(each.name)]:
                raise Damaged(f"{NAME}: {each.name} has other columns than in this version; build it with this version")
