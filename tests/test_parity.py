"""Planted kinds of wrong cells are found at their row and column, in CSV and Parquet, by every engine, and by others too.

The package is nobody's: two tables with a column of each type and a rule of each kind.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet
import pytest

from syrian_groups_data.validate import validate
from tests.benchmarks import peers

Row = dict[str, str]

ROWS = 12
FIELDS: dict[str, tuple[str, dict[str, Any]]] = {
    "key": ("string", {"required": True, "pattern": "[a-z][a-z0-9-]*"}),
    "code": ("string", {"pattern": "[A-Z]{2}-[0-9]{2}"}),
    "kind": ("string", {"required": True, "enum": ["town", "village"]}),
    "count": ("integer", {"minimum": 0, "maximum": 500}),
    "share": ("number", {"minimum": -1.5, "maximum": 100}),
    "day": ("date", {"minimum": "2000-01-01"}),
    "open": ("boolean", {"required": True}),
    "rank": ("integer", {}),
    "above": ("string", {}),
    "tags": ("list", {}),
}


def row(number: int) -> Row:
    return {
        "key": f"place-{number}", "code": f"AB-{number:02}", "kind": "town", "count": str(7 * number), "share": "7.5",
        "day": "2014-03-02", "open": "true", "rank": str(number), "above": "place-0", "tags": "a;b",
    }  # fmt: skip


# What is planted in which column of which row, and the code that tells it.
KINDS: dict[str, tuple[int, str, str, str]] = {
    "no key": (1, "key", "", "required-missing"),
    "no term": (1, "kind", "", "required-missing"),
    "no answer": (1, "open", "", "required-missing"),
    "key twice": (3, "key", "place-2", "key-not-unique"),
    "key in capitals": (4, "key", "Place-4", "cell-malformed"),
    "key ends in a line feed": (5, "key", "place-5\n", "cell-malformed"),
    "key ends in a space": (6, "key", "place-6 ", "cell-malformed"),
    "code too short": (1, "code", "AB-1", "cell-malformed"),
    "code with more behind": (2, "code", "AB-022", "cell-malformed"),
    "code with more before": (3, "code", "xAB-03", "cell-malformed"),
    "digits of another script": (4, "code", "AB-٠٤", "cell-malformed"),
    "unknown term": (3, "kind", "hamlet", "cell-not-in-vocabulary"),
    "term in capitals": (4, "kind", "Town", "cell-not-in-vocabulary"),
    "term with a space": (5, "kind", "town ", "cell-not-in-vocabulary"),
    "words for a number": (2, "count", "many", "wrong-cell-type"),
    "fraction for a whole number": (3, "count", "7.5", "wrong-cell-type"),
    "hexadecimal number": (4, "count", "0x1F", "wrong-cell-type"),
    "number with a suffix": (5, "count", "7d", "wrong-cell-type"),
    "number with a separator": (6, "count", "1_000", "wrong-cell-type"),
    "number beyond any": (7, "count", "99999999999999999999", "wrong-cell-type"),
    "too small": (8, "count", "-1", "cell-out-of-range"),
    "too large": (9, "count", "501", "cell-out-of-range"),
    "space before a number": (2, "share", " 7.5", "wrong-cell-type"),
    "number with a unit": (3, "share", "7.5f", "wrong-cell-type"),
    "comma for a point": (4, "share", "7,5", "wrong-cell-type"),
    "hexadecimal fraction": (5, "share", "0x1p3", "wrong-cell-type"),
    "fraction too small": (6, "share", "-1.6", "cell-out-of-range"),
    "fraction too large": (7, "share", "100.5", "cell-out-of-range"),
    "day that is none": (2, "day", "2014-02-30", "wrong-cell-type"),
    "day in another order": (3, "day", "02-03-2014", "wrong-cell-type"),
    "month for a day": (4, "day", "2014-03", "wrong-cell-type"),
    "day with a time": (5, "day", "2014-03-02 00:00", "wrong-cell-type"),
    "day too early": (6, "day", "1999-12-31", "cell-out-of-range"),
    "yes for true": (3, "open", "yes", "wrong-cell-type"),
    "true in capitals": (4, "open", "TRUE", "wrong-cell-type"),
    "one for true": (5, "open", "1", "wrong-cell-type"),
    "leads nowhere": (3, "above", "place-99", "broken-reference"),
    "leads to other capitals": (4, "above", "Place-0", "broken-reference"),
}


def schema(key: list[str]) -> dict[str, Any]:
    fields = []
    for name, (kind, rules) in FIELDS.items():
        more: dict[str, Any] = {"constraints": rules} if rules else {}
        more |= {"trueValues": ["true"], "falseValues": ["false"]} if kind == "boolean" else {}
        fields.append({"name": name, "type": kind, **more})
    reference = {"fields": ["above"], "reference": {"fields": ["key"]}}
    return {"fields": fields, "primaryKey": key, "foreignKeys": [reference]}


def csv_of(rows: list[Row]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(FIELDS), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def parquet_of(rows: list[Row]) -> bytes:
    """All columns as text, as some makers write them, so that any cell can be planted; lists as lists."""
    columns: dict[str, Any] = {name: [each[name] or None for each in rows] for name in FIELDS}
    columns["tags"] = [each["tags"].split(";") for each in rows]
    out = io.BytesIO()
    pa.parquet.write_table(pa.table(columns), out)
    return out.getvalue()


def package(folder: Path, files: dict[str, bytes], key: list[str] | None = None) -> Path:
    """A package of one table in one form or both; the CSV has the schema, else the Parquet file."""
    (folder / "tables").mkdir(parents=True)
    resources = []
    for form, data in files.items():
        path = f"tables/places.{form}"
        (folder / path).write_bytes(data)
        resource = {
            "name": f"places-{form}" if resources else "places",
            "path": path,
            "format": form,
            "bytes": len(data),
        }
        resource["hash"] = f"sha256:{hashlib.sha256(data).hexdigest()}"
        if not resources:
            resource |= {"type": "table", "schema": schema(key or ["key"])}
        resources.append(resource)
    (folder / "datapackage.json").write_text(json.dumps({"name": "nobodys", "resources": resources}))
    return folder


def planted(*kinds: str) -> list[Row]:
    rows = [row(number) for number in range(ROWS)]
    for kind in kinds:
        place, column, cell, _ = KINDS[kind]
        rows[place] |= {column: cell}
    return rows


def lines(rows: list[Row]) -> list[int]:
    """The line of each row in the CSV, which a line feed within a cell moves."""
    found, line = [], 1
    for each in rows:
        line += 1 + "".join(each.values()).count("\n")
        found.append(line)
    return found


Form = Callable[[list[Row]], bytes]
FORMS: dict[str, Form] = {"csv": csv_of, "parquet": parquet_of}


def told(base: Path, engine: str = "duckdb") -> set[tuple[int, str, str]]:
    """Line, code and column of every problem."""
    return {(each.line, each.code, each.what.partition(":")[0].partition(" is ")[0]) for each in validate(base, engine)}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("kind", KINDS)
def test_a_planted_kind_is_told_at_its_row_and_column_alone(kind: str, form: str, tmp_path: Path) -> None:
    rows, (place, column, _, code) = planted(kind), KINDS[kind]
    line = lines(rows)[place] if form == "csv" else place + 2
    assert told(package(tmp_path / "x", {form: FORMS[form](rows)})) == {(line, code, column)}


def test_a_clean_package_is_clean_in_either_form(tmp_path: Path) -> None:
    assert len(KINDS) > 27
    files = {form: make(planted()) for form, make in FORMS.items()}
    assert validate(package(tmp_path / "both", files)) == []
    for form, data in files.items():
        assert validate(package(tmp_path / form, {form: data})) == []


def test_an_item_that_holds_a_semicolon_is_told(tmp_path: Path) -> None:
    """Joined, it says what the CSV says, with one item more."""
    rows = planted()
    table = pa.parquet.read_table(io.BytesIO(parquet_of(rows)))
    torn = [["a", "b"] if number != 4 else ["a;b"] for number in range(ROWS)]
    out = io.BytesIO()
    pa.parquet.write_table(table.set_column(table.column_names.index("tags"), "tags", pa.array(torn)), out)
    for name, files in (("alone", {}), ("beside", {"csv": csv_of(rows)})):
        base = package(tmp_path / name, {**files, "parquet": out.getvalue()})
        assert told(base) == {(6, "cell-malformed", "tags")}


@pytest.mark.parametrize(
    ("column", "cells", "again"),
    [
        ("share", ["0", "0.0"], True),
        ("share", ["0", "-0.0"], True),
        ("share", ["1e1", "10"], True),
        ("share", ["7.5", "7.50"], True),
        ("rank", ["7", "07"], True),
        ("share", ["0", "0.1"], False),
        ("code", ["AB-01", "AB-02"], False),
    ],
)
def test_a_number_written_in_two_ways_is_one_key(column: str, cells: list[str], again: bool, tmp_path: Path) -> None:
    rows = planted()[:2]
    for each, cell in zip(rows, cells, strict=True):
        each[column] = cell
    base = package(tmp_path / "x", {"csv": csv_of(rows)}, [column])
    assert told(base) == ({(3, "key-not-unique", column)} if again else set())


def test_a_number_written_in_two_ways_is_the_same_in_both_forms(tmp_path: Path) -> None:
    rows = planted()
    rows[0] |= {"share": "0.0"}
    table = pa.parquet.read_table(io.BytesIO(parquet_of(rows)))
    numbers = pa.array([float(each["share"]) for each in rows])
    out = io.BytesIO()
    pa.parquet.write_table(table.set_column(table.column_names.index("share"), "share", numbers), out)
    assert validate(package(tmp_path / "x", {"csv": csv_of(rows), "parquet": out.getvalue()})) == []


def test_cells_that_are_no_numbers_are_told_in_both_forms(tmp_path: Path) -> None:
    kinds = [kind for kind, (_, column, _, _) in KINDS.items() if column == "share"]
    rows = planted(*kinds)
    for cell in ("1e999", "nan", "-inf"):
        rows.append(row(len(rows)) | {"share": cell})
    found = validate(package(tmp_path / "x", {"csv": csv_of(rows), "parquet": parquet_of(rows)}))
    assert {each.path for each in found} == {"tables/places.csv"}
    assert len({each.line for each in found}) >= len(kinds)


# --- engines and others ---------------------------------------------------------------------------

# One of a row and column each, so that all are in one package; a cell of two lines would move the lines.
TOGETHER = [kind for kind in KINDS if "line feed" not in kind]


def test_spark_tells_the_same(tmp_path: Path) -> None:
    pytest.importorskip("pyspark", reason="pyspark is not installed: Spark was not asked")
    rows = planted(*TOGETHER)
    base = package(tmp_path / "x", {"csv": csv_of(rows), "parquet": parquet_of(planted("key twice", "unknown term"))})
    found = [str(each) for each in validate(base)]
    assert len(found) > len(TOGETHER)
    assert [str(each) for each in validate(base, "spark")] == found


@pytest.mark.parametrize("kind", KINDS)
def test_what_frictionless_tells_is_told(kind: str, tmp_path: Path) -> None:
    """At the same row and column. It takes some kinds for well, and we do not; nothing the other way round."""
    frictionless = pytest.importorskip("frictionless", reason="frictionless is not installed: it was not asked")
    base = package(tmp_path / "x", {"csv": csv_of(planted(kind))})
    report = frictionless.validate(str(base / "datapackage.json"))
    ours = {(line, column) for line, _, column in told(base)}
    for number, name in report.flatten(["rowNumber", "fieldName"]):
        if number is not None:
            line = lines(planted(kind))[number - 2]
            assert any(line == at and name in (None, column) for at, column in ours), report.flatten(["message"])


@pytest.mark.parametrize("library", ["pandera", "dataframely", "polars", "duckdb"])
def test_what_other_libraries_refuse_is_told(library: str, tmp_path: Path) -> None:
    """They refuse a file as a whole: each kind in a file of its own. A file without one is valid to all."""
    pytest.importorskip(library, reason=f"{library} is not installed: it was not asked")
    refused = {}
    for number, kind in enumerate(["none", *KINDS]):
        base = package(tmp_path / str(number), {"csv": csv_of(planted(*([kind] if kind != "none" else [])))})
        try:
            refused[kind] = not peers.LIBRARIES[library](peers.described(base / "datapackage.json"))
        except Exception:  # a reader that gives up
            refused[kind] = True
        assert refused[kind] <= bool(validate(base)), kind
    assert not refused["none"]
    assert sum(refused.values()) > len(KINDS) / 2
