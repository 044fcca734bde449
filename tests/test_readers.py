"""What readers make of a small package: types, lists, days and Arabic. The table in docs/tools.md is what they made."""

from __future__ import annotations

import csv
import re
import shutil
import sqlite3
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import syrian_groups_data as sgd
from syrian_groups_data.export.spreadsheet import cell
from tests.conftest import ROOT
from tests.exports import HEAVY, exported, lay, missing, module, output, program
from tests.test_engines import Spark

pytestmark = HEAVY

# A column of each type, of the timeline; and the Arabic names of places.
COLUMNS = {
    "text": "title",
    "number": "killed_low",
    "yes or no": "date_approximate",
    "day": "date_earliest",
    "list": "actors",
}


Made = tuple[dict[str, str], list[str]]  # what each column became, and the Arabic names that came through


def _pandas(file: Callable[[str], Path]) -> Made:
    pandas = module("pandas")
    read = pandas.read_parquet if file("names").suffix == ".parquet" else pandas.read_csv
    frame, names = read(file("timeline")), read(file("names"))
    kinds = {
        what: f"{frame[name].dtype} of {type(frame[name].dropna().iloc[0]).__name__}"
        if frame[name].dtype == object
        else str(frame[name].dtype)
        for what, name in COLUMNS.items()
    }
    return kinds, list(names["name"])


def _polars(file: Callable[[str], Path]) -> Made:
    polars = module("polars")
    if file("names").suffix == ".parquet":
        frame, names = (polars.read_parquet(file(name)) for name in ("timeline", "names"))
    else:
        frame, names = (
            polars.read_csv(file(name), infer_schema_length=None, try_parse_dates=True)
            for name in ("timeline", "names")
        )
    return {what: str(frame.schema[name]) for what, name in COLUMNS.items()}, names["name"].to_list()


def _duckdb(file: Callable[[str], Path]) -> Made:
    base = module("duckdb").connect()
    kinds = {row[0]: row[1] for row in base.execute(f"DESCRIBE SELECT * FROM '{file('timeline')}'").fetchall()}
    names = [row[0] for row in base.execute(f"SELECT name FROM '{file('names')}'").fetchall()]
    return {what: kinds[name] for what, name in COLUMNS.items()}, names


def _spark(file: Callable[[str], Path]) -> Made:
    module("pyspark")
    if not shutil.which("java"):
        missing("java")
    spark = Spark()
    try:
        if file("names").suffix == ".parquet":
            frame, names = (spark.session.read.parquet(str(file(name))) for name in ("timeline", "names"))
        else:
            options = {**Spark.OPTIONS, "inferSchema": "true"}
            frame, names = (
                spark.session.read.options(**options).csv(str(file(name))) for name in ("timeline", "names")
            )
        kinds = dict(frame.dtypes)
        return {what: kinds[name] for what, name in COLUMNS.items()}, [
            row["name"] for row in names.select("name").collect()
        ]
    finally:
        spark.close()


READERS = {
    "pandas": ("pandas", _pandas),
    "Polars": ("polars", _polars),
    "DuckDB": ("duckdb", _duckdb),
    "Spark": ("pyspark", _spark),
}


def readr(folder: Path) -> Made:
    """R through readr, by the code that `export readr` makes; what it read is written back and compared."""
    rscript = program("Rscript")
    if subprocess.run([rscript, "-e", "library(readr)"], capture_output=True, check=False).returncode:
        missing("r-cran-readr")
    lay(folder, exported("readr"))
    (folder / "back.R").write_text(
        """
        source("tables.R")
        kind <- function(x) if (is.list(x)) paste("list of", class(x[[1]])) else class(x)[1]
        for (table in names(types)) {
          found <- read_table_of(table, commandArgs(trailingOnly = TRUE))
          if (nrow(readr::problems(found)) > 0) stop(table)
          if (table == "timeline") writeLines(paste(names(found), vapply(found, kind, ""), sep = "\\t"), "kinds.tsv")
          flat <- found
          for (column in lists[[table]]) flat[[column]] <- vapply(found[[column]], paste, "", collapse = "; ")
          for (column in names(flat)) {
            if (is.logical(flat[[column]])) flat[[column]] <- ifelse(flat[[column]], "yes", "no")
            if (is.numeric(flat[[column]])) flat[[column]] <- format(flat[[column]], digits = 15, trim = TRUE, scientific = FALSE, drop0trailing = TRUE)
          }
          readr::write_csv(flat, paste0(table, "-back.csv"), na = "")
        }
        """,
        encoding="utf-8",
    )
    output(rscript, "back.R", ROOT / "tables", cwd=folder)
    kinds = dict(line.split("\t") for line in (folder / "kinds.tsv").read_text(encoding="utf-8").splitlines())
    with (folder / "names-back.csv").open(encoding="utf-8", newline="") as file:
        names = [row["name"] for row in csv.DictReader(file)]
    return {what: kinds[name] for what, name in COLUMNS.items()}, names


def row(name: str, made: Made) -> str:
    """A row of the table of readers."""
    kinds, names = made
    whole = names == sgd.read("names")["name"].to_pylist()
    return f"| {name} | {' | '.join(kinds[what] for what in COLUMNS)} | {'whole' if whole else 'broken'} |"


@pytest.mark.parametrize("form", ["Parquet", "CSV"])
@pytest.mark.parametrize("name", list(READERS))
def test_the_documents_say_what_a_reader_makes_of_it(name: str, form: str, capsys: pytest.CaptureFixture[str]) -> None:
    library, read = READERS[name]
    reader = f"{name} {module(library).__version__.split('.')[0]}"
    found = row(f"{reader}, {form}", read(lambda table: sgd.path(table, form.lower())))
    with capsys.disabled():
        print(f"\n{found}", end=" ")
    assert found.endswith("| whole |")
    documented = (ROOT / "docs" / "tools.md").read_text(encoding="utf-8")
    if f"| {reader}, {form} |" in documented:  # another version may have types of its own
        assert found in documented


def test_r_reads_every_table_through_readr(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = row("R (readr), CSV", readr(tmp_path))
    with capsys.disabled():
        print(f"\n{found}", end=" ")
    for table in sgd.tables:
        with (tmp_path / f"{table}-back.csv").open(encoding="utf-8", newline="") as file:
            back = list(csv.DictReader(file))
        wanted = sgd.read(table).to_pylist()
        assert len(back) == len(wanted)
        for one, known in zip(back, wanted, strict=True):
            assert {key: _same(value) for key, value in one.items()} == {
                key: _same(cell(value)) for key, value in known.items()
            }
    assert found in (ROOT / "docs" / "tools.md").read_text(encoding="utf-8")


def _same(text: str) -> Any:
    """Numbers as numbers: R writes 36.10 as 36.1. What R does not know is NA in its own words."""
    if text == "NA":
        return ""
    try:
        return float(text)
    except ValueError:
        return text


def test_the_recipe_for_frictionless_fills_a_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The code of the documents, as it stands there."""
    module("sqlalchemy")
    text = (ROOT / "docs" / "tools.md").read_text(encoding="utf-8")
    code = next(block for block in re.findall(r"(?ms)^```\w*\n(.*?)^```$", text) if "frictionless" in block)
    shutil.copytree(ROOT / "tables", tmp_path / "tables")
    shutil.copy(ROOT / "datapackage.json", tmp_path)
    monkeypatch.chdir(tmp_path)
    exec(compile(code, "tools.md", "exec"), {})
    base = sqlite3.connect(tmp_path / "groups.db")
    for name in sgd.tables:
        assert base.execute(f'SELECT count(*) FROM "{name}"').fetchone() == (sgd.read(name).num_rows,), name
    base.close()
