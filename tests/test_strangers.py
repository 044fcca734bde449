"""Folders of others: nothing that is not ours is swept, recovered or replaced."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest

from syrian_groups_data import files
from syrian_groups_data.commands import site
from syrian_groups_data.commands.project import Usage
from syrian_groups_data.files import exchange
from syrian_groups_data.model.problem import Environment
from tests.conftest import ROOT
from tests.lacking import IMPOSSIBLE
from tests.plants import EACH, HUGE, PLANTS, Plant, command, lay, outside, replant, tree
from tests.test_failures import no_mounts, unshared

pytestmark = pytest.mark.skipif(os.name != "posix", reason="pipes, sockets and links are made as POSIX has them")

# --- folders of others ------------------------------------------------------------------------------


FOREIGN = {
    ".build/debug/app": "theirs",
    ".build/datapackage.json": '{"resources": []}',
    ".build/checkouts/x": "theirs",
    "raw/photo.raw": "theirs",
    "tables/events.csv": "theirs",
    "datapackage.json": '{"name": "theirs", "resources": []}',
}
COMMANDS = [
    ("check",), ("build",), ("build", "--check"), ("segment", "x", "--key", "y"), ("coverage",), ("show", "syria"),
    ("search", "syria"), ("validate",), ("--version",), ("verify", "--snapshots", "raw"),
]  # fmt: skip


@pytest.mark.parametrize("given", COMMANDS, ids=" ".join)
@pytest.mark.parametrize("below", [".", "a/b"])
def test_no_command_touches_a_folder_of_others(tmp_path: Path, given: tuple[str, ...], below: str) -> None:
    folder = lay(tmp_path / "example", FOREIGN | {"a/b/x": ""})
    before = tree(tmp_path)
    done = command(folder / below, *(arg if arg != "raw" else str(folder / "raw") for arg in given))
    assert tree(tmp_path) == before
    if given[0] in ("check", "build", "segment"):
        assert (done.returncode, "has a project.yml" in done.stderr) == (2, True)
    elif given != ("--version",):
        assert done.stderr.startswith("syrian-groups-data: no project in this folder or above it; what follows is from")


@pytest.mark.parametrize(
    "there",
    [
        {"tables/events.csv": "theirs"},
        {"datapackage.json": FOREIGN["datapackage.json"]},
        {"datapackage.json": '{"name": "syrian-groups-data", "resources": [{"path": "../x"}]}'},
        {"tables/events.csv": "theirs", "datapackage.json": "<<<<<<<"},
        {".build/debug/app": "theirs"},
        {".build/tables/x": "theirs"},
    ],
    ids=str,
)
@pytest.mark.parametrize("how", ["inside", "--root"])
def test_build_replaces_nothing_that_it_did_not_build(example: Path, there: dict[str, str], how: str) -> None:
    lay(example, there)
    if how == "--root":
        (example / "raw" / "project.yml").unlink()
    before = tree(example)
    done = command(example, "build") if how == "inside" else command(ROOT, "build", "--root", str(example))
    assert (done.returncode, "nothing was changed" in done.stderr, "away" in done.stderr) == (3, True, True), (
        done.stderr
    )
    after = tree(example)
    assert after.pop(".build.lock", b"") == b""
    assert after == before


def test_build_keeps_a_file_of_somebody_among_its_tables(built: Path) -> None:
    (built / "tables" / "notes.xlsx").write_text("theirs")
    done = command(built, "build")
    assert (done.returncode, "tables/notes.xlsx is not of this project" in done.stderr) == (3, True)
    assert (built / "tables" / "notes.xlsx").read_text() == "theirs"


def test_a_corpus_without_records_builds_nothing(built: Path) -> None:
    before = tree(built / "tables")
    for path in (built / "raw").iterdir():
        if path.name != "project.yml":
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    done = command(built, "build")
    assert (done.returncode, "holds no records; nothing was written" in done.stderr) == (1, True)
    assert tree(built / "tables") == before


def test_a_folder_that_1_0_0_built_is_known_by_its_descriptor(built: Path) -> None:
    (built / "raw" / "project.yml").unlink()
    path = built / "datapackage.json"
    package = json.loads(path.read_text(encoding="utf-8")) | {"name": "syrian-groups-data"}
    path.write_text(json.dumps(package), encoding="utf-8")
    assert command(built, "check").returncode == 0
    assert command(built, "build").returncode == 0
    path.write_text(json.dumps(package | {"name": "theirs"}), encoding="utf-8")
    assert command(built, "check").returncode == 2
    assert command(ROOT, "check", "--root", str(built)).returncode == 0


@pytest.mark.parametrize("text", ["", "title: x\n", "name:\n", "name: [a]\n", "# name: x\n", "x:\n  name: y\n"])
def test_a_mark_without_a_name_is_none(tmp_path: Path, text: str) -> None:
    lay(tmp_path, {"raw/project.yml": text})
    assert not files.marked(tmp_path)
    for good in ("name: my-data\n", 'languages: [en]\nname: "my-data" # ours\n'):
        lay(tmp_path, {"raw/project.yml": good})
        assert files.marked(tmp_path)


@EACH
def test_a_mark_is_a_real_file(tmp_path: Path, plant: Plant) -> None:
    folder = lay(tmp_path / "example", {"raw/x": ""})
    plant(folder / "raw" / "project.yml")
    assert command(folder, "check").returncode == 2


# --- .build -----------------------------------------------------------------------------------------


@EACH
@pytest.mark.parametrize(
    "name", [".build", ".build/.staged.json", ".build/datapackage.json", ".build/tables", ".build.lock"]
)
def test_a_stage_of_something_else_harms_nobody(built: Path, tmp_path: Path, name: str, plant: Plant) -> None:
    if "/" in name:
        lay(built, {f".build/{exchange.SIGN}": ""})
    replant(built / name, plant)
    before, tables = outside(tmp_path), tree(built / "tables")
    shown = command(built, "show", "mithal")
    assert (shown.returncode, tree(built / "tables")) == (0, tables), shown.stderr
    done = command(built, "build")
    if done.returncode:
        assert (done.returncode, "nothing was changed" in done.stderr) == (3, True)
        assert name in (".build", ".build.lock")
    assert (outside(tmp_path), tree(built / "tables")) == (before, tables)


def staged(root: Path, units: Any) -> None:
    lay(root, {f".build/{exchange.SIGN}": "", f".build/{exchange.LIST}": json.dumps({"units": units})})


HASH = hashlib.sha256(b"x").hexdigest()


@pytest.mark.parametrize(
    "units",
    [
        [{"path": "/dev/zero", "is_folder": False, "files": {"/dev/zero": [1, HASH]}}],
        [{"path": "../victim", "is_folder": False, "files": {"../victim": [1, HASH]}}],
        [{"path": "tables", "is_folder": True, "files": {"../victim": [1, HASH]}}],
        [{"path": "tables", "is_folder": True, "files": {"tables/zero": [HUGE, HASH]}}],
        [{"path": "tables", "is_folder": True, "files": {}}],
        [{"path": "tables", "is_folder": True, "files": {"tables/zero": [-1, None]}}],
        [{"path": ".build", "is_folder": True, "files": {".build/x": [1, HASH]}}],
        [{"path": 1}],
        "[" * 1000,
        {"resources": [{"path": "/dev/zero", "hash": "x"}]},
        None,
    ],
    ids=str,
)
def test_a_list_that_no_build_wrote_is_swept_and_not_followed(built: Path, tmp_path: Path, units: Any) -> None:
    lay(tmp_path, {"victim": "x"})
    staged(built, units)
    (built / "tables" / "zero").symlink_to("/dev/zero")
    lay(built, {".build/victim": "y", ".build/tables/x": "y"})
    before, tables = outside(tmp_path), tree(built / "tables")
    assert command(built, "show", "mithal").returncode == 0
    assert (outside(tmp_path), tree(built / "tables")) == (before, tables)
    assert not (built / ".build").exists()


def test_files_and_folders_are_put_together_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = {"raw/sources/a.csv": "old", "raw/sources/a.yml": "old", "raw/sources/b.csv": "kept", "site/x": "old"}
    lay(tmp_path, old)
    new = {"raw/sources/a.csv": b"new", "raw/sources/a.yml": b"new", "site/y": b"new", "further/c": b"new"}
    real, calls = os.replace, []

    def fail(*args: Any, **more: Any) -> None:
        calls.append(args)
        raise OSError(28, os.strerror(28))

    for only in (["raw/sources/a.csv", "raw/sources/a.yml"], ["site/y", "further/c", "raw/sources/a.yml"]):
        some = {name: new[name] for name in only}
        with monkeypatch.context() as instead:
            instead.setattr(exchange.os, "replace", fail)
            with pytest.raises(Environment, match="nothing was changed"):
                exchange.put(tmp_path, some, ["site"] if "site/y" in some else [])
        assert {path: text for path, text in _texts(tmp_path).items() if path != ".build.lock"} == old
        assert not (tmp_path / "further").exists()
    assert calls
    assert os.replace is real
    exchange.put(tmp_path, new, ["site"])
    found = _texts(tmp_path)
    assert {path: text for path, text in found.items() if path != ".build.lock"} == {
        "raw/sources/b.csv": "kept",
        **{name: data.decode() for name, data in new.items()},
    }


def _texts(root: Path) -> dict[str, str]:
    return {str(path.relative_to(root)): path.read_text() for path in root.rglob("*") if path.is_file()}


def test_a_folder_in_the_lower_layer_of_an_overlay_is_replaced(tmp_path: Path) -> None:
    if why := no_mounts():
        pytest.skip(f"{why}: an overlay is not tested")
    lower = tmp_path / "lower"
    lay(lower, {"tables/a.csv": "old", "tables/b.csv": "old", "datapackage.json": "old"})
    for name in ("upper", "work", "merged"):
        (tmp_path / name).mkdir()
    code = (
        "from pathlib import Path; from syrian_groups_data.files.exchange import put;"
        "put(Path('merged'), {'tables/a.csv': b'new', 'datapackage.json': b'new'}, ['tables'])"
    )
    mount = "mount -t overlay overlay -o lowerdir=lower,upperdir=upper,workdir=work,userxattr merged"
    done = unshared(
        f'{mount} || exit 77; "$@"; cd merged; head tables/* datapackage.json; ls -A . .build*',
        sys.executable,
        "-c",
        code,
        cwd=tmp_path,
    )
    if done.returncode == 77:
        pytest.skip(f"{IMPOSSIBLE}no overlay may be mounted: {done.stderr}")
    assert "b.csv" not in done.stdout
    assert (done.stdout.count("new"), "old" in done.stdout, done.stderr) == (2, False, "")


# --- a site -----------------------------------------------------------------------------------------


def test_a_site_takes_nothing_of_others_in_and_away(built: Path, tmp_path: Path) -> None:
    theirs = lay(tmp_path / "theirs", {"secret": "kept-secret"})
    (built / "METHODOLOGY.md").symlink_to(theirs / "secret")
    lay(
        tmp_path,
        {".out.new/site.json": '{"generator": "syrian-groups-data site", "files": {}}', ".out.new/x": "theirs"},
    )
    before = tree(theirs), tree(tmp_path / ".out.new")
    for _ in range(2):
        assert command(built, "site", str(tmp_path / "out")).returncode == 0
    assert (tree(theirs), tree(tmp_path / ".out.new")) == before
    assert not any(b"kept-secret" in path.read_bytes() for path in (tmp_path / "out").rglob("*") if path.is_file())
    assert {path.name for path in tmp_path.iterdir()} == {"example", "theirs", "out", ".out.new"}


@pytest.mark.parametrize("name", ["made/site.json", "made/index.html", "made"])
@EACH
def test_a_site_goes_through_nothing(example: Path, tmp_path: Path, name: str, plant: Plant) -> None:
    mark = {"generator": "syrian-groups-data site", "files": {"index.html": hashlib.sha256(b"x").hexdigest()}}
    lay(example, {"made/site.json": json.dumps(mark), "made/index.html": "x"})
    site.free(example / "made")
    replant(example / name, plant)
    before = outside(tmp_path), tree(example / "raw")
    if plant is PLANTS["folder"] and name == "made":
        site.free(example / "made")  # it is empty
    else:
        with pytest.raises(Usage, match="made"):
            site.free(example / "made")
    assert (outside(tmp_path), tree(example / "raw")) == before


def test_a_page_that_somebody_changed_is_kept(built: Path) -> None:
    assert command(built, "site", "made").returncode == 0
    (built / "made" / "index.html").write_text("mine")
    done = command(built, "site", "made")
    assert (done.returncode, "index.html" in done.stderr) == (2, True)
    assert (built / "made" / "index.html").read_text() == "mine"
    assert command(built / "made", "site", ".", "--package", str(built)).returncode == 2
