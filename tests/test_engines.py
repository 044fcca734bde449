"""Every table in the engines people use: Parquet and CSV hold in each what `sgd.read` holds in Arrow.

R reads the CSV (`test_readers`); Parquet in R was not tried, and docs/tools.md says so.
"""

from __future__ import annotations

import json
import shutil
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pyarrow as pa
import pyarrow.csv
import pytest

import syrian_groups_data as sgd
from syrian_groups_data.model.values import ID_PATTERN, MISSING_WORDS

# What is set up once is set up by one worker.
pytestmark = pytest.mark.xdist_group("engines")

Columns = dict[str, list[Any]]

TABLES = tuple(sgd.tables)


# --- what is expected -----------------------------------------------------------------------------


@cache
def reference(table: str) -> pa.Table:
    return sgd.read(table)


def is_list(field: pa.Field) -> bool:
    return bool(pa.types.is_list(field.type))


def flat(schema: pa.Schema) -> pa.Schema:
    """Schema of the CSV: a list is text there."""
    return pa.schema(pa.field(f.name, pa.string()) if is_list(f) else pa.field(f.name, f.type) for f in schema)


def split(columns: Columns, schema: pa.Schema) -> Columns:
    """Columns of a CSV with the lists split: an empty cell is an empty list."""
    lists = {f.name for f in schema if is_list(f)}
    return {
        name: [cell.split(";") if cell else [] for cell in column] if name in lists else column
        for name, column in columns.items()
    }


def kind(field: pa.Field) -> type:
    names = {"string": str, "int64": int, "double": float, "bool": bool, "date32[day]": date}
    return list if is_list(field) else names[str(field.type)]


@cache
def keys(table: str) -> tuple[str, ...]:
    """Columns that hold ids: the primary key and every foreign key, as the descriptor declares them."""
    resources = json.loads(sgd.datapackage.read_bytes())["resources"]
    schema = next(each["schema"] for each in resources if each["name"] == table)
    found = [*schema["primaryKey"], *(name for key in schema.get("foreignKeys", []) for name in key["fields"])]
    return tuple(name for name in dict.fromkeys(found) if not is_list(reference(table).schema.field(name)))


def assert_same(table: str, found: Columns) -> None:
    """Same columns, rows, cells and types as the reference, cell by cell."""
    expected = reference(table)
    assert list(found) == expected.column_names
    for field in expected.schema:
        cells, wanted = found[field.name], expected[field.name].to_pylist()
        where = f"{table}.{field.name}"
        assert len(cells) == expected.num_rows, where
        assert cells == wanted, where
        assert {type(cell) for cell in cells if cell is not None} <= {kind(field)}, where


# --- engines --------------------------------------------------------------------------------------


class Engine(ABC):
    """How one engine reads a file, given back as Python values."""

    def close(self) -> None:  # noqa: B027
        """Let go of what the engine holds."""

    @abstractmethod
    def parquet(self, table: str) -> Columns:
        """Columns of the Parquet file."""

    @abstractmethod
    def csv(self, table: str) -> Columns:
        """Columns of the CSV, read with the schema; lists are still text."""

    @abstractmethod
    def guessed(self, table: str) -> Columns:
        """Columns of the CSV as the engine reads it when it is told nothing."""

    @abstractmethod
    def arrow(self, table: str) -> Columns:
        """Columns of `sgd.read(table)` handed to the engine."""


class Pandas(Engine):
    def __init__(self) -> None:
        self.pandas = pytest.importorskip("pandas", reason="pandas is not installed")

    def _columns(self, frame: Any, schema: pa.Schema | None) -> Columns:
        """Cells of a frame; with a schema, whole numbers and booleans in the types that can be missing."""
        found: Columns = {}
        for name in frame.columns:
            column = frame[name]
            if schema and schema.field(name).type in (pa.int64(), pa.bool_()):
                column = column.astype("Int64" if schema.field(name).type == pa.int64() else "boolean")
            found[name] = [self._cell(cell) for cell in column.tolist()]
        return found

    def _cell(self, cell: Any) -> Any:
        if hasattr(cell, "tolist"):  # a list is an array
            return cell.tolist()
        if isinstance(cell, self.pandas.Timestamp):
            assert cell == cell.normalize()
            return cell.date()
        return None if not isinstance(cell, list) and self.pandas.isna(cell) else cell

    def parquet(self, table: str) -> Columns:
        return self._columns(self.pandas.read_parquet(sgd.path(table)), reference(table).schema)

    def csv(self, table: str) -> Columns:
        schema = flat(reference(table).schema)
        types = {pa.string(): "string", pa.int64(): "Int64", pa.float64(): "float64", pa.bool_(): "boolean"}
        frame = self.pandas.read_csv(
            sgd.path(table, "csv"),
            dtype={f.name: types[f.type] for f in schema if f.type in types},
            parse_dates=[f.name for f in schema if f.type == pa.date32()],
            date_format="%Y-%m-%d",
            keep_default_na=False,
            na_values=[""],
        )
        return self._columns(frame, schema)

    def guessed(self, table: str) -> Columns:
        return self._columns(self.pandas.read_csv(sgd.path(table, "csv")), None)

    def arrow(self, table: str) -> Columns:
        # The one-liner for dates: datetime64 columns in place of objects.
        frame = sgd.read(table).to_pandas(date_as_object=False)
        for field in reference(table).schema:
            if field.type == pa.date32():
                assert frame[field.name].dtype.kind == "M", field.name
        return self._columns(frame, reference(table).schema)


class Polars(Engine):
    def __init__(self) -> None:
        self.polars = pytest.importorskip("polars", reason="Polars is not installed")

    def parquet(self, table: str) -> Columns:
        return dict(self.polars.read_parquet(sgd.path(table)).to_dict(as_series=False))

    def csv(self, table: str) -> Columns:
        schema = self.polars.from_arrow(flat(reference(table).schema).empty_table()).schema
        return dict(self.polars.read_csv(sgd.path(table, "csv"), schema=schema).to_dict(as_series=False))

    def guessed(self, table: str) -> Columns:
        # By default Polars guesses from 100 rows and fails where a date such as ../2014-05 follows a hundred bare years.
        frame = self.polars.read_csv(sgd.path(table, "csv"), infer_schema_length=None)
        return dict(frame.to_dict(as_series=False))

    def arrow(self, table: str) -> Columns:
        return dict(self.polars.from_arrow(sgd.read(table)).to_dict(as_series=False))


class DuckDB(Engine):
    def __init__(self) -> None:
        self.connection = pytest.importorskip("duckdb", reason="DuckDB is not installed").connect()

    def close(self) -> None:
        self.connection.close()

    def _columns(self, source: str, *values: object) -> Columns:
        cursor = self.connection.execute(f"SELECT * FROM {source}", values)
        names = [each[0] for each in cursor.description]
        rows = cursor.fetchall()
        return {name: [row[n] for row in rows] for n, name in enumerate(names)}

    def parquet(self, table: str) -> Columns:
        return self._columns("read_parquet(?)", str(sgd.path(table)))

    def csv(self, table: str) -> Columns:
        types = {
            pa.string(): "VARCHAR",
            pa.int64(): "BIGINT",
            pa.float64(): "DOUBLE",
            pa.bool_(): "BOOLEAN",
            pa.date32(): "DATE",
        }
        names = ", ".join(f"'{f.name}': '{types[f.type]}'" for f in flat(reference(table).schema))
        return self._columns(f"read_csv(?, header = true, columns = {{{names}}})", str(sgd.path(table, "csv")))

    def guessed(self, table: str) -> Columns:
        return self._columns("read_csv(?)", str(sgd.path(table, "csv")))

    def arrow(self, table: str) -> Columns:
        self.connection.register("handed", sgd.read(table))
        return self._columns("handed")


class Spark(Engine):
    # Spark escapes a quotation mark with a backslash unless told that CSV doubles it.
    OPTIONS = MappingProxyType({"header": "true", "escape": '"'})

    def __init__(self) -> None:
        sql = pytest.importorskip("pyspark.sql", reason="PySpark is not installed")
        if not shutil.which("java"):
            pytest.skip("PySpark is installed, Java is not")
        settings = {
            "spark.ui.enabled": "false",
            "spark.driver.memory": "512m",
            "spark.driver.host": "127.0.0.1",
            "spark.driver.bindAddress": "127.0.0.1",
            "spark.sql.shuffle.partitions": "1",
            "spark.sql.codegen.wholeStage": "false",
            "spark.ui.showConsoleProgress": "false",
            "spark.log.level": "ERROR",
        }
        builder = sql.SparkSession.builder.master("local[2]").appName("tables")
        for name, value in settings.items():
            builder = builder.config(name, value)
        self.session = builder.getOrCreate()

    def close(self) -> None:
        self.session.stop()

    def _columns(self, frame: Any) -> Columns:
        rows = frame.collect()
        return {name: [row[n] for row in rows] for n, name in enumerate(frame.columns)}

    def parquet(self, table: str) -> Columns:
        return self._columns(self.session.read.parquet(str(sgd.path(table))))

    def csv(self, table: str) -> Columns:
        types = {
            pa.string(): "STRING",
            pa.int64(): "BIGINT",
            pa.float64(): "DOUBLE",
            pa.bool_(): "BOOLEAN",
            pa.date32(): "DATE",
        }
        schema = ", ".join(f"`{f.name}` {types[f.type]}" for f in flat(reference(table).schema))
        # FAILFAST: a cell that does not fit is an error and not a null.
        reader = self.session.read.options(**self.OPTIONS, mode="FAILFAST", enforceSchema="false").schema(schema)
        return self._columns(reader.csv(str(sgd.path(table, "csv"))))

    def guessed(self, table: str) -> Columns:
        return self._columns(
            self.session.read.options(**self.OPTIONS, inferSchema="true").csv(str(sgd.path(table, "csv")))
        )

    def arrow(self, table: str) -> Columns:
        return self._columns(self.session.createDataFrame(sgd.read(table)))


ENGINES: dict[str, Callable[[], Engine]] = {"pandas": Pandas, "polars": Polars, "duckdb": DuckDB, "pyspark": Spark}


@pytest.fixture(scope="module", params=ENGINES)
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    """One engine for all of its tests: Spark takes seconds to start."""
    made = ENGINES[request.param]()
    yield made
    made.close()


# --- tests ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("table", TABLES)
def test_csv_says_what_parquet_says(table: str) -> None:
    schema = flat(reference(table).schema)
    found = pyarrow.csv.read_csv(
        sgd.path(table, "csv"),
        convert_options=pyarrow.csv.ConvertOptions(
            column_types=schema,
            null_values=[""],
            strings_can_be_null=True,
            true_values=["true"],
            false_values=["false"],
        ),
    )
    assert_same(table, split(found.to_pydict(), reference(table).schema))


@pytest.mark.parametrize("table", TABLES)
def test_parquet_in_an_engine(engine: Engine, table: str) -> None:
    assert_same(table, engine.parquet(table))


@pytest.mark.parametrize("table", TABLES)
def test_csv_in_an_engine(engine: Engine, table: str) -> None:
    assert_same(table, split(engine.csv(table), reference(table).schema))


@pytest.mark.parametrize("table", TABLES)
def test_a_table_in_memory_goes_on_to_an_engine(engine: Engine, table: str) -> None:
    assert_same(table, engine.arrow(table))


@pytest.mark.parametrize("table", TABLES)
def test_csv_without_a_word_about_types(engine: Engine, table: str) -> None:
    """What most people type. Types are guesses there, but no row, column, id or cell may get lost."""
    expected, found = reference(table), engine.guessed(table)
    assert list(found) == expected.column_names
    for name in expected.column_names:
        wanted = expected[name].to_pylist()
        assert [cell is None for cell in found[name]] == [cell in (None, []) for cell in wanted], f"{table}.{name}"
        if name in keys(table):
            assert found[name] == wanted, f"{table}.{name}"


def test_arabic_names_arrive_whole(engine: Engine) -> None:
    wanted = [
        name
        for name, script in zip(*(reference("names")[c].to_pylist() for c in ("name", "script")), strict=True)
        if script == "Arab"
    ]
    assert wanted
    assert all(any("\u0600" <= letter <= "\u06ff" for letter in name) for name in wanted)
    for found in (engine.parquet("names"), engine.csv("names"), engine.guessed("names")):
        assert [name for name, script in zip(found["name"], found["script"], strict=True) if script == "Arab"] == wanted


def test_no_id_is_a_word_that_pandas_reads_as_missing(tmp_path: Path) -> None:
    """The words are tried out, so that a new one in pandas is noticed."""
    pandas = pytest.importorskip("pandas", reason="pandas is not installed")
    parsers = pytest.importorskip("pandas._libs.parsers", reason="pandas keeps its words elsewhere")
    file = tmp_path / "words.csv"
    words = sorted(
        {*parsers.STR_NA_VALUES, *(word.lower() for word in parsers.STR_NA_VALUES), *MISSING_WORDS, "a"} - {""}
    )
    file.write_text("word\n" + "".join(f'"{word}"\n' for word in words), encoding="utf-8")
    missing = {word for word, lost in zip(words, pandas.read_csv(file)["word"].isna(), strict=True) if lost}
    assert {"NA", "null", "nan"} <= missing
    ids = pandas.Series(sorted(missing))
    assert set(ids[ids.str.match(ID_PATTERN)]) <= MISSING_WORDS
