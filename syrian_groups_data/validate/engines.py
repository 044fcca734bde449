"""What runs the rules: DuckDB or Spark, on the same SQL."""

from __future__ import annotations

from typing import Any, Protocol

import pyarrow as pa

from ..model.problem import Environment

ROW = "row_"  # the column that holds the line


class Engine(Protocol):
    """What runs the SQL: tables are views whose columns are all text, with the line in `row_`.

    Views are numbered: no name of a descriptor becomes SQL.
    """

    def add(self, name: str, table: pa.Table) -> None:
        """Make a table known."""

    def query(self, sql: str) -> list[tuple[Any, ...]]:
        """Rows of a query. Raises ValueError where the engine takes no such pattern."""

    def close(self) -> None:
        """Free what the engine holds."""


class DuckDB:
    """DuckDB in memory."""

    def __init__(self) -> None:
        import duckdb

        self.db = duckdb.connect(config={"enable_external_access": False, "lock_configuration": True})
        self.db.execute("CREATE MACRO regexp_like(text, pattern) AS regexp_matches(text, pattern)")

    def add(self, name: str, table: pa.Table) -> None:
        """Make a table known."""
        self.db.register(f"arrow_{name}", table)
        self.db.execute(f"CREATE TABLE {name} AS SELECT * FROM arrow_{name}")

    def query(self, sql: str) -> list[tuple[Any, ...]]:
        """Rows of a query."""
        import duckdb

        try:
            return self.db.execute(sql).fetchall()
        except duckdb.InvalidInputException as error:  # a pattern that Python takes and DuckDB does not
            raise ValueError(str(error).split("\n")[0]) from None

    def close(self) -> None:
        """Free what the engine holds."""
        self.db.close()


class Spark:
    """Spark on this machine."""

    def __init__(self) -> None:
        from pyspark.sql import SparkSession

        builder = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
        builder = builder.config("spark.sql.ansi.doubleQuotedIdentifiers", "true").config(
            "spark.sql.ansi.enabled", "true"
        )
        # Patterns hold backslashes, which standard SQL takes as they are.
        builder = builder.config("spark.sql.parser.escapedStringLiterals", "true")
        try:
            self.session = builder.config("spark.ui.showConsoleProgress", "false").getOrCreate()
        except Exception as error:  # PySpark has a class of its own for each way in which Java is not there
            raise Environment(
                f"Spark does not start ({str(error).splitlines()[0]}); install Java 17 or later"
            ) from None
        self.session.sparkContext.setLogLevel("OFF")

    def add(self, name: str, table: pa.Table) -> None:
        """Make a table known."""
        schema = ", ".join(f"`{f.name}` {'bigint' if f.name == ROW else 'string'}" for f in table.schema)
        rows = list(zip(*(column.to_pylist() for column in table.columns), strict=True))
        self.session.createDataFrame(rows, schema).createOrReplaceTempView(name)

    def query(self, sql: str) -> list[tuple[Any, ...]]:
        """Rows of a query."""
        from pyspark.errors import PySparkException

        try:
            return [tuple(row) for row in self.session.sql(sql).collect()]
        except PySparkException as error:
            raise ValueError(str(error).split("\n")[0]) from None

    def close(self) -> None:
        """Stop Spark."""
        self.session.stop()
