"""A descriptor of somebody else: what of it is read, and whether it says what must be checked."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from ..files import DESCRIPTOR as BYTES
from ..files import read as door
from ..library.columns import texts
from ..model import seal
from ..model.problem import Problem, Problems, visible
from ..model.release import GENERATOR
from ..model.strict_json import parse
from . import patterns

DESCRIPTOR = "datapackage.json"
_FORMS = ("csv", "parquet")
_MANY = 1000  # tables of a package, columns and references of a table
_RULES = 20_000  # columns and references of a package


def _terms(given: Any) -> list[str]:
    if not isinstance(given, list):
        raise ValueError("it is no list")
    return [_text(value) for value in given]


def _text(value: Any) -> str:
    """A term as it stands in a cell."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool | int | float):
        return json.dumps(value)
    raise ValueError("a term is text, a number, true or false")


def _names(given: Any) -> Any:
    return [given] if isinstance(given, str) else given  # the standard takes one name for a list of one


def _different(names: list[str]) -> list[str]:
    if len(set(names)) < len(names):
        raise ValueError("a column stands twice")
    return names


def _path(path: str) -> str:
    if "\0" in path:
        raise ValueError("it holds a NUL")
    return path


Names = Annotated[list[str], BeforeValidator(_names), Field(max_length=_MANY), AfterValidator(_different)]


class _Part(BaseModel):
    """Keys that are not read here may hold anything."""

    model_config = ConfigDict(strict=True, extra="ignore", frozen=True, populate_by_name=True)


class Constraints(_Part):
    """What a cell must be; bounds as text, since they are compared as the type of their column."""

    required: bool = False
    enum: Annotated[list[str], BeforeValidator(_terms)] | None = None
    pattern: Annotated[str, AfterValidator(patterns.whole)] | None = None
    minimum: Annotated[str, BeforeValidator(_text)] | None = None
    maximum: Annotated[str, BeforeValidator(_text)] | None = None


class Column(_Part):
    """A column of a table."""

    name: Annotated[str, Field(min_length=1)]
    type: str = "string"
    constraints: Constraints = Constraints()

    @model_validator(mode="after")
    def _comparable(self) -> Column:
        for name in ("minimum", "maximum"):
            bound = getattr(self.constraints, name)
            if bound is not None and not _bounds(self.type, bound):
                raise ValueError(f"{name} {bound[:60]!r} bounds no column of type {self.type[:60]!r}")
        return self


def _bounds(kind: str, bound: str) -> bool:
    """Whether a text is a bound that both engines compare alike with the cells of a type."""
    form = patterns.FORMS.get(kind)
    if form is None or patterns.misfits(texts([bound]), form):
        return False
    if kind == "integer":
        return len(bound) < 20 and -(2**63) <= int(bound) < 2**63
    return kind == "date" or (kind == "number" and math.isfinite(float(bound)))


class Reference(_Part):
    """Where a foreign key leads; without a resource to the table itself."""

    resource: str = ""
    fields: Names


class ForeignKey(_Part):
    """Columns whose cells stand in another table."""

    fields: Annotated[Names, Field(min_length=1)]
    reference: Reference

    @model_validator(mode="after")
    def _alike(self) -> ForeignKey:
        if len(self.fields) != len(self.reference.fields):
            raise ValueError(f"{len(self.fields)} columns refer to {len(self.reference.fields)}")
        return self


class Schema(_Part):
    """What a table holds."""

    fields: Annotated[list[Column], Field(max_length=_MANY)]
    primary_key: Annotated[Names, Field(alias="primaryKey")] = []
    foreign_keys: Annotated[list[ForeignKey], Field(alias="foreignKeys", max_length=_MANY)] = []

    @model_validator(mode="after")
    def _known(self) -> Schema:
        columns = Counter(field.name for field in self.fields)
        twice = [name for name, count in columns.items() if count > 1]
        if twice:
            raise ValueError(f"the column {twice[0][:60]!r} stands twice")
        keys = (self.primary_key, *(key.fields for key in self.foreign_keys))
        unknown = [name for names in keys for name in names if name not in columns]
        if unknown:
            raise ValueError(f"a key names the column {unknown[0][:60]!r}, which is not there")
        return self


class Resource(_Part):
    """A file of the package, and its columns if it is a table."""

    name: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9._-]*$", max_length=200)]
    path: Annotated[str, Field(min_length=1, max_length=1000), AfterValidator(_path)]
    type: Any = None
    format: Any = None
    bytes: Any = None
    hash: Any = None
    table: Annotated[Schema | None, Field(alias="schema")] = None


class Package(_Part):
    """A data package."""

    name: Any = None
    generator: Any = None
    resources: Annotated[list[Resource], Field(min_length=1, max_length=_MANY)]

    @property
    def ours(self) -> bool:
        """Whether it says that it was made here."""
        return GENERATOR in (self.name, self.generator)

    @model_validator(mode="after")
    def _bounded(self) -> Package:
        tables = [each.table for each in self.resources if each.table]
        count = sum(len(table.fields) + len(table.foreign_keys) for table in tables)
        if count > _RULES:
            raise ValueError(f"{count:,} columns and references are more than the {_RULES:,} that are checked")
        return self


def undescribed(what: str, fix: str = "build again") -> Problem:
    """A problem of the descriptor."""
    return Problem(DESCRIPTOR, 1, 1, "bad-descriptor", what, fix)


def read(base: Path) -> tuple[Package, list[Problem]]:
    """The descriptor of a folder, with what it leaves out. Raises Problems where it cannot be followed."""
    try:
        raw = parse(door(base, DESCRIPTOR, BYTES))
        if not isinstance(raw, dict):
            raise ValueError("it is no object with keys")
        package = Package.model_validate(raw)
    except OSError as error:
        raise Problems([undescribed(error.strerror or "unreadable")]) from None
    except ValidationError as error:
        raise Problems(_explained(error)) from None
    except ValueError as error:
        raise Problems([undescribed(f"not JSON that can be followed: {visible(str(error))}")]) from None
    found = [*_gaps(package), *(_strange(raw) if package.ours else ())]
    problems = [undescribed(what) for what in found]
    if (package.ours or seal.KEY in raw) and not seal.fits(raw):
        what = "it does not say what it said when it was sealed"
        problems.append(undescribed(what, "build again, or fetch it again"))
    return package, problems


def _explained(error: ValidationError) -> list[Problem]:
    found = []
    for each in error.errors(include_url=False, include_input=False):
        where = ".".join(map(str, each["loc"])) or "the descriptor"
        what = each["msg"].removeprefix("Value error, ")
        found.append(undescribed(f"{where}: {what[:1].lower()}{what[1:]}", "correct datapackage.json, or build again"))
    return found


def _gaps(package: Package) -> Iterator[str]:
    """What a descriptor leaves out, so that something would go unchecked."""
    resources = package.resources
    for key in ("name", "path"):
        counts = Counter(getattr(each, key) for each in resources)
        for value in sorted(value for value, count in counts.items() if count > 1):
            yield f"two resources have the {key} {visible(value)}"
    tables = {each.name: each.table for each in resources if each.table}
    described = {each.path.rpartition(".")[0] for each in resources if each.table}
    # One that says that it is a table may be all that its maker has; a release of ours has both forms of each.
    whole = set() if package.ours else {each.path.rpartition(".")[0] for each in resources if each.type == "table"}
    forms = {each.path.rpartition(".")[0]: set[str]() for each in resources if each.path.endswith(_FORMS)}
    for resource in resources:
        stem, _, form = resource.path.rpartition(".")
        if stem in forms:
            forms[stem].add(form)
        if form in _FORMS and resource.name not in tables and stem not in described:
            yield f"{resource.name} has no schema"
    for stem, found in sorted(forms.items()):
        if len(found) < len(_FORMS) and stem not in whole:
            yield f"{visible(stem)} is there only as {found.pop()}"
    columns = {name: {field.name for field in table.fields} for name, table in tables.items()}
    for name, table in tables.items():
        for each in table.foreign_keys:
            target = each.reference.resource or name
            for column in each.reference.fields:
                if column not in columns.get(target, ()):
                    yield f"{name} refers to {visible(f'{target}.{column}')}, which is not there"


def _strange(raw: dict[str, Any]) -> Iterator[str]:
    """Tables of a release of ours that are described otherwise than here."""
    from ..model.additions import vocabulary_of  # a quarter of a second, that others' packages do not need
    from ..model.models import models
    from ..model.table import table_schema

    try:
        described = models(vocabulary_of(raw)).tables
    except (ValueError, RecursionError) as error:
        yield visible(f"its vocabulary is malformed: {str(error).splitlines()[0]}")[:200]
        return
    schemas = {each["name"]: each["schema"] for each in raw["resources"] if each.get("schema")}
    paths = {each["path"] for each in raw["resources"]}
    for ours in described:
        if _canonical(schemas.get(ours.table)) != _canonical(table_schema(ours)):
            yield f"{ours.table} is not described as this version of the package describes it"
        for path in (f"tables/{ours.table}.{form}" for form in _FORMS):
            if path not in paths:
                yield f"{path} is not among its resources"


def _canonical(schema: Any) -> str:
    return json.dumps(schema, sort_keys=True)  # to Python alone, 1 is true
