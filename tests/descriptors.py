"""Descriptors of strangers, and what is planted in them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet
import pytest

from syrian_groups_data.validate import prove, validate
from tests.conftest import ROOT

CASES = ROOT.parent / "shared" / "cases" / "hostile"


MARK = "zq7"  # stands in every plant, and in no text of ours


SECRET = "what-nobody-may-read"


Package = dict[str, Any]


def table(name: str, columns: dict[str, list[str]], **schema: Any) -> tuple[dict[str, Any], dict[str, list[str]]]:
    fields = [{"name": column, "type": "string", "title": "a title", "description": "words"} for column in columns]
    return {"name": name, "schema": {"fields": fields, **schema}}, columns


def write(base: Path, *tables: tuple[dict[str, Any], dict[str, list[str]]], seal: bool = True) -> Package:
    """Tables as a package: each as CSV with its schema, and as Parquet."""
    resources = []
    for described, columns in tables:
        name = described["name"]
        rows = zip(*columns.values(), strict=True)
        lines = [",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in (columns, *rows)]
        (base / f"{name}.csv").write_bytes(("\n".join(lines) + "\n").encode())
        cells = [pa.array([cell or None for cell in column], pa.string()) for column in columns.values()]
        pyarrow.parquet.write_table(pa.table(cells, names=list(columns)), base / f"{name}.parquet")
        resources.append({**described, "path": f"{name}.csv", "format": "csv", "mediatype": "text/csv"})
        resources.append({"name": f"{name}-parquet", "path": f"{name}.parquet", "format": "parquet"})
    for each in resources:
        data = (base / each["path"]).read_bytes()
        each |= {"bytes": len(data), "hash": f"sha256:{hashlib.sha256(data).hexdigest()}"}
    package = {"name": "example", "title": "a title", "version": "1.0.0", "resources": resources}
    describe(base, package)
    return package


def describe(base: Path, package: Any) -> None:
    (base / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")


def told(base: Path, engine: str = "duckdb") -> list[str]:
    return [str(problem) for problem in validate(base, engine)]


def plants(secret: Path, target: Path) -> list[str]:
    read, write = f"SELECT 1, 1, value FROM text.`{secret}`", f"COPY (SELECT 1) TO '{target}'"
    return [
        f"{MARK}' UNION ALL {read} -- ",
        f"{MARK}\\' UNION ALL {read} -- ",
        f"\\ {MARK}",
        f"{MARK}\\",
        f") UNION ALL {read} -- {MARK}",
        f"{MARK}'; {write}; --",
        f'{MARK}"; {write}; --',
        f"{MARK}` UNION ALL {read} -- `",
        f"{MARK}''''\"\"``",
        f"/* {MARK} */ -- {MARK}\n# {MARK}",
        f"${{spark.sql.warehouse.dir}}${{env:HOME}}${{system:{MARK}}}{MARK}",
        f"' || reflect('java.lang.System', 'setProperty', '{MARK}', 'owned') || '",
        f"\\' || java_method('java.lang.System', 'setProperty', '{MARK}', 'owned') || \\'",
        f"{{n}}{{t}}{{0}}%s%(a)s:p?$1 {MARK}",
        f"read_text('{secret}') {MARK}",
        f"{MARK}'); ADD JAR '{target}'; CREATE TABLE owned AS SELECT 1; DROP TABLE t0; ATTACH '{target}'; --",
        f"{MARK}\u2028\u00a0\u200f\u202e\x1b[31m\x07",
        f"{MARK}\0' UNION ALL {read} -- \0",
        f"{MARK}\ud800'",
        f"[link={MARK}]x[/link][/red]:skull:",
        "",
    ]


def planted(base: Path, plant: str) -> Package:
    """A package whose names, terms, patterns and cells are a plant, and which is sound otherwise."""
    name, other = plant or "k", f"{plant}2"
    first = table("t", {name: [plant or "x", "b"], other: ["1", "2"]}, primaryKey=[name])
    key = {"fields": name, "reference": {"resource": "t", "fields": name}}
    second = table("u", {name: [plant or "x", "c"], other: ["", plant]}, primaryKey=[name], foreignKeys=[key])
    for described, _ in (first, second):
        for field in described["schema"]["fields"]:
            field["constraints"] = {"required": True, "enum": [plant, "1", "2"]}
        described["schema"]["fields"][1]["constraints"]["pattern"] = "\\Q" + plant.replace("\\E", "") + "\\E|[0-9]"
    return write(base, first, second)


def leaves(value: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Where the strings of a descriptor stand, keys of objects too."""
    if isinstance(value, dict):
        for key, each in value.items():
            yield (*at, key, None)
            yield from leaves(each, (*at, key))
    elif isinstance(value, list):
        for number, each in enumerate(value):
            yield from leaves(each, (*at, number))
    elif isinstance(value, str):
        yield at


def replaced(package: Package, at: tuple[Any, ...], plant: str) -> Package:
    """A copy with a plant in one place; a place that ends in None is that of a key."""
    new = json.loads(json.dumps(package))
    inner = new
    *way, last = at[:-1] if at[-1] is None else at
    for step in way:
        inner = inner[step]
    if at[-1] is None:
        inner[plant] = inner.pop(last)
    else:
        inner[last] = plant
    return new


class Watch:
    """What must not happen, and the text that reached the engine."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch, spark: Any = None) -> None:
        self.base, self.secret, self.target = folder / "package", folder / "secret.txt", folder / "written"
        self.base.mkdir()
        self.secret.write_text(SECRET, encoding="utf-8")
        self.folder, self.spark = folder, spark
        self.sql: list[str] = []
        monkeypatch.chdir(folder)
        for name in ("DuckDB", "Spark"):
            monkeypatch.setattr(prove, name, self._heard(getattr(prove, name)))

    def _heard(self, engine: Any) -> Any:
        sql = self.sql

        class Heard(engine):  # type: ignore[misc]
            def add(self, name: str, table: pa.Table) -> None:
                sql.extend((name, *table.column_names))
                super().add(name, table)

            def query(self, text: str) -> Any:
                sql.append(text)
                return super().query(text)

        return Heard

    def files(self) -> dict[str, bytes]:
        return {str(path): path.read_bytes() for path in self.folder.rglob("*") if path.is_file()}

    def verdict(self, engine: str) -> list[str]:
        before = self.files()
        found = told(self.base, engine)
        assert self.files() == before
        assert not self.target.exists()
        assert all(line.isprintable() for line in found)
        assert not any(SECRET in line for line in found)
        assert not any(MARK in text for text in self.sql)
        if self.spark:
            assert self.spark._jvm.java.lang.System.getProperty(MARK) is None
        return found


def constrained(column: list[str], kind: str = "string", **constraints: Any) -> Any:
    described, columns = table("t", {"c": column})
    described["schema"]["fields"][0] |= {"type": kind, "constraints": constraints}
    return described, columns


def not_followed(why: str) -> list[str]:
    return [f"datapackage.json:1:1: bad-descriptor: not JSON that can be followed: {why}; build again"]


def field(**change: Any) -> Callable[[Package], None]:
    return lambda package: package["resources"][0]["schema"]["fields"][0].update(change)


def schema(**change: Any) -> Callable[[Package], None]:
    return lambda package: package["resources"][0]["schema"].update(change)


C = "resources.0.schema.fields.0"


MANY = "list should have at most 1000 items"


KINDS = {
    "integer": (
        ["0", "-1", "007", "9223372036854775807", "-9223372036854775808"],
        ["+1", " 1", "1 ", "1\n", "1_0", "1e3", "1.0", "0x1", "١", "-", "--1", "9223372036854775808", "1L", "nan"],
    ),
    "number": (
        ["0", "+1.5", "-.5", "5.", "1e5", "1.E-5", "NaN", "-INF", "1e400"],
        ["1d", "1f", " 1", "1\n", "1_0", "+-1", "e5", ".", "1e", "0x1p3", "infinity", "1,5", "--1"],
    ),
    "date": (
        ["2014-03-02", "2020-02-29", "9999-12-31", "0001-01-01"],
        [
            "2014-3-2",
            "2021-02-29",
            "2014-03",
            "2014-03-02 ",
            "2014-03-02\n",
            "epoch",
            "today",
            "2014-13-01",
            "infinity",
        ],
    ),
    "boolean": (["true", "false"], ["True", "1", "true\n", "t", "yes"]),
}


def lines(cells: list[str]) -> Iterator[int]:
    """Where the rows end: a cell may hold a line feed."""
    line = 1
    for cell in cells:
        line += 1 + cell.count("\n")
        yield line
