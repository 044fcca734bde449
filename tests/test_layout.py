"""How rows lie in Parquet files: checked, sorted, as the file says, in groups of which a reader needs few."""

from __future__ import annotations

import io
import itertools
from pathlib import Path
from typing import Any

import pyarrow.parquet
import pytest

import syrian_groups_data as sgd
from syrian_groups_data.author import load
from syrian_groups_data.flatten import flatten
from syrian_groups_data.library.tables import Parquet
from syrian_groups_data.model.models import models
from syrian_groups_data.model.problem import Problems
from syrian_groups_data.publish import arrow
from tests.conftest import EXAMPLE

CORPUS = load(EXAMPLE / "raw")
TABLES = {table.table: table for table in models(CORPUS.vocabulary).tables}
ROWS = 4


@pytest.fixture(scope="module")
def statements() -> bytes:
    """Statements of the example in many groups of rows."""
    table = TABLES["statements"]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(arrow, "ROW_GROUP", ROWS)
        rows = flatten(CORPUS)["statements"]
        return arrow.to_parquet(arrow.to_arrow(table, rows), table.order)


@pytest.mark.parametrize("table", sgd.tables)
def test_a_file_says_by_what_it_is_sorted_and_is(table: str) -> None:
    file = pyarrow.parquet.ParquetFile(sgd.path(table))
    order = TABLES[table].order
    for group in range(file.metadata.num_row_groups):
        found = file.metadata.row_group(group).sorting_columns
        names = [file.schema_arrow.names[each.column_index] for each in found]
        assert (names, [each.descending or each.nulls_first for each in found]) == (list(order), [False] * len(order))
    keys = [tuple((cell is None, cell or 0) for cell in row.values()) for row in file.read(columns=order).to_pylist()]
    assert keys == sorted(keys)


def test_groups_of_rows_follow_one_another(statements: bytes) -> None:
    """So that those without an entity can be left out by their bounds."""
    metadata = pyarrow.parquet.ParquetFile(io.BytesIO(statements)).metadata
    assert metadata.num_row_groups > 5
    place = [metadata.schema.column(i).path for i in range(metadata.num_columns)].index("entity_id")
    bounds = [metadata.row_group(group).column(place).statistics for group in range(metadata.num_row_groups)]
    assert all(before.max <= after.min for before, after in itertools.pairwise(bounds))


def test_only_the_groups_of_an_entity_are_read(statements: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = pyarrow.parquet.read_table(io.BytesIO(statements))
    file, read = Parquet(statements, "statements"), set()
    cells = file._cells

    def watched(groups: list[int], column: str) -> Any:
        read.update(groups)
        return cells(groups, column)

    monkeypatch.setattr(file, "_cells", watched)
    for entity in sorted(set(whole["entity_id"].to_pylist())):
        read.clear()
        found = file.where("entity_id", [entity], whole.column_names)
        rows = [number for number, each in enumerate(whole["entity_id"].to_pylist()) if each == entity]
        assert found.equals(whole.take(rows))
        assert read == {number // ROWS for number in rows} | (read & {rows[0] // ROWS - 1, rows[-1] // ROWS + 1})


def test_the_layout_changes_no_row(statements: bytes, tmp_path: Path) -> None:
    table = TABLES["statements"]
    rows = arrow.to_arrow(table, flatten(CORPUS)["statements"])
    assert pyarrow.parquet.read_table(io.BytesIO(statements)).equals(rows)
    plain = tmp_path / "plain.parquet"
    pyarrow.parquet.write_table(rows, plain)
    assert pyarrow.parquet.read_table(plain).equals(rows)
    assert arrow.content_hash({"statements": rows}) == arrow.content_hash(
        {"statements": pyarrow.parquet.read_table(io.BytesIO(statements))}
    )


@pytest.mark.parametrize(
    ("table", "field", "cell", "code"),
    [
        ("statements", "standing", "proven", "cell-not-in-vocabulary"),
        ("statements", "statement_id", "3f2a", "cell-malformed"),
        ("statements", "value", "=1+1", "cell-malformed"),
        ("statements", "value", None, "required-missing"),
        ("statements", "value", 7, "wrong-cell-type"),
        ("statements", "contested", "true", "wrong-cell-type"),
        ("statements", "sources", ["report", 7], "wrong-cell-type"),
        ("statements", "since", "in spring", "cell-malformed"),
        ("passages", "start", -1, "cell-out-of-range"),
        ("places", "latitude", 181.0, "cell-out-of-range"),
        ("places", "latitude", float("nan"), "cell-out-of-range"),
    ],
)
def test_no_cell_is_published_that_its_column_does_not_take(table: str, field: str, cell: object, code: str) -> None:
    rows: list[Any] = list(flatten(CORPUS)[table])
    rows[2] = rows[2]._replace(**{field: cell})
    with pytest.raises(Problems) as caught:
        arrow.to_arrow(TABLES[table], rows)
    assert [(each.path, each.line, each.code) for each in caught.value.problems] == [(f"tables/{table}.csv", 4, code)]
    assert f"{field}: " in caught.value.problems[0].what
