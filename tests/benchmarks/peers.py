"""The rules of a Table Schema in other libraries: types, required cells, lists of terms, patterns, bounds, the key.

python -m tests.benchmarks.peers LIBRARY DATAPACKAGE    # of one table, CSV or Parquet; says whether it is valid

Each is given its best form: Polars and DuckDB all rules in one query, pandera Polars as its engine. They say that a
rule is broken; which row and column it is would be asked in a second look.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

Rules = dict[str, Any]


class Table(NamedTuple):
    """A file, and the fields and key that its descriptor declares."""

    path: Path
    fields: list[dict[str, Any]]
    key: list[str]


def described(package: Path) -> Table:
    """The one table of a package."""
    (resource,) = json.loads(package.read_text(encoding="utf-8"))["resources"]
    schema = resource["schema"]
    return Table(package.parent / resource["path"], schema["fields"], schema["primaryKey"])


def _rules(field: dict[str, Any]) -> Rules:
    """Constraints of a field: patterns for whole cells, bounds of dates as dates."""
    rules = dict(field.get("constraints", {}))
    if "pattern" in rules:
        rules["pattern"] = f"^(?:{rules['pattern']})$"
    for name in ("minimum", "maximum"):
        if field["type"] == "date" and name in rules:
            rules[name] = date.fromisoformat(rules[name])
    return rules


def _frame(table: Table) -> Any:
    """The table in Polars; of a CSV the texts, which the rules cast."""
    import polars as pl

    if table.path.suffix == ".parquet":
        return pl.scan_parquet(table.path)
    return pl.scan_csv(table.path, schema={field["name"]: pl.String() for field in table.fields})


def _types() -> dict[str, Any]:
    import polars as pl

    return {"integer": pl.Int64(), "number": pl.Float64(), "date": pl.Date(), "boolean": pl.Boolean()}


def polars(table: Table) -> bool:
    """Expressions, one a rule, in one lazy query."""
    import polars as pl

    broken = [pl.struct(table.key).is_duplicated().any().alias("key")]
    text = table.path.suffix == ".csv"
    for field in table.fields:
        cell, rules = pl.col(field["name"]), _rules(field)
        kind = _types().get(field["type"])
        value = cell
        if text and kind == pl.Date():
            value = cell.str.to_date("%Y-%m-%d", strict=False)
        elif text and kind in (pl.Int64(), pl.Float64()):
            value = cell.cast(kind, strict=False)
        tests = [cell.is_not_null() & value.is_null()] if text and kind else []
        if text and kind == pl.Boolean():
            tests = [~cell.is_in(["true", "false"])]
        tests += [cell.is_null()] if rules.get("required") else []
        tests += [~cell.is_in(rules["enum"])] if "enum" in rules else []
        tests += [~cell.str.contains(rules["pattern"])] if "pattern" in rules else []
        tests += [value < rules["minimum"]] if "minimum" in rules else []
        tests += [value > rules["maximum"]] if "maximum" in rules else []
        broken += [test.any().alias(f"{field['name']} {number}") for number, test in enumerate(tests)]
    return not any(_frame(table).select(broken).collect().row(0))


def duckdb(table: Table) -> bool:
    """Aggregates with filters, one a rule, in one query."""
    import duckdb

    text = table.path.suffix == ".csv"
    casts = {"integer": "BIGINT", "number": "DOUBLE", "date": "DATE", "boolean": "BOOLEAN"}
    tests = []
    for field in table.fields:
        cell, rules, kind = f'"{field["name"]}"', _rules(field), casts.get(field["type"])
        value = f"TRY_CAST({cell} AS {kind})" if text and kind else cell
        tests += [f"{cell} IS NOT NULL AND {value} IS NULL"] if text and kind else []
        tests += [f"{cell} IS NULL"] if rules.get("required") else []
        if "enum" in rules:
            tests.append(f"{cell} NOT IN ({', '.join(_quoted(term) for term in rules['enum'])})")
        tests += [f"NOT regexp_matches({cell}, {_quoted(rules['pattern'])})"] if "pattern" in rules else []
        tests += [f"{value} < {_literal(rules['minimum'])}"] if "minimum" in rules else []
        tests += [f"{value} > {_literal(rules['maximum'])}"] if "maximum" in rules else []
    reader = "read_csv({}, all_varchar = true, header = true)" if text else "read_parquet({})"
    counts = [*(f"count(*) FILTER ({test})" for test in tests)]
    key = ", ".join(f'"{name}"' for name in table.key)
    counts.append(f"count(*) - count(DISTINCT ({key}))")
    query = f"SELECT {', '.join(counts)} FROM {reader.format(_quoted(str(table.path)))}"
    return not any(duckdb.connect().execute(query).fetchall()[0])


def _literal(bound: Any) -> str:
    return f"DATE '{bound}'" if isinstance(bound, date) else str(bound)


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def pandera(table: Table) -> bool:
    """A schema object, all errors gathered."""
    import pandera.polars as pa
    import polars as pl

    columns = {}
    for field in table.fields:
        rules = _rules(field)
        checks = [pa.Check.isin(rules["enum"])] if "enum" in rules else []
        checks += [pa.Check.str_matches(rules["pattern"])] if "pattern" in rules else []
        checks += [pa.Check.ge(rules["minimum"])] if "minimum" in rules else []
        checks += [pa.Check.le(rules["maximum"])] if "maximum" in rules else []
        kind = _kind(table, field, pl.List(pl.String()))
        columns[field["name"]] = pa.Column(kind, checks, nullable="required" not in rules, coerce=True)
    try:
        pa.DataFrameSchema(columns, unique=table.key).validate(_typed(table), lazy=True)
    except pa.errors.SchemaErrors:
        return False
    return True


def dataframely(table: Table) -> bool:
    """A schema class, made from the descriptor."""
    import dataframely as dy

    columns: dict[str, Any] = {}
    for field in table.fields:
        rules = _rules(field)
        more = {"nullable": "required" not in rules, "primary_key": field["name"] in table.key}
        if more["primary_key"]:
            del more["nullable"]
        kind = field["type"] if table.path.suffix == ".parquet" or field["type"] != "list" else "string"
        makers: dict[str, Callable[[], Any]] = {
            "integer": lambda: dy.Int64(min=rules.get("minimum"), max=rules.get("maximum"), **more),  # noqa: B023
            "number": lambda: dy.Float64(min=rules.get("minimum"), max=rules.get("maximum"), **more),  # noqa: B023
            "date": lambda: dy.Date(min=rules.get("minimum"), max=rules.get("maximum"), **more),  # noqa: B023
            "boolean": lambda: dy.Bool(**more),  # noqa: B023
            "list": lambda: dy.List(dy.String(), **more),  # noqa: B023
        }
        if "enum" in rules:
            columns[field["name"]] = dy.String(
                check=lambda cell, terms=tuple(rules["enum"]): cell.is_in(terms),  # type: ignore[misc]
                **more,
            )
        else:
            columns[field["name"]] = makers.get(kind, lambda: dy.String(regex=rules.get("pattern"), **more))()  # noqa: B023
    return type("Described", (dy.Schema,), columns).is_valid(_typed(table), cast=True)


def _kind(table: Table, field: dict[str, Any], lists: Any) -> Any:
    import polars as pl

    if field["type"] == "list" and table.path.suffix == ".parquet":
        return lists
    return _types().get(field["type"], pl.String())


def _typed(table: Table) -> Any:
    """The table in Polars in the types of its schema: libraries that check types leave the cast to the reader."""
    import polars as pl

    if table.path.suffix == ".parquet":
        return pl.read_parquet(table.path)
    return pl.read_csv(table.path, schema={field["name"]: _kind(table, field, None) for field in table.fields})


LIBRARIES: dict[str, Callable[[Table], bool]] = {
    "polars": polars, "duckdb": duckdb, "pandera": pandera, "dataframely": dataframely,
}  # fmt: skip


def main() -> int:
    """Exit status: 0 where the library finds nothing wrong."""
    library, package = sys.argv[1:]
    valid = LIBRARIES[library](described(Path(package)))
    print("valid" if valid else "not valid")
    return int(not valid)


if __name__ == "__main__":
    sys.exit(main())
