"""The models of a vocabulary: ours as they stand, or subclasses of them with a project's terms.

No module holds what a project adds, so that two projects in one process are both right.
"""

from __future__ import annotations

import functools
import operator
import types
import typing
from collections import namedtuple
from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, TypeVar, cast

from pydantic import BaseModel, Field, create_model
from pydantic.fields import FieldInfo

from . import rows
from .claims import Attribute, Number, Tie
from .records import RECORDS, Attributed, Record, Related
from .table import Row
from .vocabulary import DEFAULT, Terms, Vocabulary

M = TypeVar("M", bound=BaseModel)
R = TypeVar("R", bound=Row)


class Models:
    """Records and rows with the terms of one vocabulary. Get them from `models`."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self._made: dict[type[BaseModel], type[BaseModel]] = {}
        self._rows: dict[type[Row], Any] = {}
        self.records: tuple[type[Record], ...] = tuple(map(self.of, RECORDS))
        self.tables: tuple[type[Row], ...] = tuple(map(self.of, rows.TABLES))

    def of(self, model: type[M]) -> type[M]:
        """A model with the terms of this vocabulary: the model itself where nothing in it differs."""
        if model not in self._made:
            self._made[model] = self._fitted(model)
        return cast(type[M], self._made[model])

    def row(self, model: type[R]) -> type[R]:
        """What makes rows of a table: tuples with the fields of its model. Their cells are checked column by column, when they
        become one; a checked object a row took an eighth of a build, and four times the memory."""
        if model not in self._rows:
            fields = tuple(self.of(model).model_fields)
            self._rows[model] = type(
                model.__name__, (namedtuple("_", fields),), {"__slots__": (), "table": model.table}
            )
        return cast(type[R], self._rows[model])

    def _fitted(self, model: type[BaseModel]) -> type[BaseModel]:
        hints = typing.get_type_hints(model, include_extras=True)
        fields: dict[str, Any] = {}
        for name, field in model.model_fields.items():
            hint = self._hint(hints[name])
            if name == "second_name" and self.vocabulary.second_name != DEFAULT.second_name:
                fields[name] = self._second_name(hint, field)
            elif hint is not hints[name]:
                fields[name] = (hint, _like(field))
        fields |= self._added(model)
        if not fields:
            return model
        return create_model(
            model.__name__, __base__=model, __module__=model.__module__, __doc__=model.__doc__, **fields
        )

    def _hint(self, hint: Any) -> Any:
        """An annotation with the models and terms of this vocabulary; itself where nothing in it differs."""
        if isinstance(hint, Terms):
            fitted = Terms(hint.name, self.vocabulary)
            return hint if list(fitted.terms.items()) == list(hint.terms.items()) else fitted
        if isinstance(hint, type) and issubclass(hint, BaseModel):
            return self.of(hint)
        if typing.get_origin(hint) is Annotated:
            parts: tuple[Any, ...] = (hint.__origin__, *hint.__metadata__)
        else:
            parts = typing.get_args(hint)
        fitted_parts = tuple(map(self._hint, parts))
        if all(new is old for new, old in zip(fitted_parts, parts, strict=True)):
            return hint
        if typing.get_origin(hint) is Annotated:
            return Annotated[fitted_parts]
        if isinstance(hint, types.UnionType) or typing.get_origin(hint) is typing.Union:
            return functools.reduce(operator.or_, fitted_parts)
        return hint.__origin__[fitted_parts]

    def _second_name(self, hint: Any, field: FieldInfo) -> Any:
        """The field of the second name in the language of the project; none where it has none."""
        language = self.vocabulary.second_name
        if language is None:
            return ClassVar[None], None
        english = self.vocabulary.terms("languages")[language]
        about = (field.description or "").replace("Arabic", english)
        return hint, _like(field, alias=f"name_{language}", description=about, examples=["Example"])

    def _added(self, model: type[BaseModel]) -> dict[str, Any]:
        """The properties that a vocabulary adds to records of a class."""
        kinds: list[tuple[type[BaseModel], type[BaseModel], Mapping[str, str], dict[str, Any]]] = [
            (Attributed, Attribute, self.vocabulary.terms("attributes"), {"value": "mutual aid"}),
            (Attributed, Number, self.vocabulary.terms("measures"), {"low": 20, "high": 20}),
            (Related, Tie, self.vocabulary.terms("relations"), {"value": "example-front"}),
        ]
        return {
            name: (
                list[self.of(claim)],  # type: ignore[misc]
                Field(default=[], description=text, examples=[[{**value, "cite": ["report:5"]}]]),
            )
            for base, claim, terms, value in kinds
            if issubclass(model, base)
            for name, text in terms.items()
            if name not in model.model_fields
        }


def _like(field: FieldInfo, **other: Any) -> Any:
    """A field's default and words anew; its constraints stand in the annotation."""
    same = {name: getattr(field, name) for name in ("alias", "description", "examples", "json_schema_extra")}
    if field.default_factory:
        return Field(default_factory=field.default_factory, **(same | other))
    return Field(default=field.default, **(same | other))


@functools.lru_cache(32)  # of foreign packages there may be many
def models(vocabulary: Vocabulary = DEFAULT) -> Models:
    """The models of a vocabulary, made once."""
    return Models(vocabulary)
