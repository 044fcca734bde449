"""Publishing is all or nothing: disks that fail or fill, links, and two builds at once."""

from __future__ import annotations

import errno
import os
import resource
import shutil
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path

import pytest

from syrian_groups_data.commands import main
from syrian_groups_data.files import exchange
from syrian_groups_data.library import release
from tests import kill
from tests.builds import BOTH, NEW, OLD, QUIET, SCRIPT, THOROUGH, WAYS, held, lay, no_strace, strace, told, which
from tests.conftest import ROOT
from tests.lacking import IMPOSSIBLE

# --- failures -------------------------------------------------------------------------------------

# What a disk that is full or broken answers to each call.
ANSWERS = {
    "openat": "ENOSPC", "write": "ENOSPC", "fsync": "EIO", "chmod": "EIO", "fchmodat": "EIO", "mkdir": "ENOSPC",
    "mkdirat": "ENOSPC", "rename": "ENOSPC", "renameat": "ENOSPC", "renameat2": "EIO", "unlinkat": "EIO",
    "rmdir": "EIO",
}  # fmt: skip


@WAYS
@pytest.mark.parametrize("lasting", [False, True], ids=["once", "lasting"])
def test_an_error_at_every_call_leaves_one_build_and_a_true_message(
    traced: Callable[..., list[str]], way: list[str], lasting: bool
) -> None:
    def inject(call: str, n: int) -> list[str]:
        # Lasting only from where it is more than the first failure again.
        if call not in ANSWERS or (lasting and call in ("openat", "write", "chmod")):
            return []
        return ["-e", f"inject={call}:error={ANSWERS[call]}:when={n}{'+' if lasting else ''}"]

    def judge(process: subprocess.CompletedProcess[str], root: Path) -> str:
        if "run it again" in process.stdout:
            # The way back failed too: the message says what stands there, and the next command ends the work.
            assert lasting
            assert process.returncode == 3
            tables = which(held(root), BOTH | {"nothing": {}}, "tables/")
            assert tables == ("new" if "tables/ is new and datapackage.json is not" in process.stdout else "nothing")
            assert ("tables is missing" in process.stdout) == (tables == "nothing")
            exchange.recover(root)
            return which(held(root), BOTH)
        return told(process, root)

    seen = Counter(traced(way, inject, judge))
    assert set(seen) == {"old", "new"}, seen


def test_a_file_system_without_exchange_is_served_by_renames(tmp_path: Path) -> None:
    if why := no_strace():
        pytest.skip(f"{why}: a file system that refuses RENAME_EXCHANGE is not tested")
    lay(tmp_path, OLD)
    command = [*SCRIPT, str(tmp_path), "new"]
    done = strace(tmp_path, command, "-e", "inject=renameat2:error=EINVAL", log=tmp_path / "log")
    assert told(done, tmp_path) == "new"
    assert not (tmp_path / exchange.STAGE).exists()


def test_a_limit_on_file_size_leaves_the_old_build(tmp_path: Path) -> None:
    lay(tmp_path, OLD)
    for size in (0, 1, 700, 4096, 59_999):
        limited = subprocess.run(
            [*SCRIPT, str(tmp_path), "new"], env=QUIET, capture_output=True, text=True, check=False,
            preexec_fn=partial(resource.setrlimit, resource.RLIMIT_FSIZE, (size, size)),
        )  # fmt: skip
        # With nothing to write, the lock file (empty) is made and the first table fails.
        assert told(limited, tmp_path) == "old", size
        assert not (tmp_path / exchange.STAGE).exists()
        assert limited.stdout.startswith(os.strerror(errno.EFBIG))


def unshared(script: str, *args: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    """A shell script in a mount namespace of its own."""
    return subprocess.run(
        ["unshare", "-rm", "sh", "-ec", script, "sh", *args], env={**QUIET, "PYTHONPATH": str(ROOT)}, cwd=cwd,
        capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip


@cache
def no_mounts() -> str:
    """Why nothing can be mounted here."""
    if not shutil.which("unshare"):
        return "unshare is not installed"
    probe = unshared("mount -t tmpfs none /tmp")
    return "" if probe.returncode == 0 else f"{IMPOSSIBLE}nothing may be mounted: {probe.stderr.strip()[:80]}"


@pytest.mark.parametrize("limit", ["size=1.2", "size=1.6", "size=1.9", "nr_inodes=1.5", "nr_inodes=1.7"])
def test_a_full_disk_leaves_the_old_build(tmp_path: Path, limit: str) -> None:
    if why := no_mounts():
        pytest.skip(f"{why}: a full disk is not tested")
    old, disk, out = lay(tmp_path / "old", OLD), tmp_path / "disk", tmp_path / "out"
    what, builds = limit.split("=")
    one = kill.COUNT * 60 << 10 if what == "size" else kill.COUNT + 4
    limit = f"{what}={int(float(builds) * one)}"
    disk.mkdir()
    done = unshared(
        'mount -t tmpfs -o "$1" none "$3"; cp -r "$2"/. "$3"; shift 3; status=0; "$@" || status=$?; '
        f'cp -r "{disk}" "{out}"; exit $status',
        limit, str(old), str(disk), *SCRIPT, str(disk), "new",
    )  # fmt: skip
    assert told(done, out) == "old"
    assert done.stdout.startswith(os.strerror(errno.ENOSPC))
    assert not (out / exchange.STAGE).exists()


def test_a_read_only_target_says_so(example: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if why := no_mounts():
        pytest.skip(f"{why}: a read-only file system is not tested")
    monkeypatch.chdir(example)
    assert main(["build"]) == 0
    old = held(example)
    path = example / "raw" / "places" / "mithal.yml"
    path.write_text(path.read_text().replace("value: Mithal,", "value: Mythal,"))
    done = unshared(
        'mount --bind "$1" "$1"; mount -o remount,ro,bind "$1"; cd "$1"; shift; exec "$@"',
        str(example), sys.executable, "-m", "syrian_groups_data", "build",
    )  # fmt: skip
    assert done.returncode == 3, done.stderr
    assert f"syrian-groups-data: {os.strerror(errno.EROFS)} " in done.stderr
    assert done.stderr.endswith("nothing was changed\n")
    assert done.stdout == ""
    assert held(example) == old


@pytest.mark.parametrize("name", ["tables", "datapackage.json", ".build", ".build.lock"])
def test_a_linked_output_is_refused(
    example: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    elsewhere = lay(tmp_path / "elsewhere", {"tables/a.csv": b"theirs", "file": b"theirs"})
    (example / name).symlink_to(elsewhere / ("tables" if name in ("tables", ".build") else "file"))
    monkeypatch.chdir(example)
    assert main(["build"]) == 3
    assert capsys.readouterr().err == (
        f"syrian-groups-data: {name} is a link; nothing was changed; replace it by a real file or folder\n"
    )
    assert {p.name: p.read_bytes() for p in elsewhere.rglob("*") if p.is_file()} == {
        "a.csv": b"theirs",
        "file": b"theirs",
    }
    assert (example / name).is_symlink()
    assert {path.name for path in example.iterdir()} == {"raw", "documents", name}


@pytest.mark.parametrize("name", ["tables", "datapackage.json"])
def test_an_output_of_the_wrong_kind_is_refused(tmp_path: Path, name: str) -> None:
    """A file where the folder should be, or a folder where the file should be."""
    old = {path: data for path, data in OLD.items() if not path.startswith(name)}
    lay(tmp_path, old | ({"datapackage.json/x": b""} if name == "datapackage.json" else {"tables": b"x"}))
    with pytest.raises(exchange.Environment, match="nothing was changed"):
        exchange.put(tmp_path, NEW, ["tables"])
    assert {path: data for path, data in held(tmp_path).items() if path in OLD} == old


# --- two at once ----------------------------------------------------------------------------------


def test_a_second_build_changes_nothing_and_says_why(
    example: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(example)
    assert main(["build"]) == 0
    capsys.readouterr()
    old = held(example)
    path = example / "raw" / "events" / "mithal-checkpoint-2014-03-02.yml"
    path.write_text(path.read_text().replace("title: Attack", "title: Assault"))
    with subprocess.Popen([*SCRIPT, str(example), "--hold"], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout
        assert other.stdin
        other.stdout.readline()
        assert main(["build"]) == 3
        assert capsys.readouterr().err == (
            "syrian-groups-data: another command is at work here; nothing was changed; wait for it to end\n"
        )
        assert held(example) == old
        other.stdin.close()
        other.wait()
        assert main(["build"]) == 0
    assert held(example) != old


def test_of_many_builds_at_once_each_ends_or_says_that_it_changed_nothing(tmp_path: Path) -> None:
    lay(tmp_path, OLD)
    known = {name: kill.variant(name) for name in ("old", "a", "b", "c")}
    ends = Counter[str]()
    # Whether two meet is chance: as many rounds as it takes, on a machine however loaded.
    rounds = 0
    while rounds < (20 if THOROUGH else 5) or (len(ends) < 2 and rounds < 200):
        rounds += 1
        racers = [
            subprocess.Popen([*SCRIPT, str(tmp_path), name], env=QUIET, stdout=subprocess.PIPE, text=True)
            for name in ("a", "b", "c") * 2
        ]
        for racer in racers:
            text, _ = racer.communicate()
            assert (racer.returncode, text) in (
                (0, "done\n"),
                (3, "another command is at work here; nothing was changed; wait for it to end\n"),
            )
            ends[text] += 1
        assert which(held(tmp_path), known) in ("a", "b", "c")
        assert not (tmp_path / exchange.STAGE).exists()
    assert ends["done\n"] >= 5
    assert len(ends) == 2, "no two builds ever met"


def test_a_reader_never_sees_two_builds(tmp_path: Path) -> None:
    """A package that is opened is of one build while others are put; a build that ends meanwhile is waited for."""
    lay(tmp_path, OLD)
    names = [f"tables/t{i}.parquet" for i in range(kill.COUNT - 1)]
    stop = threading.Event()

    def builder() -> None:
        while not stop.is_set():
            for files in (NEW, OLD):
                exchange.put(tmp_path, files, ["tables"])
                time.sleep(0.05)

    thread = threading.Thread(target=builder)
    thread.start()
    read = 0
    try:
        while read < (5000 if THOROUGH else 500):
            package = release.open(tmp_path)
            files = BOTH[package.descriptor["name"]]
            time.sleep(0.01 * (read % 10 == 0))  # what is built meanwhile changes nothing for who holds a release
            assert all(package._proved(name) == files[name] for name in names)
            read += 1
    finally:
        stop.set()
        thread.join()


def test_a_reader_waits_for_the_descriptor_of_new_tables(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between the exchange and the rename a reader meets new tables under an old descriptor."""
    lay(
        tmp_path,
        NEW | {"datapackage.json": OLD["datapackage.json"], ".build/datapackage.json": NEW["datapackage.json"]},
    )

    def late(seconds: float) -> None:
        staged = tmp_path / ".build" / "datapackage.json"
        if staged.exists():
            os.replace(staged, tmp_path / "datapackage.json")

    monkeypatch.setattr(release.time, "sleep", late)
    assert release.open(tmp_path).descriptor["name"] == "new"
