"""What would pass as valid: a descriptor changed after its seal, a Parquet file that nobody compares, other types."""

from __future__ import annotations

import hashlib
import io
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import syrian_groups_data as sgd
from syrian_groups_data.commands import main
from syrian_groups_data.model import seal
from syrian_groups_data.validate import validate
from tests.conftest import EXAMPLE, Run, sealed

UNSEALED = (
    "datapackage.json:1:1: bad-descriptor: it does not say what it said when it was sealed; "
    "build again, or fetch it again"
)
Edit = Callable[[dict[str, Any]], object]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    base = tmp_path_factory.mktemp("seal") / "example"
    shutil.copytree(EXAMPLE, base)
    assert main(["--root", str(base), "build"]) == 0
    return base


@pytest.fixture
def built(whole: Path, tmp_path: Path) -> Path:
    base = tmp_path / "package"
    base.mkdir()
    shutil.copytree(whole / "tables", base / "tables")
    shutil.copy(whole / "datapackage.json", base)
    return base


def describe(base: Path, edit: Edit, again: bool) -> None:
    path = base / "datapackage.json"
    package = json.loads(path.read_bytes())
    edit(package)
    path.write_bytes(sealed(package) if again else json.dumps(package).encode())


def told(base: Path) -> list[str]:
    return [str(problem) for problem in validate(base)]


def other_rows(base: Path, name: str, change: Callable[[pa.Table], pa.Table]) -> dict[str, Any]:
    """Put another table in the place of one, and what a descriptor has to say of it."""
    path = base / f"tables/{name}.parquet"
    out = io.BytesIO()
    pq.write_table(change(pq.ParquetFile(path).read()), out)
    path.write_bytes(out.getvalue())
    return {"bytes": len(out.getvalue()), "hash": f"sha256:{hashlib.sha256(out.getvalue()).hexdigest()}"}


def swap(base: Path, name: str, change: Callable[[pa.Table], pa.Table], **more: Any) -> None:
    """The same, with the descriptor sealed again."""
    said = other_rows(base, name, change) | more

    def edit(package: dict[str, Any]) -> None:
        for each in package["resources"]:
            if each["path"] == f"tables/{name}.parquet":
                each |= said
                for key in [key for key, value in said.items() if value is None]:
                    del each[key]

    describe(base, edit, again=True)


@pytest.mark.parametrize(
    "edit",
    [
        lambda package: package["redirects"].update({"valley-front": "valley-guard"}),
        lambda package: package.update(version="9.9.9"),
        lambda package: package.update(licenses=[{"name": "CC0-1.0"}]),
        lambda package: package["sources"][0].update(path="https://example.org/other"),
        lambda package: package.update(contentHash="sha256:" + "0" * 64),
        lambda package: package["resources"].pop(),
        lambda package: package.update(title="Another"),
        lambda package: package.pop("seal"),
        lambda package: package.update(seal=None),
        lambda package: package.update(name="syrian-groups-data", version="1.0.0") or package.pop("seal"),
    ],
)
def test_whatever_a_descriptor_says_is_sealed(edit: Edit, built: Path) -> None:
    describe(built, edit, again=False)
    assert told(built) == [UNSEALED]
    with pytest.raises(sgd.Damaged):
        sgd.load(built)


def test_spaces_and_the_order_of_keys_are_not_sealed(built: Path) -> None:
    path = built / "datapackage.json"
    path.write_text(json.dumps(json.loads(path.read_bytes()), indent=7, sort_keys=True), encoding="utf-8")
    assert told(built) == []


def test_a_key_that_stands_twice_is_refused_by_both(built: Path) -> None:
    path = built / "datapackage.json"
    path.write_bytes(b'{"version": "9.9.9", ' + path.read_bytes().lstrip()[1:])
    assert "the key 'version' stands twice" in told(built)[0]
    with pytest.raises(sgd.Damaged, match="'version' stands twice"):
        sgd.load(built)


def test_a_descriptor_nested_too_deep_to_be_sealed_does_not_fit() -> None:
    deep: list[Any] = []
    for _ in range(100_000):
        deep = [deep]
    assert not seal.fits({"seal": "x", "deep": deep})


def test_dropped_tables_are_told_whoever_sealed(built: Path) -> None:
    def edit(package: dict[str, Any]) -> None:
        package["resources"] = [each for each in package["resources"] if "ledger" not in each["path"]]

    describe(built, edit, again=True)
    head = "datapackage.json:1:1: bad-descriptor:"
    assert told(built) == [
        f"{head} ledger is not described as this version of the package describes it; build again",
        f"{head} tables/ledger.csv is not among its resources; build again",
        f"{head} tables/ledger.parquet is not among its resources; build again",
    ]


@pytest.mark.parametrize("form", [None, "Parquet", "csv", "apache parquet", 7])
def test_a_planted_cell_is_found_whatever_the_format_is_called(form: Any, built: Path) -> None:
    def admit(table: pa.Table) -> pa.Table:
        at = table.column_names.index("title")
        cells = ["planted", *table["title"].to_pylist()[1:]]
        return table.set_column(at, table.schema.field("title"), pa.array(cells, pa.string()))

    swap(built, "events", admit, format=form)
    assert "tables/events.parquet:2:1: formats-differ: title differs from the CSV; build again" in told(built)


def test_a_planted_cell_is_found_whatever_the_table_is_called(tmp_path: Path) -> None:
    """A package of somebody else, whose table does not have the name of its file."""
    (tmp_path / "t.csv").write_text("a\nx\n", encoding="utf-8")
    pq.write_table(pa.table({"a": ["y"]}), tmp_path / "t.parquet")
    resources: list[dict[str, Any]] = [
        {"name": "other", "path": "t.csv", "schema": {"fields": [{"name": "a"}]}},
        {"name": "other-parquet", "path": "t.parquet"},
    ]
    for each in resources:
        data = (tmp_path / each["path"]).read_bytes()
        each |= {"bytes": len(data), "hash": f"sha256:{hashlib.sha256(data).hexdigest()}"}
    (tmp_path / "datapackage.json").write_text(json.dumps({"resources": resources}), encoding="utf-8")
    assert told(tmp_path) == ["t.parquet:2:1: formats-differ: a differs from the CSV; build again"]


def cast(name: str, kind: pa.DataType) -> Callable[[pa.Table], pa.Table]:
    def change(table: pa.Table) -> pa.Table:
        at = table.column_names.index(name)
        field = table.schema.field(name)
        return table.set_column(at, pa.field(name, kind, field.nullable), table[name].cast(kind))

    return change


def nullable(name: str, whether: bool) -> Callable[[pa.Table], pa.Table]:
    def change(table: pa.Table) -> pa.Table:
        at = table.column_names.index(name)
        return table.cast(table.schema.set(at, table.schema.field(name).with_nullable(whether)))

    return change


@pytest.mark.parametrize(
    ("table", "change", "what"),
    [
        ("events", cast("title", pa.large_string()), "title is of type large_string, not string"),
        ("events", cast("title", pa.binary()), "title is of type binary, not string"),
        ("estimates", cast("low", pa.string()), "low is of type string, not int64"),
        ("estimates", cast("low", pa.int32()), "low is of type int32, not int64"),
        ("places", cast("latitude", pa.float32()), "latitude is of type float, not double"),
        ("events", cast("date_latest", pa.timestamp("ms")), "date_latest is of type timestamp[ms], not date32[day]"),
        ("events", cast("date_latest", pa.string()), "date_latest is of type string, not date32[day]"),
        ("events", nullable("title", True), "title may be null, and must not"),
    ],
)
def test_other_types_are_found_though_the_cells_are_the_same(
    table: str, change: Callable[[pa.Table], pa.Table], what: str, built: Path
) -> None:
    swap(built, table, change)
    first, *cells = told(built)
    assert first == f"tables/{table}.parquet:1:1: formats-differ: {what}; build again"
    assert bool(cells) == ("timestamp" in what), "a time of day is no day"


def test_a_command_tells_it(built: Path, run: Run) -> None:
    describe(built, lambda package: package.update(version="9.9.9"), again=False)
    found = run(built, "validate", str(built))
    assert found.returncode == 1
    assert found.stderr.splitlines()[0] == UNSEALED


def long_cells() -> bytes:
    """One long text in each of a thousand rows, in a few kilobytes."""
    out = io.BytesIO()
    pq.write_table(pa.table({"a": pa.array(["x" * 100_000] * 1_000)}), out, compression="zstd")
    return out.getvalue()


def test_a_table_that_unpacks_to_far_more_than_its_bytes_is_not_unpacked(tmp_path: Path) -> None:
    data = long_cells()
    (tmp_path / "t.parquet").write_bytes(data)
    schema = {"fields": [{"name": "a"}]}
    digest = f"sha256:{hashlib.sha256(data).hexdigest()}"
    resource = {"name": "t", "path": "t.parquet", "bytes": len(data), "hash": digest, "schema": schema}
    (tmp_path / "datapackage.json").write_text(json.dumps({"resources": [resource]}), encoding="utf-8")
    before = pa.total_allocated_bytes()
    found = told(tmp_path)
    assert any("t.parquet" in line and "67,108,864" in line for line in found), found
    assert pa.total_allocated_bytes() - before < 64 << 20


def test_a_build_that_ends_meanwhile_is_waited_for(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = built / "tables" / "groups.parquet"
    good = path.read_bytes()
    path.write_bytes(b"of the other build")
    (built / ".build").mkdir()

    def ended(seconds: float) -> None:
        path.write_bytes(good)
        (built / ".build").rmdir()

    # A clock of its own: other threads of the run sleep by the real one.
    monkeypatch.setattr("syrian_groups_data.validate.prove.time", SimpleNamespace(sleep=ended))
    assert told(built) == []
