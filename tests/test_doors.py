"""The doors: nothing is read or written through what only looks like a file, or lies outside."""

from __future__ import annotations

import ast
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import syrian_groups_data as sgd
from syrian_groups_data import files
from syrian_groups_data.files import reading, writing
from syrian_groups_data.model.problem import Environment
from tests.conftest import ROOT
from tests.plants import EACH, HUGE, PLANTS, SECRET, Plant, _sparse, command, outside, replant

pytestmark = pytest.mark.skipif(os.name != "posix", reason="pipes, sockets and links are made as POSIX has them")

# --- reading ----------------------------------------------------------------------------------------


@EACH
def test_the_door_opens_only_a_regular_file_within_its_bound(tmp_path: Path, plant: Plant) -> None:
    (tmp_path / "example").mkdir()
    plant(tmp_path / "example" / "x")
    with pytest.raises(files.Refused) as refused:
        files.read(tmp_path / "example", "x", 1 << 20)
    assert str(tmp_path / "example" / "x") == refused.value.filename


@pytest.mark.parametrize("name", ["../x", "/etc/passwd", "a/../../x", "", ".", "a\0b", "\ud800"])
def test_the_door_leads_nowhere_else(tmp_path: Path, name: str) -> None:
    (tmp_path / "x").write_text(SECRET)
    (tmp_path / "in" / "a").mkdir(parents=True)
    with pytest.raises(files.Refused):
        files.read(tmp_path / "in", name, 100)
    with pytest.raises(Environment):
        files.write(tmp_path / "in", name, b"x")


def test_a_link_on_the_way_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "x").write_text(SECRET)
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a").symlink_to(tmp_path / "out")
    for call in (lambda: files.read(tmp_path / "in", "a/x", 100), lambda: files.listing(tmp_path / "in", "a")):
        with pytest.raises(files.Linked, match="it is a link"):
            call()
    with pytest.raises(Environment, match="nothing was changed"):
        files.write(tmp_path / "in", "a/x", b"")
    assert (tmp_path / "out" / "x").read_text() == SECRET
    assert [each.name for each in (tmp_path / "out").iterdir()] == ["x"]


def test_what_is_put_there_between_the_look_and_the_opening_is_refused_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "secret").write_text(SECRET)
    (tmp_path / "in").mkdir()
    monkeypatch.setattr(reading.Folder, "kind", lambda self, name: files.FILE)
    for plant in (lambda path: path.symlink_to(tmp_path / "secret"), os.mkfifo, lambda path: path.mkdir()):
        replant(tmp_path / "in" / "x", plant)
        with pytest.raises(OSError, match=r"link|pipe|folder|symbolic"):
            files.read(tmp_path / "in", "x", 100)
    monkeypatch.setattr(reading.Folder, "kind", lambda self, name: files.FOLDER)
    (tmp_path / "in" / "y").symlink_to(tmp_path)
    with pytest.raises(OSError, match=r"symbolic|Not a directory"):
        files.read(tmp_path / "in", "y/secret", 100)


def test_a_system_without_handles_of_folders_refuses_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "HANDLES", False)
    (tmp_path / "in" / "a").mkdir(parents=True)
    files.write(tmp_path / "in", "a/x", b"one")
    assert files.read(tmp_path / "in", "a/x", 3) == b"one"
    assert files.listing(tmp_path / "in", "a") == [files.Entry("x", files.FILE)]
    (tmp_path / "in" / "b").symlink_to(tmp_path / "in" / "a")
    (tmp_path / "in" / "a" / "y").symlink_to("x")
    for name in ("b/x", "a/y"):
        with pytest.raises(files.Linked):
            files.read(tmp_path / "in", name, 100)


def test_a_file_may_be_as_large_as_its_bound_and_no_larger(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"12345")
    assert files.read(tmp_path, "x", 5) == b"12345"
    with pytest.raises(files.TooLarge):
        files.read(tmp_path, "x", 4)
    with files.open_file(tmp_path, "x") as file:
        (tmp_path / "x").unlink()  # the handle stays with what was opened
        assert (files.size(file), files.rest(file, tmp_path / "x")) == (5, b"12345")


def test_what_one_command_may_hold_is_a_share_of_the_memory() -> None:
    code = "from syrian_groups_data.files import share; print(share())"
    for limit in (1 << 20, 2 << 20):
        done = subprocess.run(
            ["sh", "-c", f'ulimit -v {limit}; exec "$@"', "sh", sys.executable, "-c", code],
            env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=True,
        )  # fmt: skip
        assert int(done.stdout) == (limit << 10) // 8
    assert 0 < files.share() < HUGE * 100


@EACH
@pytest.mark.parametrize("name", ["datapackage.json", "tables/groups.parquet", "tables/groups.csv"])
def test_a_package_that_holds_something_else_is_refused_at_once(
    built: Path, tmp_path: Path, name: str, plant: Plant
) -> None:
    replant(built / name, plant)
    before = outside(tmp_path)
    done = command(built, "validate", str(built))
    assert done.returncode == 1, done.stderr
    assert name in done.stderr
    if name != "tables/groups.csv":  # which only validate reads
        shown = command(built, "show", "mithal")
        # Without its descriptor the folder is known by its mark still.
        assert (shown.returncode, Path(name).name in shown.stderr) == (1, True), shown.stderr
    assert outside(tmp_path) == before


def test_a_table_is_not_read_beyond_what_the_memory_bears_whatever_is_declared(built: Path) -> None:
    path, descriptor = built / "tables" / "groups.parquet", built / "datapackage.json"
    _sparse(path)
    package = json.loads(descriptor.read_text(encoding="utf-8"))
    for each in package["resources"]:
        if each["path"] == "tables/groups.parquet":
            each["bytes"] = HUGE
    descriptor.write_text(json.dumps(package), encoding="utf-8")
    done = command(built, "validate", str(built))
    assert (done.returncode, "too many for the memory here" in done.stderr) == (1, True), done.stderr
    assert command(built, "show", "mithal").returncode == 1


@EACH
def test_read_of_something_else_is_damage(built: Path, monkeypatch: pytest.MonkeyPatch, plant: Plant) -> None:
    monkeypatch.setattr("syrian_groups_data.library.release._base", lambda: built)
    assert sgd.read("groups").num_rows > 0
    replant(built / "tables" / "groups.parquet", plant)
    with pytest.raises((sgd.Damaged, KeyError)):
        sgd.read("groups")


@EACH
def test_a_document_that_is_none_is_named_and_skipped(built: Path, tmp_path: Path, plant: Plant) -> None:
    plant(built / "documents" / "aaa.txt")
    done = command(built, "verify", "--snapshots", "documents")
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("exact") == 5
    assert ("aaa.txt was not read: it" in done.stderr) == (plant is not PLANTS["folder"])
    shown = command(built, "show", "report:9", "--snapshots", "documents")
    assert "accused the battalion" in shown.stdout


def test_a_document_that_may_not_be_read_does_not_stop_the_others(built: Path) -> None:
    (built / "documents" / "aaa.txt").write_bytes("a".encode("utf-16"))
    (built / "documents" / "bbb.txt").write_bytes(b"a\xff")
    done = command(built, "verify", "--snapshots", "documents")
    assert (done.returncode, done.stdout.count("exact")) == (0, 5)
    assert "aaa.txt was not read: it is UTF-16; save it as UTF-8" in done.stderr
    assert "bbb.txt was not read: it is not UTF-8" in done.stderr


@pytest.mark.parametrize("name", [name for name in PLANTS if name != "link"])  # a link to the text means the text
def test_a_snapshot_that_is_no_file_is_refused(example: Path, name: str) -> None:
    PLANTS[name](example / "x.txt")
    done = command(example, "segment", "x.txt", "--key", "xx")
    assert (done.returncode, "x.txt: " in done.stderr) == (2, True), done.stderr
    assert not (example / "raw" / "sources" / "xx.csv").exists()


AUTHORED = ["groups/extra.yml", "groups/extra.jsonl", "sources/extra.csv", "redirects.yml", "sources", "groups"]


@pytest.mark.parametrize(
    ("name", "plant"),
    [(name, plant) for name in AUTHORED for plant in PLANTS if plant != "folder" or "." in name],
)
def test_what_is_authored_is_real_files(example: Path, tmp_path: Path, name: str, plant: str) -> None:
    replant(example / "raw" / name, PLANTS[plant])
    before = outside(tmp_path)
    done = command(example, "check")
    assert done.returncode == 1
    assert f"raw/{name}:1:1: " in done.stderr
    assert "unreadable" in done.stderr or "file-too-large" in done.stderr
    assert outside(tmp_path) == before


@EACH
def test_a_citation_file_is_a_real_file(example: Path, plant: Plant) -> None:
    plant(example / "CITATION.cff")
    done = command(example, "build")
    assert done.returncode in (1, 3)
    assert "CITATION.cff" in done.stderr
    assert not (example / "tables").exists()


# --- writing ----------------------------------------------------------------------------------------


@EACH
@pytest.mark.parametrize("name", ["xx.csv", ".xx.csv"])
def test_segment_writes_through_nothing(example: Path, tmp_path: Path, name: str, plant: Plant) -> None:
    target = example / "raw" / "sources" / name
    plant(target)
    mode, before = target.lstat().st_mode, outside(tmp_path)
    done = command(
        example, "segment", "documents/report.txt", "--key", "xx", "--language", "en", "--from", "0", "--to", "60"
    )
    if name == ".xx.csv":
        assert done.returncode == 0, done.stderr
        assert (example / "raw" / "sources" / "xx.csv").read_text().startswith("number,")
    else:
        # Whatever stands there is told as what it is, and left alone.
        assert (done.returncode, "xx.csv" in done.stderr) == (1, True), done.stderr
    assert target.lstat().st_mode == mode
    assert outside(tmp_path) == before
    there = {path.name for path in (example / "raw" / "sources").iterdir()}
    assert {each for each in there if each.startswith(".")} <= {".xx.csv"}


def test_segment_does_not_leave_its_folder_by_a_link(example: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    shutil.rmtree(example / "raw" / "sources")
    (example / "raw" / "sources").symlink_to(tmp_path / "out")
    done = command(
        example, "segment", "documents/report.txt", "--key", "xx", "--language", "en", "--from", "0", "--to", "60"
    )
    assert (done.returncode, "raw/sources: it is a link" in done.stderr) == (3, True)
    assert list((tmp_path / "out").iterdir()) == []


def test_a_write_that_fails_leaves_the_old_file_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files.write(tmp_path, "x", b"old")
    (tmp_path / "x").chmod(0o640)

    def full(*args: Any, **more: Any) -> None:
        raise OSError(28, os.strerror(28))

    for call in ("fsync", "replace"):
        with monkeypatch.context() as instead:
            instead.setattr(writing.os, call, full)
            with pytest.raises(Environment, match=r"No space left on device .*; nothing was changed"):
                files.write(tmp_path, "x", b"new")
        assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("x", b"old")]
    with monkeypatch.context() as instead:
        instead.setattr(writing.os, "fsync", lambda handle: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            files.write(tmp_path, "x", b"new")
    assert [path.name for path in tmp_path.iterdir()] == ["x"]
    files.write(tmp_path, "x", b"new")
    assert ((tmp_path / "x").read_bytes(), (tmp_path / "x").stat().st_mode & 0o777) == (b"new", 0o640)


# --- nothing else opens a file ------------------------------------------------------------------------

TOUCHES = {
    "open", "fdopen", "read_bytes", "read_text", "write_bytes", "write_text", "iterdir", "glob", "rglob", "scandir",
    "listdir", "walk", "exists", "is_file", "is_dir", "is_symlink", "lstat", "unlink", "rmdir", "rmtree", "mkdir",
    "makedirs", "touch", "symlink_to", "hardlink_to", "rename", "copyfile", "copytree", "copyfileobj", "chmod",
    "stat", "readlink", "samefile", "truncate", "move", "symlink", "link", "mkfifo", "lexists", "isfile", "isdir", "getsize",
    "connect_ex", "urlopen", "urlretrieve", "Popen", "check_output", "memory_map", "OSFile", "read_table", "mkstemp", "mkdtemp", "NamedTemporaryFile", "TemporaryDirectory",
}  # fmt: skip
PLAIN = {"open"}


# What looks at the package's own files: templates and assets.
OWN = {
    "commands/init.py": {"rglob", "is_file"},
    "site/frame.py": {"read_text"},
    "site/render.py": {"rglob", "is_file", "read_bytes"},
}


def _ours(tree: ast.Module) -> bool:
    """Whether the module means by `open` that of the library: a release, not a file."""
    return any(
        (isinstance(node, ast.FunctionDef) and node.name == "open")
        or (isinstance(node, ast.ImportFrom) and node.module == "library" and any(a.name == "open" for a in node.names))
        for node in ast.walk(tree)
    )  # fmt: skip


def touches(source: str) -> Iterator[tuple[int, str]]:
    """Calls in a module by which a file is opened, listed, looked at, written or deleted."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = node.func
            if (
                isinstance(called, ast.Attribute)
                and isinstance(called.value, ast.Name)
                and called.value.id == "library"
            ):
                continue
            if isinstance(called, ast.Name) and called.id in PLAIN and not _ours(tree):
                yield node.lineno, called.id
            if isinstance(called, ast.Attribute) and called.attr in TOUCHES | {"replace"}:
                of_os = isinstance(called.value, ast.Name) and called.value.id in ("os", "shutil", "io")
                if called.attr != "replace" or of_os:
                    yield node.lineno, called.attr


def test_only_the_doors_open_a_file() -> None:
    package = ROOT / "syrian_groups_data"
    modules = {path.relative_to(package).as_posix(): path for path in sorted(package.rglob("*.py"))}
    found = [
        (name, line, called)
        for name, path in modules.items()
        if not name.startswith("files/")
        for line, called in touches(path.read_text(encoding="utf-8"))
        if called not in OWN.get(name, ())
    ]
    assert found == []


def test_a_file_that_is_opened_elsewhere_is_seen() -> None:
    for line in ("open('x')", "p.open()", "os.open('x', 0)", "p.read_bytes()", "os.replace(a, b)", "p.exists()"):
        assert list(touches(f"def f():\n    {line}\n")), line
    assert not list(touches("'a'.replace('b', 'c'); files.read(a, b, 1)"))
