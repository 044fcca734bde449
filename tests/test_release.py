"""A release as it is held: opened once and the same ever after, light to copy and to send, and refused where it is wrong."""

from __future__ import annotations

import copy
import json
import multiprocessing
import os
import pickle
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any, get_args

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import syrian_groups_data as sgd
from syrian_groups_data.library import release
from syrian_groups_data.library.names import PropertyName, StandingName, TableName
from syrian_groups_data.model import rows, vocab
from syrian_groups_data.model.vocabulary import DEFAULT
from tests.conftest import EXAMPLE, ROOT, sealed
from tests.misshapen import CHANGES, packed, put, read_all


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example, built once; tests that change it take a copy."""
    folder = tmp_path_factory.mktemp("built") / "example"
    shutil.copytree(EXAMPLE, folder)
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    subprocess.run(
        [sys.executable, "-m", "syrian_groups_data", "build"], cwd=folder, env=env, check=True, capture_output=True
    )
    return folder


@pytest.fixture
def base(built: Path, tmp_path: Path) -> Path:
    return shutil.copytree(built, tmp_path / "package")


@pytest.fixture(scope="module")
def data() -> sgd.Data:
    return sgd.load()


# --- opening --------------------------------------------------------------------------------------


def test_any_folder_gives_what_the_installed_release_gives(base: Path) -> None:
    package = sgd.open(base)
    assert (package.version, list(package.tables)) == ("0.0.0", list(sgd.tables))
    assert package.read("groups").num_rows == len(package.load().groups) == 5
    assert package.table("groups", ["group_id", "nothing"]).column_names == ["group_id"]
    assert package.path("groups") == base / "tables" / "groups.parquet"
    assert package.path("groups", "csv").is_file()
    assert package.descriptor["name"] == "example-valley-data"
    with pytest.raises(KeyError, match="groups"):
        package.read("group")
    assert sgd.open().version == sgd.__version__ == sgd.load().version
    assert sgd.open().read("events").equals(sgd.read("events"))


def test_the_descriptor_s_path_is_a_package_too_and_what_is_none_is_told(base: Path, tmp_path: Path) -> None:
    for given in (base, str(base), base / "datapackage.json", base / "tables"):
        assert sgd.load(given).version == "0.0.0"
    with pytest.raises(sgd.Damaged, match=r"/nope does not exist; give the folder with datapackage\.json"):
        sgd.load("/nope")
    with pytest.raises(sgd.Damaged, match="is a file"):
        sgd.load(base / "tables" / "groups.parquet")
    with pytest.raises(sgd.Damaged, match=r"datapackage\.json: No such file"):
        sgd.load(tmp_path)


def test_a_package_is_held_while_its_folder_is_built_again(base: Path) -> None:
    held, late = sgd.open(base), sgd.open(base)
    release._close(late._held)  # as where no file can be held open
    late._held.clear()
    before = held.read("groups")
    table = pq.ParquetFile(base / "tables" / "names.parquet").read()
    shutil.rmtree(base / "tables")  # a build exchanges the folder: other files stand under the same names
    shutil.copytree(EXAMPLE, base / "tables")
    for name in sgd.tables:
        shutil.copyfile(sgd.path(name), base / "tables" / f"{name}.parquet")
    shutil.copyfile(sgd.datapackage, base / "datapackage.json")
    assert held.read("names").equals(table)
    assert held.read("groups").equals(before)
    assert held.load().groups["valley-front"].label == "Valley Front"
    with pytest.raises(sgd.Damaged, match="is of a newer build; open the package again"):
        late.read("names")
    assert len(sgd.open(base).load().groups) == len(sgd.load().groups)


def test_a_release_needs_few_handles(base: Path) -> None:
    code = (
        "import resource, syrian_groups_data as sgd, pyarrow.parquet, pyarrow.compute, difflib;"
        "resource.setrlimit(resource.RLIMIT_NOFILE, (16, 16));"
        f"print(len(sgd.load({str(base)!r}).groups), sgd.open({str(base)!r}).read('names').num_rows > 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stdout == "5 True\n", done.stderr


def test_load_refuses_what_the_descriptor_does_not_name(base: Path) -> None:
    path = base / "tables" / "groups.parquet"
    good = path.read_bytes()
    path.write_bytes(good[:99] + bytes([good[99] ^ 1]) + good[100:])
    for call in (sgd.load, lambda folder: sgd.open(folder).read("groups")):
        with pytest.raises(sgd.Damaged, match=r"groups\.parquet is not the file that datapackage\.json names"):
            call(base)
    path.write_bytes(good)
    (base / "datapackage.json").write_text("[]", encoding="utf-8")
    with pytest.raises(sgd.Damaged, match=r"datapackage\.json"):
        sgd.load(base)


@pytest.mark.parametrize("key", ["redirects", "version", "licenses", "resources", "seal"])
def test_the_seal_covers_all_that_the_descriptor_says(base: Path, key: str) -> None:
    path = base / "datapackage.json"
    package = json.loads(path.read_bytes())
    package["name"] = "another"  # ours of 1.0 had no seal
    path.write_bytes(sealed(package))
    assert sgd.open(base).descriptor["seal"]
    changed = json.loads(path.read_bytes())
    changed[key] = {
        "redirects": {"a": "b"},
        "version": "9",
        "licenses": [],
        "resources": changed["resources"][:-1],
    }.get(key)
    path.write_text(json.dumps({k: v for k, v in changed.items() if v is not None}), encoding="utf-8")
    with pytest.raises(sgd.Damaged, match="does not say what it said when it was sealed"):
        sgd.open(base)
    path.write_text(json.dumps(json.loads(sealed(package)), indent=7, sort_keys=True), encoding="utf-8")
    assert sgd.open(base).version == package["version"]


def test_of_a_large_release_only_what_is_asked_for_is_read(base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(release, "_SMALL", 0)
    for name in ("places", "participants"):
        (base / "tables" / f"{name}.parquet").write_bytes(b"damaged")
    data = sgd.load(base)
    assert data.groups["mithal-battalion"].statements("founded")
    assert set(data.tables._files) == {
        "groups",
        "statements",
        "citations",
        "passages",
        "sources",
        "estimates",
    }
    with pytest.raises(sgd.Damaged, match=r"places\.parquet"):
        data.places["mithal"]


def test_rows_are_read_by_group_and_the_rest_of_a_table_is_not(base: Path) -> None:
    """Statistics name the groups of rows that may hold an id; the bytes of the others are never unpacked."""
    table = sgd.read("statements")
    rows = table.num_rows // 20
    out = pa.BufferOutputStream()
    pq.write_table(table, out, row_group_size=rows)
    put(base, "statements", out.getvalue().to_pybytes())
    package = sgd.open(base)
    found = package.where("statements", "entity_id", {"mihrac-ural"}, ["statement_id", "value"])
    assert found.column_names == ["statement_id", "value"]
    wanted = [row["statement_id"] for row in table.to_pylist() if row["entity_id"] == "mihrac-ural"]
    assert found["statement_id"].to_pylist() == wanted
    groups = {group for group, _ in package._files["statements"]._asked}
    assert 0 < len(groups) <= 2 + len(wanted) // rows
    assert package.where("statements", "entity_id", set(), ["value"]).num_rows == 0
    both = package.where("statements", "value_entity_id", {"mihrac-ural", "hts"}, ["value_entity_id"])
    assert set(both["value_entity_id"].to_pylist()) == {"mihrac-ural", "hts"}
    assert (
        sgd.Memory({"statements": table})
        .where("statements", "entity_id", {"hts"}, ["value"])
        .equals(package.where("statements", "entity_id", {"hts"}, ["value"]))
    )


# --- copies ---------------------------------------------------------------------------------------


def test_copies_are_the_thing_itself_and_pickles_hold_no_release(data: sgd.Data) -> None:
    group = data.groups["syrian-resistance"]
    for held in (data, group, data.groups, data.events["reyhanli-bombings-2013-05-11"]):
        assert copy.copy(held) is copy.deepcopy(held) is held
        packed = pickle.dumps(held)
        assert len(packed) < 2000
        assert pickle.loads(packed) == held
    package = sgd.open()
    assert pickle.loads(pickle.dumps(package)) == copy.deepcopy(package) == sgd.open()
    statements = group.statements()
    assert pickle.loads(pickle.dumps(statements)) == copy.deepcopy(statements) == statements
    assert len(pickle.dumps(list(data.events.values()))) < 165 * 200
    again = pickle.loads(pickle.dumps([data, group]))
    assert again[0].groups["syrian-resistance"] is again[1]


def test_two_loads_are_equal_by_content_and_records_are_hashed(data: sgd.Data, base: Path) -> None:
    other = sgd.load()
    assert other is not data
    assert other == data
    assert hash(other) == hash(data)
    assert other.groups["hts"] == data.groups["hts"]
    assert {other.groups["hts"], data.groups["hts"]} == {data.groups["hts"]}
    assert len(set(data.events.values())) == len(data.events)
    assert len(set(data.groups["hts"].statements())) == len(data.groups["hts"].statements())
    assert data.groups["hts"] != data.groups["syrian-resistance"]
    assert data.groups["hts"] != "hts"
    assert sgd.load(base) != data
    table = pq.ParquetFile(base / "tables" / "names.parquet").read()
    renamed = pa.array(["Vale Front" if name == "Valley Front" else name for name in table["name"].to_pylist()])
    before = sgd.load(base)
    put(base, "names", packed(table.set_column(2, "name", renamed)))
    assert sgd.load(base) != before


def test_a_release_in_memory_travels_with_its_tables(base: Path) -> None:
    package = sgd.open(base)
    memory = sgd.Memory({name: package.read(name) for name in package.tables}, package.descriptor)
    data = sgd.Data(memory)
    assert data == package.load()
    assert data.groups["mithal-brigade"].id == "mithal-battalion"
    again = pickle.loads(pickle.dumps(data))
    assert again == data
    assert again.groups["mithal-battalion"] == data.groups["mithal-battalion"]
    assert again.groups["mithal-battalion"].statements() == data.groups["mithal-battalion"].statements()


def test_a_pickle_of_another_release_is_refused(base: Path) -> None:
    packed_group = pickle.dumps(sgd.load(base).groups["valley-front"])
    path = base / "datapackage.json"
    path.write_bytes(sealed(json.loads(path.read_bytes()) | {"version": "0.0.1"}))
    release._opened_again.cache_clear()
    with pytest.raises(sgd.Damaged, match="holds another release"):
        pickle.loads(packed_group)


def _preferred(group: sgd.Group) -> str:
    return str(group.preferred("founded"))


def _label(group: sgd.Group) -> sgd.Group:
    return group


def test_contested_comes_out_of_another_process(data: sgd.Data) -> None:
    group = data.groups["syrian-resistance"]
    with pytest.raises(sgd.Contested) as caught:
        group.preferred("founded")
    again = pickle.loads(pickle.dumps(caught.value))
    assert (str(again), again.statements) == (str(caught.value), caught.value.statements)
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        assert pool.map(_label, [group]) == [group]
        with pytest.raises(sgd.Contested, match="founded of syrian-resistance"):
            pool.apply(_preferred, (group,))


def test_a_message_lists_a_few_of_many_values(data: sgd.Data) -> None:
    one = data.groups["syrian-resistance"].statements("founded")[0]
    assert str(sgd.Contested("x", "founded", [one] * 5000)).endswith("; 4988 more")


def test_a_data_frame_of_records_holds_their_fields(data: sgd.Data) -> None:
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame(data.events.values())
    assert len(frame) == len(data.events)
    assert {"id", "label", "date", "date_earliest", "standing"} <= set(frame.columns)
    assert "data" not in frame
    assert frame.set_index("id").loc["reyhanli-bombings-2013-05-11", "date"] == "2013-05-11"


# --- shapes ---------------------------------------------------------------------------------------


def refused(base: Path) -> bool:
    """Whether a reader is told of a file; nothing but that may happen."""
    try:
        read_all(base)
    except sgd.Damaged as error:
        if ".parquet" in str(error):
            return True
        raise
    return False


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_tables_that_are_wrongly_shaped_are_told_and_never_a_traceback(base: Path, change: Any) -> None:
    """In every column that readers ask for; the key and one of nine of them here, all with SGD_THOROUGH."""
    every = 1 if os.environ.get("SGD_THOROUGH") else 9
    told = 0
    for name in release._RECORDS:
        path, said = base / "tables" / f"{name}.parquet", (base / "datapackage.json").read_bytes()
        good = path.read_bytes()
        table = pq.ParquetFile(path).read()
        for column in dict.fromkeys([table.column_names[0], *table.column_names[len(name) % every :: every]]):
            try:
                data = packed(change(table, column))
            except (pa.ArrowException, NotImplementedError):
                continue
            put(base, name, data)
            told += refused(base)
            path.write_bytes(good)
            (base / "datapackage.json").write_bytes(said)
    print(f"{change.__name__}: {told} told")
    assert told


def test_what_is_wrong_with_a_column_is_said(base: Path) -> None:
    table = pq.ParquetFile(base / "tables" / "groups.parquet").read()
    cases = {
        "the column kind is missing": table.drop_columns(["kind"]),
        "the column kind is there twice": table.append_column("kind", table["kind"]),
        "the column kind should hold text, not int64": table.set_column(3, "kind", pa.array(range(5))),
        "the column kind has empty cells": table.set_column(3, "kind", pa.array([None, *"abcd"])),
    }
    assert table.column_names[3] == "kind"
    for message, wrong in cases.items():
        put(base, "groups", packed(wrong))
        with pytest.raises(sgd.Damaged, match=rf"groups\.parquet.*{message}"):
            list(sgd.load(base).groups.values())


def test_a_file_that_unpacks_to_far_more_than_it_is_is_not_read(base: Path) -> None:
    """300 MB of one text, packed into some kilobytes."""
    table = pq.ParquetFile(base / "tables" / "names.parquet").read()
    long = pa.array(["x" * 300_000] * table.num_rows)
    many = pa.concat_tables([table.set_column(2, "name", long)] * 100)
    put(base, "names", packed(many))
    with pytest.raises(sgd.Damaged, match=r"names\.parquet.* more than 67,108,864"):
        sgd.open(base).read("names")
    with pytest.raises(sgd.Damaged, match=r"names\.parquet"):
        sgd.load(base).search("x")


# --- names ----------------------------------------------------------------------------------------


def test_names_for_editors_are_those_of_the_vocabulary() -> None:
    assert set(get_args(PropertyName)) == set(DEFAULT.terms("properties"))
    assert set(get_args(StandingName)) == set(vocab.STANDINGS)
    assert set(get_args(TableName)) - {"changes"} == {table.table for table in rows.TABLES} - {"changes"}
