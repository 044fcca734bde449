"""How a row class becomes columns: the Arrow schema, the Table Schema and the codebook follow from these."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Annotated, Any, ClassVar, NamedTuple, get_args

from pydantic import BaseModel, ConfigDict, Field
from pydantic.fields import FieldInfo

from .values import CELL_PATTERN, EDTF_PATTERN, ID_PATTERN, PASSAGE_PATTERN
from .vocabulary import Terms


class Column(NamedTuple):
    """One column of a published table."""

    name: str
    type: str  # string, integer, number, date, boolean, list
    required: bool
    description: str
    example: Any
    terms: Mapping[str, str] | None = None
    pattern: str | None = None
    minimum: float | None = None
    maximum: float | None = None
    references: str | None = None
    terms_of: str | None = None  # name of their list in the vocabulary


class Edtf:
    """Marks a field that is published as five columns: text, earliest, latest, precision, approximate."""


class Row(BaseModel):
    """What one row of a published table holds. A field with an alias is published under it.

    It describes: rows are made as plain tuples (`Models.row`), and columns of them are checked against it.
    """

    model_config = ConfigDict(strict=True, defer_build=True)

    table: ClassVar[str]
    key: ClassVar[tuple[str, ...]]
    order: ClassVar[tuple[str, ...]]


Id = Annotated[str, Field(pattern=ID_PATTERN)]
Cell = Annotated[str, Field(pattern=CELL_PATTERN)]
EdtfText = Annotated[str | None, Field(pattern=EDTF_PATTERN), Edtf()]
Hash = Annotated[str, Field(pattern=r"^s[0-9a-f]{20}$")]
Count = Annotated[int, Field(ge=0)]
PassageId = Annotated[str, Field(pattern=PASSAGE_PATTERN)]
Standing = Annotated[str, Terms("standings")]
Degrees = Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False)]


def col(description: str, example: Any, references: str | None = None, **more: Any) -> Any:
    """A column: what it means, an example, and the `table.column` that it points to."""
    extra: Any = {"references": references} if references else None
    return Field(description=description, examples=[example], json_schema_extra=extra, **more)


def by_column(row: type[Row], made: Iterable[Any]) -> list[dict[str, Any]]:
    """Rows of a table as mappings, by the names under which their cells are published; dates as text alone."""
    names = [field.alias or name for name, field in row.model_fields.items()]
    return [dict(zip(names, each, strict=True)) for each in made]


_TYPES = {str: "string", int: "integer", float: "number", date: "date", bool: "boolean", list: "list"}


def columns(row: type[Row]) -> list[Column]:
    """Columns of a table, in order."""
    return [column for name, field in row.model_fields.items() for column in _expand(name, field)]


def _expand(name: str, field: FieldInfo) -> Iterator[Column]:
    metadata = list(_metadata(field))
    description, example = field.description or "", (field.examples or [None])[0]
    if any(isinstance(item, Edtf) for item in metadata):
        yield Column(name, "string", False, f"{description} (EDTF)", example, pattern=EDTF_PATTERN)
        yield Column(f"{name}_earliest", "date", False, f"first day of {name}; null where open", "2013-07-01")
        yield Column(f"{name}_latest", "date", False, f"last day of {name}; null where open", "2013-07-31")
        of = Terms("date_precisions")
        yield Column(
            f"{name}_precision", "string", True, f"precision of {name}", "month", terms=of.terms, terms_of=of.name
        )
        yield Column(
            f"{name}_approximate", "boolean", False, f"whether {name} is approximate; null without a date", False
        )
        return
    name = field.alias or name
    nullable = type(None) in get_args(field.annotation)
    extra = field.json_schema_extra
    listed = next((item for item in metadata if isinstance(item, Terms)), None)
    yield Column(
        name,
        _type(field.annotation),
        not nullable,
        description,
        example,
        terms=listed.terms if listed else None,
        terms_of=listed.name if listed else None,
        pattern=_first(metadata, "pattern"),
        minimum=_first(metadata, "ge"),
        maximum=_first(metadata, "le"),
        references=str(extra["references"]) if isinstance(extra, dict) else None,
    )


def _first(metadata: list[Any], name: str) -> Any:
    return next((getattr(item, name) for item in metadata if getattr(item, name, None) is not None), None)


def _metadata(field: FieldInfo) -> Iterator[Any]:
    """Constraints of a field; `Annotated[…] | None` hides them one level down, `list[Annotated[…]]` too."""
    todo: list[Any] = [*field.metadata, *get_args(field.annotation)]
    while todo:
        item = todo.pop(0)
        if isinstance(item, FieldInfo):
            todo.extend(item.metadata)
        else:
            yield item
            todo.extend(get_args(item))


def _type(annotation: Any) -> str:
    for kind in _walk(annotation):
        if kind in _TYPES:
            return _TYPES[kind]
    raise TypeError(f"no column type for {annotation}")


def _walk(annotation: Any) -> Iterator[Any]:
    origin = getattr(annotation, "__origin__", None)
    yield list if origin is list else annotation
    if origin is not list:
        for arg in get_args(annotation):
            yield from _walk(arg)


# --- Table Schema ---------------------------------------------------------------------------------

PROFILE = "https://datapackage.org/profiles/2.0"


def as_text(value: Any) -> str:
    """A value as a CSV has it."""
    if isinstance(value, bool):
        return str(value).lower()
    return ";".join(map(str, value)) if isinstance(value, list) else str(value)


def _field(column: Column) -> dict[str, Any]:
    constraints: dict[str, Any] = {}
    if column.required and column.type != "list":
        constraints["required"] = True
    if column.type != "list":
        if column.terms:
            constraints["enum"] = list(column.terms)
        elif column.pattern:
            constraints["pattern"] = column.pattern
    if column.minimum is not None:
        constraints["minimum"] = column.minimum
    if column.maximum is not None:
        constraints["maximum"] = column.maximum
    field: dict[str, Any] = {"name": column.name, "type": column.type, "description": column.description}
    if column.type == "list":
        field |= {"delimiter": ";", "itemType": "string"}
    if column.type == "boolean":
        field |= {"trueValues": ["true"], "falseValues": ["false"]}
    if column.example is not None:
        field["example"] = as_text(column.example)  # the profile of the standard takes no other
    if column.terms:
        field["categories"] = [{"value": term, "label": text or term} for term, text in column.terms.items()]
        if column.type != "string":
            del field["categories"]
    return field | ({"constraints": constraints} if constraints else {})


def table_schema(table: type[Row]) -> dict[str, Any]:
    """Table Schema of a table: types, constraints, keys."""
    keys = []
    for column in columns(table):
        if column.references:
            resource, name = column.references.split(".")
            reference = {"fields": [name]} if resource == table.table else {"resource": resource, "fields": [name]}
            keys.append({"fields": [column.name], "reference": reference})
    return {
        "$schema": f"{PROFILE}/tableschema.json",
        "fields": [_field(column) for column in columns(table)],
        "primaryKey": list(table.key),
        "missingValues": [""],
    } | ({"foreignKeys": keys} if keys else {})
