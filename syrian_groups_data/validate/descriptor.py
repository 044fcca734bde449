"""Whether a descriptor can be trusted to say what must be checked."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from typing import Any

from ..model.additions import vocabulary_of
from ..model.models import models
from ..model.problem import visible
from ..model.release import GENERATOR
from ..model.table import table_schema
from .engines import ROW

_FORMS = ("csv", "parquet")
_NAME = re.compile(r"[a-z0-9][a-z0-9._-]*")


def sound(resource: dict[str, Any]) -> bool:
    """Whether a resource has the shape that is read here. What is missing or of another type may raise."""
    if not isinstance(resource["path"], str) or "\0" in resource["path"] or not _NAME.fullmatch(resource["name"]):
        return False
    schema = resource.get("schema")
    if not isinstance(schema, dict):
        return schema is None
    columns = [field["name"] for field in schema["fields"]]
    for field in schema["fields"]:
        rules = field.get("constraints", {})
        re.compile(rules.get("pattern", ""))
        if not all(math.isfinite(rules[key]) for key in ("minimum", "maximum") if key in rules):
            return False
        if not isinstance(rules.get("enum", []), list) or not isinstance(field.get("type", "string"), str):
            return False
    keys = [schema.get("primaryKey") or [], *(key["fields"] for key in schema.get("foreignKeys", []))]
    targets = [key["reference"] for key in schema.get("foreignKeys", [])]
    return (
        all(isinstance(key, list) and set(key) <= set(columns) for key in keys)
        and all(len(key) == 1 for key in keys[1:])
        and all(isinstance(each.get("resource", ""), str) and isinstance(each["fields"][0], str) for each in targets)
        and all(isinstance(column, str) and column for column in columns)
        and len({column.casefold() for column in [*columns, ROW]}) == len(columns) + 1
    )


def gaps(package: dict[str, Any]) -> Iterator[str]:
    """What a descriptor leaves out, so that something would go unchecked."""
    resources = package["resources"]
    for key in ("name", "path"):
        values = [each[key] for each in resources]
        for value in sorted({value for value in values if values.count(value) > 1}):
            yield f"two resources have the {key} {visible(value)}"
    tables = {each["name"]: each["schema"] for each in resources if isinstance(each.get("schema"), dict)}
    forms = {each["path"].rpartition(".")[0]: set[str]() for each in resources if each["path"].endswith(_FORMS)}
    for each in resources:
        stem, _, form = each["path"].rpartition(".")
        if stem in forms:
            forms[stem].add(form)
        if form == "csv" and each["name"] not in tables:
            yield f"{each['name']} has no schema"
    for stem, found in sorted(forms.items()):
        if len(found) < len(_FORMS):
            yield f"{visible(stem)} is there only as {found.pop()}"
    for name, schema in tables.items():
        for key in schema.get("foreignKeys", []):
            target, column = key["reference"].get("resource") or name, key["reference"]["fields"][0]
            if target not in tables or column not in [field["name"] for field in tables[target]["fields"]]:
                yield f"{name} refers to {visible(f'{target}.{column}')}, which is not there"
    if GENERATOR in (package.get("name"), package.get("generator")):
        try:
            described = models(vocabulary_of(package)).tables
        except (ValueError, RecursionError) as error:
            yield visible(f"its vocabulary is malformed: {str(error).splitlines()[0]}")[:200]
            return
        for ours in described:
            if tables.get(ours.table) != table_schema(ours):
                yield f"{ours.table} is not described as this version of the package describes it"
