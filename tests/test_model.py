"""The model: every field explained, every term defined, every constraint published."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any, get_args

import pytest
from pydantic import BaseModel

from syrian_groups_data.model import claims, event_types, languages, records, rows, sources, vocab
from syrian_groups_data.model.records import RECORDS
from syrian_groups_data.model.table import columns, table_schema
from tests.conftest import ROOT

AUTHORED = [
    model
    for module in (claims, records, sources)
    for model in vars(module).values()
    if isinstance(model, type) and issubclass(model, BaseModel) and model.model_fields
]


@pytest.mark.parametrize("model", AUTHORED, ids=lambda model: model.__name__)
def test_every_authored_field_has_a_description_and_an_example(model: type[BaseModel]) -> None:
    for name, field in model.model_fields.items():
        assert field.description, name
        assert field.examples, name


@pytest.mark.parametrize("table", rows.TABLES, ids=lambda table: table.table)
def test_every_column_has_a_description_and_an_example(table: Any) -> None:
    for column in columns(table):
        assert column.description, column.name
        assert column.example is not None, column.name


def _vocabularies() -> list[tuple[str, dict[str, str]]]:
    found = []
    for module in (vocab, event_types, languages):
        for name, value in vars(module).items():
            if name.isupper() and isinstance(value, dict) and all(isinstance(each, str) for each in value.values()):
                found.append((name, value))
    return found


@pytest.mark.parametrize(("name", "terms"), _vocabularies(), ids=[name for name, _ in _vocabularies()])
def test_every_term_has_a_definition(name: str, terms: dict[str, str]) -> None:
    assert terms
    assert all(text.strip() for text in terms.values())


def test_relations_are_defined_and_authored() -> None:
    assert vocab.RELATIONS.keys() == records.Related.model_fields.keys()
    assert vocab.ATTRIBUTES.keys() | vocab.MEASURES.keys() == records.Attributed.model_fields.keys()
    assert all(relation.definition for relation in vocab.RELATIONS.values())


def test_acled_has_six_types_and_25_sub_types() -> None:
    assert len(event_types.ACLED_EVENT_TYPES) == 6
    assert sum(map(len, event_types.ACLED_EVENT_TYPES.values())) == 25


@pytest.mark.parametrize("model", RECORDS, ids=lambda model: model.__name__)
def test_records_are_strict_frozen_and_closed(model: type[BaseModel]) -> None:
    assert model.model_config == {**model.model_config, "strict": True, "extra": "forbid", "frozen": True}
    assert model.model_json_schema()["additionalProperties"] is False


def _constraints(field: Any) -> dict[str, Any]:
    found: dict[str, Any] = {}
    todo = [*field.metadata, *get_args(field.annotation)]
    while todo:
        item = todo.pop()
        found |= {
            name: getattr(item, name)
            for name in ("ge", "le", "pattern", "terms")
            if getattr(item, name, None) is not None
        }
        todo += [*getattr(item, "metadata", []), *get_args(item)]
    return found


@pytest.mark.parametrize("table", rows.TABLES, ids=lambda table: table.table)
def test_no_constraint_of_a_row_is_lost_in_the_descriptor(table: Any) -> None:
    """A bound inside `Annotated[…] | None` lies one level down and is easily missed."""
    published = {field["name"]: field for field in table_schema(table)["fields"]}
    for name, field in table.model_fields.items():
        column = published[field.alias or name]
        constraints = column.get("constraints", {})
        for kind, value in _constraints(field).items():
            if column["type"] == "list":
                continue
            key = {"ge": "minimum", "le": "maximum", "pattern": "pattern", "terms": "enum"}[kind]
            if not (kind == "pattern" and "enum" in constraints):
                assert constraints.get(key) == (list(value) if kind == "terms" else value), (name, kind)


def test_every_foreign_key_names_a_key() -> None:
    keys = {f"{table.table}.{table.key[0]}" for table in rows.TABLES}
    for table in rows.TABLES:
        for column in columns(table):
            assert column.references is None or column.references in keys


# What a room may take from which: stages do not import each other. What reads built tables may stand on the library.
ALLOWED = {
    "model": set(),
    "files": {"model"},
    "author": {"model", "files"},
    "check": {"model"},
    "flatten": {"model"},
    "publish": {"model", "files"},
    "evidence": {"model", "files"},
    "diff": {"model"},
    "library": {"model", "files"},
    "validate": {"model", "files", "library"},
    "site": {"model"},
    "export": {"model"},
    "commands": {
        "export",
        "site",
        "model",
        "files",
        "author",
        "check",
        "flatten",
        "publish",
        "evidence",
        "diff",
        "library",
        "validate",
    },
}


def imports_of(path: Path, package: Path) -> set[str]:
    """First names below the package that a module imports, wherever in it: lazily or only for types too."""
    parts = path.relative_to(package).parts
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom) and not node.level:
            names = [f"{node.module}"]
        elif isinstance(node, ast.ImportFrom):
            above = parts[: len(parts) - node.level]
            if above:
                names = [".".join([package.name, *above])]
            else:
                names = (
                    [f"{package.name}.{node.module}"]
                    if node.module
                    else [f"{package.name}.{a.name}" for a in node.names]
                )
        found |= {name.split(".")[1] for name in names if name.startswith(f"{package.name}.")}
    return found


def test_imports_run_one_way() -> None:
    """model ← files ← stages ← commands; stages do not import each other; readers load no YAML."""
    package = ROOT / "syrian_groups_data"
    for path in package.rglob("*.py"):
        own = path.relative_to(package).parts[0].removesuffix(".py")
        if own not in ("__main__", "__init__"):
            assert imports_of(path, package) <= ALLOWED[own] | {own}, path


def test_a_lazy_import_is_seen(tmp_path: Path) -> None:
    package = tmp_path / "pack"
    (package / "flatten").mkdir(parents=True)
    (package / "flatten" / "a.py").write_text("def f():\n    from ..publish import render\n")
    (package / "release.py").write_text("def f():\n    from .author import load\n    import pack.check.claims\n")
    assert imports_of(package / "flatten" / "a.py", package) == {"publish"}
    assert imports_of(package / "release.py", package) == {"author", "check"}


def test_no_file_has_grown_past_its_size() -> None:
    grown = {
        str(path.relative_to(ROOT)): lines
        for folder in ("syrian_groups_data", "tests")
        for path in (ROOT / folder).rglob("*.py")
        if (lines := len(path.read_text(encoding="utf-8").splitlines()))
        > 400 + 20 * str(path).startswith(str(ROOT / "tests"))
    }
    assert grown == {}


def test_a_copy_of_a_record_has_its_own_claims() -> None:
    name = {"value": "Mithal", "lang": "en", "cite": ["report:1"]}
    place = records.Place.model_validate({"id": "mithal", "kind": "town", "names": [name]})
    assert [each[:2] for each in place.evidence()] == [("names", 0)]
    assert place.model_copy(update={"names": []}).evidence() == ()
