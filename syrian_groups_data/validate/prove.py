"""Built tables: files, hashes, types, constraints, keys and references, by SQL that DuckDB and Spark both run."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.compute

from ..library.release import arrow
from ..model.problem import Problem, visible
from .descriptor import gaps, sound
from .engines import ROW, DuckDB, Engine, Spark

DESCRIPTOR = "datapackage.json"


class View(NamedTuple):
    """A table as the engine knows it."""

    name: str
    columns: list[str]


class Found(NamedTuple):
    """One row that breaks a rule."""

    line: int
    column: str
    code: str
    value: str


def validate(base: Path, engine: str = "duckdb") -> list[Problem]:
    """Every problem of a built package: `base` holds `datapackage.json` and what it names.

    Nothing outside that folder is read.
    """
    try:
        package = json.loads((base / DESCRIPTOR).read_bytes())
        resources = package["resources"]
        if not resources or not isinstance(resources, list) or not all(map(sound, resources)):
            raise TypeError
    except OSError as error:
        return [_undescribed(error.strerror or "unreadable")]
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError, re.error):
        return [_undescribed("not a data package with resources")]
    problems = [_undescribed(what) for what in gaps(package)]
    files: dict[str, bytes] = {}
    for each in resources:
        found = _file(base, each, files)
        if found:
            problems.append(found)
    tables = {r["name"]: r for r in resources if r["path"] in files and isinstance(r.get("schema"), dict)}
    texts: dict[str, pa.Table] = {}
    for name, each in tables.items():
        columns = [field["name"] for field in each["schema"].get("fields", [])]
        table, wrong = _read_csv(each["path"], files[each["path"]], columns)
        problems += wrong
        if table is not None:
            texts[name] = table
    runner: Engine = DuckDB() if engine == "duckdb" else Spark()
    views = {name: View(f"t{i}", texts[name].column_names) for i, name in enumerate(texts)}
    try:
        for name, table in texts.items():
            runner.add(views[name].name, table)
        for name in texts:
            try:
                problems += _rules(runner, tables[name], views)
            except ValueError as error:
                problems.append(_undescribed(f"the rules of {name} cannot be run: {visible(str(error))[:120]}"))
    finally:
        runner.close()
    problems += _formats(resources, texts, files)
    return sorted(set(problems))


def _undescribed(what: str) -> Problem:
    return Problem(DESCRIPTOR, 1, 1, "bad-descriptor", what, "build again")


def _file(base: Path, resource: dict[str, Any], files: dict[str, bytes]) -> Problem | None:
    """Read one file of a package into `files`, unless it lies outside, is missing or has changed."""
    name = resource["path"]
    path = PurePosixPath(name)
    target = base / path
    unsafe = path.is_absolute() or ".." in path.parts or ":" in name or "\\" in name
    if unsafe or not target.resolve().is_relative_to(base.resolve()):
        fix = "name a file below the descriptor's folder"
        return Problem(DESCRIPTOR, 1, 1, "unsafe-path", f"{visible(name)} leads outside the package", fix)
    try:
        if target.exists() and not target.is_file():
            raise OSError("not a regular file")
        data = target.read_bytes()
    except OSError as error:
        return Problem(name, 1, 1, "missing-file", error.strerror or str(error), "build again")
    files[name] = data
    digest = f"sha256:{hashlib.sha256(data).hexdigest()}"
    if resource.get("hash") != digest or resource.get("bytes") != len(data):
        return Problem(
            name, 1, 1, "hash-mismatch", f"it is {len(data)} bytes, {digest[:23]}…", "build again, or fetch it again"
        )
    return None


def _read_csv(name: str, data: bytes, columns: list[str]) -> tuple[pa.Table | None, list[Problem]]:
    """A CSV as a table of text, with every row whose cells do not fit the header."""
    problems = []
    try:
        reader = csv.reader(io.StringIO(data.decode(), newline=""), strict=True)
        header = next(reader, [])
        if header != columns:
            pairs = zip_longest(header, columns, fillvalue="missing")
            at, (given, wanted) = next((i, pair) for i, pair in enumerate(pairs, 1) if pair[0] != pair[1])
            what = f"column {at} is {visible(given)[:60]}, not {wanted}"
            return None, [Problem(name, 1, 1, "wrong-columns", what, "make header and descriptor agree")]
        rows, lines = [], []
        for row in reader:
            if len(row) == len(columns):
                rows.append(row)
                lines.append(reader.line_num)
            else:
                what = f"{len(row)} cells for {len(columns)} columns"
                problems.append(Problem(name, reader.line_num, 1, "wrong-cells", what, "correct the row"))
    except (csv.Error, UnicodeDecodeError) as error:
        return None, [Problem(name, 1, 1, "wrong-cells", visible(str(error)), "write the file again")]
    cells = zip(*rows, strict=True) if rows else ([] for _ in columns)
    arrays = [pa.array([cell or None for cell in column], pa.string()) for column in cells]
    return pa.table([*arrays, pa.array(lines, pa.int64())], names=[*columns, ROW]), problems


# --- SQL ------------------------------------------------------------------------------------------

_TYPE_TESTS = {
    "integer": "TRY_CAST({c} AS BIGINT) IS NULL OR NOT regexp_like({c}, '^-?[0-9]+$')",
    "number": "TRY_CAST({c} AS DOUBLE) IS NULL",
    "date": "TRY_CAST({c} AS DATE) IS NULL OR NOT regexp_like({c}, '^[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}$')",
    "boolean": "{c} NOT IN ('true', 'false')",
}


def _quoted(text: Any) -> str:
    return "'" + str(text).replace("'", "''") + "'"


def _name(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def _select(code: str, table: str, column: str, where: str) -> str:
    value = f"CAST({_name(column)} AS VARCHAR(2000))"
    return f"SELECT {ROW}, {_quoted(column)}, '{code}', {value} FROM {table} WHERE {where}"


def _field_rules(table: str, field: dict[str, Any]) -> Iterator[str]:
    name, c = field["name"], _name(field["name"])
    rules = field.get("constraints", {})
    given = f"{c} IS NOT NULL AND "
    if rules.get("required"):
        yield _select("required-missing", table, name, f"{c} IS NULL")
    if test := _TYPE_TESTS.get(field.get("type", "string")):
        yield _select("wrong-cell-type", table, name, f"{given}({test.format(c=c)})")
    if "enum" in rules:
        yield _select(
            "cell-not-in-vocabulary", table, name, f"{given}{c} NOT IN ({', '.join(map(_quoted, rules['enum']))})"
        )
    if "pattern" in rules:
        yield _select("cell-malformed", table, name, f"{given}NOT regexp_like({c}, {_quoted(rules['pattern'])})")
    for key, sign in (("minimum", "<"), ("maximum", ">")):
        if key in rules:
            yield _select(
                "cell-out-of-range", table, name, f"{given}TRY_CAST({c} AS DOUBLE) {sign} {float(rules[key])}"
            )


def _key_rules(resource: dict[str, Any], views: dict[str, View]) -> Iterator[str]:
    schema, table = resource["schema"], views[resource["name"]].name
    key = schema.get("primaryKey") or []
    if key:
        columns = ", ".join(map(_name, key))
        rows = (
            f"(SELECT {ROW}, {columns}, ROW_NUMBER() OVER (PARTITION BY {columns} ORDER BY {ROW}) AS nth_ FROM {table})"
        )
        yield f"SELECT {ROW}, {_quoted(key[0])}, 'key-not-unique', {_name(key[0])} FROM {rows} WHERE nth_ > 1"
    for each in schema.get("foreignKeys", []):
        target = views.get(each["reference"].get("resource") or resource["name"])
        column, other = each["fields"][0], each["reference"]["fields"][0]
        if target and other in target.columns:  # what is not there, or could not be read, has a problem of its own
            yield (
                f"SELECT a.{ROW}, {_quoted(column)}, 'broken-reference', a.{_name(column)} FROM {table} a "
                f"LEFT JOIN (SELECT DISTINCT {_name(other)} AS key_ FROM {target.name}) b ON a.{_name(column)} = b.key_ "
                f"WHERE a.{_name(column)} IS NOT NULL AND b.key_ IS NULL"
            )


_ADVICE = {
    "required-missing": ("{column} is empty", "give a value"),
    "wrong-cell-type": ("{column}: {value} is of another type", "correct the cell"),
    "cell-not-in-vocabulary": ("{column}: {value} is not in its list", "use a term of the codebook"),
    "cell-malformed": ("{column}: {value} is malformed", "correct the cell"),
    "cell-out-of-range": ("{column}: {value} is out of range", "correct the cell"),
    "key-not-unique": ("{column}: {value} stands in an earlier row too", "delete or correct one of the two"),
    "broken-reference": ("{column}: no row {value}", "add the row, or correct the cell"),
}


def _rules(engine: Engine, resource: dict[str, Any], views: dict[str, View]) -> list[Problem]:
    view = views[resource["name"]].name
    selects = [rule for field in resource["schema"]["fields"] for rule in _field_rules(view, field)]
    selects += _key_rules(resource, views)
    problems = []
    for row in engine.query("\nUNION ALL\n".join(selects)) if selects else []:
        found = Found(*row)
        what, fix = _ADVICE[found.code]
        text = what.format(column=found.column, value=visible(repr(found.value)[:80]))
        problems.append(Problem(resource["path"], found.line, 1, found.code, text, fix))
    return problems


# --- Parquet against CSV --------------------------------------------------------------------------


def _formats(resources: list[dict[str, Any]], texts: dict[str, pa.Table], files: dict[str, bytes]) -> list[Problem]:
    """Problems where the Parquet file of a table does not say what its CSV says."""
    problems = []
    for each in resources:
        name = each["path"]
        twin = texts.get(PurePosixPath(name).stem)
        if not name.endswith(".parquet") or twin is None or name not in files:
            continue
        try:
            table = arrow(io.BytesIO(files[name]))
            columns = [_as_text(column) for column in table.columns]
        except (OSError, ValueError, pa.ArrowException) as error:
            problems.append(
                Problem(
                    name, 1, 1, "formats-differ", visible(str(error.__cause__ or error).split("\n")[0]), "build again"
                )
            )
            continue
        if table.column_names != twin.column_names[:-1] or table.num_rows != twin.num_rows:
            what = f"{table.num_rows} rows of {table.num_columns} columns, not as the CSV"
            problems.append(Problem(name, 1, 1, "formats-differ", what, "build again"))
            continue
        for column, data in zip(table.column_names, columns, strict=True):
            same = [a == b for a, b in zip(data, twin[column].to_pylist(), strict=True)]
            if not all(same):
                what = f"{column} differs from the CSV"
                problems.append(Problem(name, same.index(False) + 2, 1, "formats-differ", what, "build again"))
    return problems


def _as_text(column: pa.ChunkedArray) -> list[str | None]:
    if pa.types.is_list(column.type):
        return [";".join(cell) or None if cell is not None else None for cell in column.to_pylist()]
    return [cell or None for cell in pa.compute.cast(column, pa.string()).to_pylist()]
