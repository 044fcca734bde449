"""The SQLite file, read by SQLite and Datasette: keys, views, search in any spelling."""

from __future__ import annotations

import json
import sqlite3
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

import syrian_groups_data as sgd
from syrian_groups_data.export.sqlite import FIND
from tests.exports import exported, lay, module, output

TABLES = tuple(sgd.tables)
STATEMENTS = {row["statement_id"]: row for row in sgd.read("statements").to_pylist()}
WORKS = set(sgd.read("sources")["source_id"].to_pylist())


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return lay(tmp_path_factory.mktemp("sqlite"), exported("sqlite") | exported("datasette")) / "syrian-groups-data.db"


@pytest.fixture
def base(file: Path) -> Iterator[sqlite3.Connection]:
    found = sqlite3.connect(f"file:{file}?mode=ro", uri=True)
    yield found
    found.close()


@pytest.mark.parametrize("name", TABLES)
def test_every_value_arrives(base: sqlite3.Connection, name: str) -> None:
    wanted = [
        tuple(
            json.dumps(v, ensure_ascii=False) if isinstance(v, list) else v.isoformat() if isinstance(v, date) else v
            for v in row.values()
        )
        for row in sgd.read(name).to_pylist()
    ]
    assert base.execute(f'SELECT * FROM "{name}" ORDER BY rowid').fetchall() == wanted


def test_every_key_of_the_descriptor_is_declared_and_holds(base: sqlite3.Connection) -> None:
    assert base.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert base.execute("PRAGMA foreign_key_check").fetchall() == []
    for resource in json.loads(sgd.datapackage.read_bytes())["resources"]:
        if schema := resource.get("schema"):
            name = resource["name"]
            keys = {(row[3], row[2], row[4]) for row in base.execute(f'PRAGMA foreign_key_list("{name}")')}
            assert keys == {
                (key["fields"][0], key["reference"].get("resource") or name, key["reference"]["fields"][0])
                for key in schema.get("foreignKeys", [])
            }
            columns = base.execute(f'PRAGMA table_info("{name}")').fetchall()
            assert [each[1] for each in sorted(columns, key=lambda each: each[5]) if each[5]] == schema["primaryKey"]


def test_a_row_that_refers_to_nothing_is_refused(file: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    copy.write_bytes(file.read_bytes())
    with sqlite3.connect(copy) as base:
        base.execute("PRAGMA foreign_keys = ON")
        base.execute("UPDATE citations SET passage_id = 'nowhere:1' WHERE rowid = 1")
        with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
            base.commit()
        base.rollback()
    base.close()


def test_views_read_without_joins(base: sqlite3.Connection) -> None:
    base.row_factory = sqlite3.Row
    for name, key in (("timeline", "event_id"), ("ledger", "allegation_id")):
        rows = {row[key]: row for row in sgd.read(name).to_pylist()}
        found = base.execute(f"SELECT * FROM {name}_view").fetchall()
        assert {row[key] for row in found} == set(rows)
        for row in found:
            assert row["passages"] == "; ".join(rows[row[key]]["passages"])
    days = [row["sort_date"] for row in base.execute("SELECT sort_date FROM timeline_view")]
    dated = [day for day in days if day]
    assert days == sorted(dated) + [None] * (len(days) - len(dated))
    for row in base.execute("SELECT * FROM claims_view"):
        assert row["standing"]
        assert row["said_by"]
        assert (row["standing"] == "refuted") <= (row["said_by"].split(" (said by ")[0] in WORKS)
        assert row["passages"]
        told = STATEMENTS[row["statement_id"]]
        assert all(row[name] == told[name] for name in ("role", "class", "as_of", "hedge", "since", "until", "note"))
        assert bool(row["of"]) == bool(told["of"])
        assert len((row["via"] or "").split("; ")) == max(1, len(told["via"]))


@pytest.mark.parametrize(
    ("words", "entity"),
    [
        ("المقاومة السورية", "syrian-resistance"),
        ("المقاومه السوريه", "syrian-resistance"),  # another spelling of the last letter
        ("المُقاوَمة السوريّة", "syrian-resistance"),  # with vowel signs
        ("المقـــاومة", "syrian-resistance"),  # stretched
        ("reyhanli", "reyhanli"),
        ("REYHANLI", "reyhanli"),
        ("Reyhanlı", "reyhanli"),
        ("Hay'at Tahrir al-Sham", "hts"),  # an apostrophe and a hyphen, which are orders to the search
        ('"Ural', "mihrac-ural"),
        ("Ural  Mihrac ", "mihrac-ural"),
        ("resist*", "syrian-resistance"),
    ],
)
def test_names_are_found_in_any_spelling(base: sqlite3.Connection, file: Path, words: str, entity: str) -> None:
    """By the search that the metadata bring to Datasette; any client of SQLite can ask the same."""
    metadata = json.loads((file.parent / "metadata.json").read_bytes())
    sql = metadata["databases"]["syrian-groups-data"]["queries"]["find"]["sql"]
    assert entity in {row[0] for row in base.execute(sql, {"words": words})}


@pytest.mark.parametrize("words", ["", " ", "*", '"', "NOT", "a AND", "(x", "label:Ural", "O'Brien-x", "--"])
def test_whatever_is_asked_is_no_error(base: sqlite3.Connection, words: str) -> None:
    base.execute(FIND, {"words": words}).fetchall()


def test_datasette_serves_it_with_its_metadata(file: Path) -> None:
    module("datasette")
    datasette = Path(sys.executable).parent / "datasette"
    told = json.loads(output(datasette, "inspect", file))["syrian-groups-data"]["tables"]
    assert {name: told[name]["count"] for name in TABLES} == {name: sgd.read(name).num_rows for name in TABLES}
    ask = "/syrian-groups-data/find.json?words=المقاومه&_shape=array"
    line = [datasette, file, "--metadata", file.parent / "metadata.json", "--get"]
    assert "syrian-resistance" in {row["entity_id"] for row in json.loads(output(*line, ask))}
    assert "An allegation is not a fact" in output(*line, "/")
    assert sgd.tables["sources"] in output(*line, "/syrian-groups-data/sources")
