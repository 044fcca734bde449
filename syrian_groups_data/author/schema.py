"""JSON Schema of what is authored, as editors take it, and how they are told which file is which.

An editor reads YAML by its own lights: a plain `2013` is a number to it, where we read text. Nor does it know
that a key which may be left out may not be left empty.
"""

from __future__ import annotations

import json
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from ..model import values
from ..model.additions import Additions
from ..model.models import models
from ..model.sources import NUMBERS_PATTERN
from ..model.vocabulary import Vocabulary
from .project import ProjectFile
from .read import Redirects

FOLDER = ".schemas"  # in raw/; what begins with a dot is not read there
_DIALECT = "http://json-schema.org/draft-07/schema#"
_WHOLE = {values.ID_PATTERN, values.EDTF_PATTERN, NUMBERS_PATTERN}


class _ForEditors(GenerateJsonSchema):
    """Text may be written as a plain number; nothing may be null; no titles made from keys."""

    def str_schema(self, schema: core_schema.StringSchema) -> JsonSchemaValue:
        found = super().str_schema(schema)
        return found | {"type": ["string", "integer" if found.get("pattern") in _WHOLE else "number"]}

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        found = super().default_schema(schema)
        if not found.get("default"):
            found.pop("default", None)
        return found

    def field_title_should_be_set(self, schema: Any) -> bool:  # noqa: ARG002  pydantic calls it so
        return False


def _schema(name: str, model: type[BaseModel]) -> dict[str, Any]:
    found = model.model_json_schema(by_alias=True, ref_template="#/definitions/{model}", schema_generator=_ForEditors)
    head = {"$schema": _DIALECT, "$id": f"{name}.json"}
    definitions = {"definitions": found.pop("$defs")} if "$defs" in found else {}
    return head | found | definitions


def schemas(vocabulary: Vocabulary) -> dict[str, dict[str, Any]]:
    """JSON Schema of each kind of file in `raw/`, by the kind's name, with the terms of a vocabulary."""
    kinds: dict[str, type[BaseModel]] = {kind.type: kind for kind in models(vocabulary).records}
    kinds |= {"redirects": Redirects, "project": ProjectFile, "vocabulary": Additions}
    return {name: _schema(name, kind) for name, kind in kinds.items()}


def settings(vocabulary: Vocabulary) -> dict[str, Any]:
    """What the YAML extension of VS Code must be told: which schema is for which files."""
    files = {kind.type: f"raw/{kind.folder}/*.yml" for kind in models(vocabulary).records}
    files |= {name: f"raw/{name}.yml" for name in ("redirects", "project", "vocabulary")}
    return {"yaml.schemas": {f"./raw/{FOLDER}/{name}.json": pattern for name, pattern in files.items()}}


def modeline(kind: str) -> str:
    """The first line by which other editors know a record's schema."""
    return f"# yaml-language-server: $schema=../{FOLDER}/{kind}.json"


def as_text(schema: dict[str, Any]) -> str:
    """A schema as it stands in its file."""
    return json.dumps(schema, ensure_ascii=False, indent=1) + "\n"
