"""What runs the rules: DuckDB or Spark, on the same SQL.

An engine is given tables with numbered columns and text that is ours. Whatever a descriptor says reaches it as rows.
"""

from __future__ import annotations

from typing import Any, Protocol

import pyarrow as pa

from ..files.bounds import addresses
from ..files.folders import scratch
from ..model.problem import Environment


class Engine(Protocol):
    """What runs the SQL."""

    def add(self, name: str, table: pa.Table) -> None:
        """Make a table known. Its name and those of its columns are ours."""

    def query(self, sql: str) -> list[tuple[Any, ...]]:
        """Rows of a query. Raises Environment where the engine gives up."""

    def close(self) -> None:
        """Free what the engine holds."""


class DuckDB:
    """DuckDB in memory, without files and network."""

    def __init__(self) -> None:
        import duckdb

        self.error = duckdb.Error
        threads = {"threads": 1} if addresses() else {}  # each of them reserves room of its own
        self.db = duckdb.connect(config={"enable_external_access": False, "lock_configuration": True, **threads})

    def add(self, name: str, table: pa.Table) -> None:
        """Make a table known."""
        self.db.register(f"arrow_{name}", table)
        self._run(f"CREATE OR REPLACE TABLE {name} AS SELECT * FROM arrow_{name}")
        self.db.unregister(f"arrow_{name}")

    def query(self, sql: str) -> list[tuple[Any, ...]]:
        """Rows of a query."""
        rows: list[tuple[Any, ...]] = self._run(sql).fetchall()
        return rows

    def _run(self, sql: str) -> Any:
        try:
            return self.db.execute(sql)
        except self.error as error:
            raise Environment(f"DuckDB gives up ({str(error).splitlines()[0]})") from None

    def close(self) -> None:
        """Free what the engine holds."""
        self.db.close()


LOCAL = "local[2]"


class Spark:
    """Spark on this machine, or a cluster by the URL of its master; a session that is there already is shared, and stays."""

    def __init__(self, master: str = LOCAL) -> None:
        from pyspark.sql import SparkSession

        self.ours = SparkSession.getActiveSession() is None
        self.folder = scratch()
        settings = {
            "spark.ui.enabled": "false",
            "spark.ui.showConsoleProgress": "false",
            "spark.sql.warehouse.dir": self.folder.name,  # else a folder is made where the command runs
        }
        if master.startswith("local"):  # nobody else is to reach it; workers elsewhere must
            settings |= {"spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1"}
        builder = SparkSession.builder.master(master).appName("validate")
        try:
            for name, value in settings.items() if self.ours else ():
                builder = builder.config(name, value)
            # A session of its own keeps its views apart from those of whoever calls.
            self.session = builder.getOrCreate().newSession()
        except Exception as error:  # PySpark has a class of its own for each way in which Java is not there
            self.folder.cleanup()
            raise Environment(
                f"Spark does not start ({str(error).splitlines()[0]}); install Java 17 or later"
            ) from None
        # Many small plans: what Spark does to run a large one well costs more than it gains.
        self.session.conf.set("spark.sql.shuffle.partitions", "2")
        self.session.conf.set("spark.sql.adaptive.enabled", "false")
        self.session.conf.set("spark.sql.codegen.wholeStage", "false")
        if self.ours:
            self.session.sparkContext.setLogLevel("OFF")

    def add(self, name: str, table: pa.Table) -> None:
        """Make a table known."""
        self.session.createDataFrame(table).createOrReplaceTempView(name)

    def query(self, sql: str) -> list[tuple[Any, ...]]:
        """Rows of a query."""
        from pyspark.errors import PySparkException

        try:
            return [tuple(row) for row in self.session.sql(sql).collect()]
        except PySparkException as error:
            raise Environment(f"Spark gives up ({str(error).splitlines()[0]})") from None

    def close(self) -> None:
        """Stop Spark, unless it ran before."""
        if self.ours:
            self.session.stop()
        self.folder.cleanup()
