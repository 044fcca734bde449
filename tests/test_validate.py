"""Every code of `validate`: a built package, one thing wrong in it, and the exact lines that are reported."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

from syrian_groups_data.model.problem import TABLE_CODES
from syrian_groups_data.validate import validate
from syrian_groups_data.validate.engines import DuckDB
from tests.conftest import Run, sealed

Change = Callable[[Path], object]


def cell(table: str, old: str, new: str) -> Change:
    """Replace text that stands once in a CSV, and seal the package again, so that only the cell is wrong."""

    def change(base: Path) -> None:
        path = base / "tables" / f"{table}.csv"
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times"
        path.write_text(text.replace(old, new), encoding="utf-8", newline="")
        seal(base, f"tables/{table}.csv")

    return change


def seal(base: Path, name: str) -> None:
    data = (base / name).read_bytes()

    def edit(package: dict[str, Any]) -> None:
        for each in package["resources"]:
            if each["path"] == name:
                each |= {"bytes": len(data), "hash": f"sha256:{hashlib.sha256(data).hexdigest()}"}

    describe(edit)(base)


def describe(edit: Callable[[dict[str, Any]], None]) -> Change:
    """Change the descriptor."""

    def change(base: Path) -> None:
        path = base / "datapackage.json"
        package = json.loads(path.read_text(encoding="utf-8"))
        edit(package)
        path.write_bytes(sealed(package))

    return change


def lead(target: str) -> Change:
    """Let the codebook lead to another path."""
    return describe(lambda package: package["resources"][-1].update(path=target))


def differs(table: str, line: int, column: str) -> str:
    return f"tables/{table}.parquet:{line}:1: formats-differ: {column} differs from the CSV; build again"


CORRECT = "correct datapackage.json, or build again"
GROUPS, EVENTS = "tables/groups.csv", "tables/events.csv"
OUTSIDE = "leads outside the package; name a file below the descriptor's folder"
CASES: dict[str, list[tuple[Change, list[str]]]] = {
    "bad-descriptor": [
        (
            lambda base: (base / "datapackage.json").unlink(),
            ["datapackage.json:1:1: bad-descriptor: No such file or directory; build again"],
        ),
        (
            lambda base: (base / "datapackage.json").write_text("[1]"),
            [
                "datapackage.json:1:1: bad-descriptor: not JSON that can be followed: it is no object with keys; build again"
            ],
        ),
        (
            describe(lambda package: package.update(resources=[])),
            [
                "datapackage.json:1:1: bad-descriptor: resources: list should have at least 1 item after validation, "
                f"not 0; {CORRECT}"
            ],
        ),
        (
            describe(lambda package: package["resources"][0].update(name='x" AS SELECT 1; --')),
            [
                "datapackage.json:1:1: bad-descriptor: resources.0.name: string should match pattern "
                f"'^[a-z0-9][a-z0-9._-]*$'; {CORRECT}"
            ],
        ),
        (
            describe(lambda package: package["resources"][-1].update(name="timeline")),
            ["datapackage.json:1:1: bad-descriptor: two resources have the name timeline; build again"],
        ),
    ],
    "unsafe-path": [
        (lead("../secret.md"), [f"datapackage.json:1:1: unsafe-path: ../secret.md {OUTSIDE}"]),
        (lead("/etc/passwd"), [f"datapackage.json:1:1: unsafe-path: /etc/passwd {OUTSIDE}"]),
        (
            lead("https://example.org/x.md"),
            [f"datapackage.json:1:1: unsafe-path: https://example.org/x.md {OUTSIDE}"],
        ),
        (lead("C:\\x.md"), [f"datapackage.json:1:1: unsafe-path: C:\\x.md {OUTSIDE}"]),
    ],
    "missing-file": [
        (
            lambda base: (base / "tables" / "ledger.parquet").unlink(),
            ["tables/ledger.parquet:1:1: missing-file: No such file or directory; build again"],
        ),
    ],
    "hash-mismatch": [
        (
            lambda base: (base / "tables" / "ledger.parquet").write_bytes(b"x"),
            [
                "tables/ledger.parquet:1:1: formats-differ: Parquet file size is 1 bytes, smaller than the minimum file footer (8 bytes); build again",
                "tables/ledger.parquet:1:1: hash-mismatch: it is 1 bytes, sha256:2d711642b726b044…; build again, or fetch it again",
            ],
        ),
    ],
    "wrong-columns": [
        (
            cell("groups", '"group_id"', '"group"'),
            [f"{GROUPS}:1:1: wrong-columns: column 1 is group, not group_id; make header and descriptor agree"],
        ),
    ],
    "wrong-cells": [
        (
            cell("names", '"jane-example","Jane Example"', '"jane-example","Jane","Example"'),
            [
                "tables/names.csv:3:1: wrong-cells: 13 cells for 12 columns; correct the row",
                "tables/names.parquet:1:1: formats-differ: 16 rows of 12 columns, not as the CSV; build again",
            ],
        ),
    ],
    "required-missing": [
        (
            cell("groups", '"Valley Front",,"coalition"', ',,"coalition"'),
            [f"{GROUPS}:4:1: required-missing: name is empty; give a value", differs("groups", 4, "name")],
        ),
    ],
    "wrong-cell-type": [
        (
            cell("estimates", ",101,", ",many,"),
            [
                "tables/estimates.csv:3:1: wrong-cell-type: low: 'many' is of another type; correct the cell",
                differs("estimates", 3, "low"),
            ],
        ),
    ],
    "cell-not-in-vocabulary": [
        (
            cell("events", '"battles"', '"cattles"'),
            [
                f"{EVENTS}:3:1: cell-not-in-vocabulary: type: 'cattles' is not in its list; use a term of the codebook",
                differs("events", 3, "type"),
            ],
        ),
    ],
    "cell-malformed": [
        (
            cell("places", '"Lower Mithal"', '"=1+1"'),
            [
                "tables/places.csv:2:1: cell-malformed: name: '=1+1' is malformed; correct the cell",
                differs("places", 2, "name"),
            ],
        ),
    ],
    "cell-out-of-range": [
        (
            cell("places", ",10.6,", ",100.6,"),
            [
                "tables/places.csv:3:1: cell-out-of-range: latitude: '100.6' is out of range; correct the cell",
                differs("places", 3, "latitude"),
            ],
        ),
    ],
    "key-not-unique": [
        (
            cell("timeline", '"mithal-checkpoint-2014-03-02"', '"lower-mithal-killings-2014"'),
            [
                "tables/timeline.csv:4:1: key-not-unique: event_id: 'lower-mithal-killings-2014' stands in an earlier row too; "
                "delete or correct one of the two",
                differs("timeline", 2, "event_id"),
            ],
        ),
    ],
    "broken-reference": [
        (
            cell("events", '"near","mithal-valley"', '"near","no-valley"'),
            [
                f"{EVENTS}:3:1: broken-reference: admin1_id: no row 'no-valley'; add the row, or correct the cell",
                differs("events", 3, "admin1_id"),
            ],
        ),
    ],
    "formats-differ": [
        (cell("events", "Attack on a checkpoint near Mithal", "Attack near Mithal"), [differs("events", 3, "title")]),
    ],
}


def without(package: dict[str, Any], *names: str) -> None:
    package["resources"] = [each for each in package["resources"] if each["title"] not in names]


@pytest.mark.parametrize(
    ("edit", "told"),
    [
        (lambda package: package["resources"][0].pop("schema"), "sources has no schema"),
        (lambda package: package["resources"].pop(1), "tables/sources is there only as csv"),
        (lambda package: without(package, "entities"), "statements refers to entities.entity_id, which is not there"),
        (
            lambda package: package["resources"][2]["schema"]["foreignKeys"][0]["reference"].update(fields=["nope"]),
            "passages refers to sources.nope, which is not there",
        ),
        (
            lambda package: package["resources"][0]["schema"]["fields"][0].pop("constraints"),
            "sources is not described as this version of the package describes it",
        ),
    ],
)
def test_nothing_goes_unchecked_in_silence(edit: Callable[[dict[str, Any]], Any], told: str, built: Path) -> None:
    describe(edit)(built)
    assert told in [problem.what for problem in validate(built)]


def test_a_name_of_a_descriptor_never_becomes_sql(built: Path, tmp_path: Path) -> None:
    """Neither a file is written nor one read, whatever a resource, a column or a reference is called."""
    target = tmp_path / "written.csv"
    attack = f"x\" AS SELECT 1 AS row_; COPY (SELECT 1 AS a) TO '{target}'; --"

    def edit(package: dict[str, Any]) -> None:
        first = package["resources"][0]
        first["name"] = attack
        package["resources"][2]["schema"]["foreignKeys"][0]["reference"]["resource"] = attack

    describe(edit)(built)
    assert validate(built)
    assert not target.exists()
    for text in (attack, f"read_text('{target}')"):
        with pytest.raises(duckdb.Error):
            DuckDB().db.execute(f"SELECT * FROM {text}")


def test_a_pipe_among_the_files_is_not_waited_for(built: Path) -> None:
    if not hasattr(os, "mkfifo"):
        pytest.skip("no pipes here: one among the files of a package is not tested")
    path = built / "tables" / "ledger.parquet"
    path.unlink()
    os.mkfifo(path)
    assert [str(problem) for problem in validate(built)] == [
        "tables/ledger.parquet:1:1: missing-file: it is a pipe, not a regular file; build again"
    ]


@pytest.fixture
def built(example: Path, run: Run) -> Path:
    assert run(example, "build").returncode == 0
    return example


@pytest.mark.parametrize("code", TABLE_CODES)
def test_every_code_has_its_exact_message(code: str, built: Path) -> None:
    keep = {path: path.read_bytes() for path in [*(built / "tables").iterdir(), built / "datapackage.json"]}
    for change, expected in CASES[code]:
        change(built)
        found = [str(problem) for problem in validate(built)]
        assert found == expected
        assert any(f": {code}: " in line for line in found)
        for path, data in keep.items():
            path.write_bytes(data)
    assert validate(built) == []


def test_a_link_out_of_the_package_is_not_followed(built: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret.csv"
    secret.write_text("secret", encoding="utf-8")
    path = built / "tables" / "sources.csv"
    path.unlink()
    path.symlink_to(secret)
    found = [str(problem) for problem in validate(built)]
    what = "datapackage.json:1:1: unsafe-path: tables/sources.csv is, or is reached by, a link"
    assert found == [f"{what}; put a real file in the place of {path}"]


def test_spark_finds_what_duckdb_finds(built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("pyspark", reason="pyspark is not installed: the SQL was not run on Spark")
    for code in ("required-missing", "cell-malformed", "cell-out-of-range", "wrong-cell-type", "broken-reference"):
        CASES[code][0][0](built)
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    assert [str(p) for p in validate(built, "spark")] == [str(p) for p in validate(built, "duckdb")]
    assert not list(here.iterdir())
