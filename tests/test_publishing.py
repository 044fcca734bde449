"""Old output complete or new output complete, whatever stops a build, and a message that is true.

With SGD_THOROUGH=1 the full numbers: more kills, and real builds of the example at every write call.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import random
import re
import resource
import shutil
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path

import pytest

from syrian_groups_data.__main__ import main
from syrian_groups_data.author import load
from syrian_groups_data.flatten import flatten
from syrian_groups_data.publish import Release, exchange, render
from syrian_groups_data.release import Damaged, verified
from tests import kill
from tests.conftest import ROOT, Run

THOROUGH = bool(os.environ.get("SGD_THOROUGH"))
KILLS = 2000 if THOROUGH else 200
SCRIPT = [sys.executable, str(Path(kill.__file__))]
QUIET = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "PYTHONHASHSEED": "0"}
WAYS = pytest.mark.parametrize("way", [[], ["--renames"]], ids=["exchange", "renames"])

Files = dict[str, bytes]
OLD, NEW = kill.variant("old"), kill.variant("new")
BOTH = {"old": OLD, "new": NEW}


def lay(root: Path, files: Files) -> Path:
    """Files as an earlier build left them."""
    for name, data in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(data)
    return root


def held(root: Path) -> Files:
    """What stands in a folder as output."""
    found = {f"tables/{path.name}": path.read_bytes() for path in (root / "tables").glob("*")}
    descriptor = root / "datapackage.json"
    return found | ({"datapackage.json": descriptor.read_bytes()} if descriptor.is_file() else {})


def which(files: Files, known: dict[str, Files], part: str = "") -> str:
    """Name of the build that files (or those below `part`) are, wholly."""
    files = {name: data for name, data in files.items() if name.startswith(part)}
    for name, build in known.items():
        if files == {path: data for path, data in build.items() if path.startswith(part)}:
            return name
    owners = {path: [name for name, build in known.items() if build.get(path) == data] for path, data in files.items()}
    return f"mixed: {owners}"


def after_a_kill(root: Path, known: dict[str, Files]) -> str:
    """Which build is in place once the next command has run; tables/ is never mixed, not even before."""
    before = which(held(root), known, "tables/")
    assert before in known, before
    exchange.recover(root)
    files = held(root)
    after = which(files, known)
    assert after in known, after
    assert exchange.matches(root, files["datapackage.json"])
    assert not (root / exchange.STAGE).exists()
    return after


def told(process: subprocess.CompletedProcess[str], root: Path, known: dict[str, Files] = BOTH) -> str:
    """Which build is in place, after exit status and message were found to be true."""
    text = process.stdout + process.stderr
    found = which(held(root), known)
    assert found in known, f"{text}\n{found}"
    if process.returncode == 0:
        assert found == "new", text
    else:
        assert process.returncode == 3, text
        assert "Traceback" not in text
        assert len(text.splitlines()) == 1
        assert ("nothing was changed" in text) == (found == "old"), text
        assert ("is in place" in text) == (found == "new"), text
    return found


# --- killed ---------------------------------------------------------------------------------------


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here: kills at random moments are not tested")
def test_a_kill_at_a_random_moment_leaves_one_build(tmp_path: Path) -> None:
    rng, seen, halfway = random.Random(1), Counter[str](), 0
    lay(tmp_path, OLD)
    began = time.perf_counter()
    exchange.put(tmp_path, NEW)
    took = time.perf_counter() - began
    last = "new"
    with subprocess.Popen(
        [*SCRIPT, str(tmp_path), "--loop", "old", "new"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as helper:
        assert helper.stdin
        assert helper.stdout
        for _ in range(KILLS):
            first = "old" if last == "new" else "new"
            print(f"{rng.uniform(0, 2.5 * took):.6f} {first}", file=helper.stdin, flush=True)
            helper.stdout.readline()
            halfway += (tmp_path / exchange.STAGE).exists()
            last = after_a_kill(tmp_path, BOTH)
            seen[last] += 1
    assert halfway > KILLS / 4, "too few kills fell into a put to prove anything"
    assert min(seen["old"], seen["new"]) > KILLS / 10, seen


CALLS = "openat,write,fsync,chmod,fchmodat,mkdir,mkdirat,rename,renameat,renameat2,unlink,unlinkat,rmdir,flock"


def strace(
    root: Path, command: list[str], *options: str, log: Path, cwd: Path | None = None
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["strace", "-f", "-qq", "-o", str(log), "-e", f"trace={CALLS}", *options, *command],
        env={**QUIET, "PYTHONPATH": str(ROOT)}, cwd=cwd, capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip


@cache
def no_strace() -> str:
    """Why calls cannot be traced here."""
    if not shutil.which("strace"):
        return "strace is not installed"
    probe = subprocess.run(
        ["strace", "-qq", "-e", "inject=rmdir:signal=SIGKILL", "true"], capture_output=True, text=True, check=False
    )
    return "" if probe.returncode == 0 else f"strace may not trace: {probe.stderr.strip()[:80]}"


def calls(log: Path, root: Path) -> list[tuple[str, int]]:
    """Every call of a traced run after it first touched the folder, by name and ordinal, as `when=` counts them."""
    counts, found, begun = Counter[str](), [], False
    for line in log.read_text(errors="replace").splitlines():
        if match := re.match(r"\d+ +(\w+)\(", line):
            counts[match[1]] += 1
            begun = begun or f'"{root}/.build' in line
            if begun:
                found.append((match[1], counts[match[1]]))
    return found


@pytest.fixture
def traced(tmp_path: Path) -> Callable[..., list[str]]:
    """Run put once for each call it makes, each time with something injected there, and judge the folder."""
    if why := no_strace():
        pytest.skip(f"{why}: what happens at each single system call is not tested")

    def sweep(
        way: list[str], inject: Callable[[str, int], list[str]], judge: Callable[..., str], old: Files = OLD
    ) -> list[str]:
        first = lay(tmp_path / "first", old)
        strace(first, [*SCRIPT, str(first), *way, "new"], log=tmp_path / "first.log")
        assert which(held(first), BOTH) == "new"
        points = [(call, n) for call, n in calls(tmp_path / "first.log", first) if inject(call, n)]

        def one(call: str, n: int) -> str:
            root = lay(tmp_path / f"{call}{n}", old)
            process = strace(root, [*SCRIPT, str(root), *way, "new"], *inject(call, n), log=tmp_path / f"{call}{n}.log")
            try:
                return judge(process, root)
            except AssertionError as error:
                raise AssertionError(f"at {call} {n} of {points}: {error}") from error

        with ThreadPoolExecutor(os.cpu_count()) as pool:
            return list(pool.map(one, *zip(*points, strict=True)))

    return sweep


@WAYS
def test_a_kill_at_every_call_leaves_one_build(traced: Callable[..., list[str]], way: list[str]) -> None:
    def inject(call: str, n: int) -> list[str]:
        return ["-e", f"inject={call}:signal=SIGKILL:when={n}"]

    def judge(process: subprocess.CompletedProcess[str], root: Path) -> str:
        assert process.returncode == -9
        if way and not (root / "tables").exists():  # the moment between two renames, which recover ends
            assert (root / exchange.STAGE).is_dir()
            exchange.recover(root)
        return after_a_kill(root, BOTH)

    seen = Counter(traced(way, inject, judge))
    assert min(seen["old"], seen["new"]) > 5, seen


def test_a_kill_of_the_first_build_leaves_none_or_all(traced: Callable[..., list[str]]) -> None:
    def inject(call: str, n: int) -> list[str]:
        return ["-e", f"inject={call}:signal=SIGKILL:when={n}"]

    def judge(process: subprocess.CompletedProcess[str], root: Path) -> str:
        assert process.returncode == -9
        exchange.recover(root)
        found = which(held(root), {"nothing": {}, "new": NEW})
        assert found in ("nothing", "new"), found
        return found

    assert set(traced([], inject, judge, {})) == {"nothing", "new"}


def test_what_a_descriptor_does_not_name_is_not_mixed_either(tmp_path: Path) -> None:
    """Killed before the exchange, a build that differs only in codebook, pictures and version must not be ended."""
    corpus = load(ROOT / "tests" / "example" / "raw")
    files = render(flatten(corpus), Release(version="1.0.0"), corpus.redirects)
    other = render(flatten(corpus), Release(version="1.0.1"), corpus.redirects)
    other["tables/README.md"] += b"\n"
    package = json.loads(other["datapackage.json"])
    for each in package["resources"]:
        data = other[each["path"]]
        each |= {"bytes": len(data), "hash": f"sha256:{hashlib.sha256(data).hexdigest()}"}
    other["datapackage.json"] = json.dumps(package).encode()
    lay(tmp_path, files)
    lay(tmp_path / exchange.STAGE, other)
    exchange.recover(tmp_path)
    assert which(held(tmp_path), {"old": files, "new": other}) in ("old", "new")


@pytest.mark.parametrize("call", ["fsync", "renameat2", "rename", "unlinkat"] if THOROUGH else ["rename"])
def test_a_killed_build_is_ended_by_the_next_command(
    example: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Run, call: str
) -> None:
    if why := no_strace():
        pytest.skip(f"{why}: a kill of the real command at {call} is not tested")
    monkeypatch.chdir(example)
    assert main(["build"]) == 0
    old = held(example)
    path = example / "raw" / "places" / "mithal.yml"
    path.write_text(path.read_text().replace("value: Mithal,", "value: Mythal,"))
    command = [sys.executable, "-m", "syrian_groups_data", "build"]
    twin = shutil.copytree(example, tmp_path / "twin")
    monkeypatch.chdir(twin)
    assert main(["build"]) == 0
    known = {"old": old, "new": held(twin)}
    log = tmp_path / "log"
    process = strace(example, command, "-e", f"inject={call}:signal=SIGKILL:when=1", log=log, cwd=example)
    assert process.returncode == -9
    assert which(held(example), known, "tables/") == ("old" if call in ("fsync", "renameat2") else "new")
    after = run(example, "validate")
    assert after.returncode == 0, after.stderr
    assert which(held(example), known) == ("old" if call in ("fsync", "renameat2") else "new")
    assert not (example / exchange.STAGE).exists()


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
        # Our own printing would fail too if writing failed for good.
        if call not in ANSWERS or (lasting and call in ("openat", "write", "chmod")):
            return []
        return ["-e", f"inject={call}:error={ANSWERS[call]}:when={n}{'+' if lasting else ''}"]

    def judge(process: subprocess.CompletedProcess[str], root: Path) -> str:
        if process.stderr:  # `done` could not be printed
            assert process.stdout in ("", "done")
            return which(held(root), BOTH)
        if "build again" in process.stdout:
            # The way back failed too: the message says what stands there, and the next command ends the work.
            assert lasting
            assert process.returncode == 3
            tables = which(held(root), BOTH | {"nothing": {}}, "tables/")
            assert tables == ("new" if "tables/ is new and datapackage.json is not" in process.stdout else "nothing")
            assert ("tables/ is missing" in process.stdout) == (tables == "nothing")
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
            preexec_fn=lambda size=size: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size)),
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
    return "" if probe.returncode == 0 else f"nothing may be mounted: {probe.stderr.strip()[:80]}"


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
    assert done.stderr.startswith(f"syrian-groups-data: {os.strerror(errno.EROFS)} ")
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
        exchange.put(tmp_path, NEW)
    assert {path: data for path, data in held(tmp_path).items() if path in OLD} == old


# --- two at once ----------------------------------------------------------------------------------


def test_a_second_build_changes_nothing_and_says_why(
    example: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(example)
    assert main(["build"]) == 0
    capsys.readouterr()
    old = held(example)
    path = example / "raw" / "places" / "mithal.yml"
    path.write_text(path.read_text().replace("value: Mithal,", "value: Mythal,"))
    with subprocess.Popen([*SCRIPT, str(example), "--hold"], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout
        assert other.stdin
        other.stdout.readline()
        assert main(["build"]) == 3
        assert capsys.readouterr().err == (
            "syrian-groups-data: another build is at work here; nothing was changed; wait for it to end\n"
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
    for _ in range(20 if THOROUGH else 5):
        racers = [
            subprocess.Popen([*SCRIPT, str(tmp_path), name], env=QUIET, stdout=subprocess.PIPE, text=True)
            for name in ("a", "b", "c") * 2
        ]
        for racer in racers:
            text, _ = racer.communicate()
            assert (racer.returncode, text) in (
                (0, "done\n"),
                (3, "another build is at work here; nothing was changed; wait for it to end\n"),
            )
            ends[text] += 1
        assert which(held(tmp_path), known) in ("a", "b", "c")
        assert not (tmp_path / exchange.STAGE).exists()
    assert ends["done\n"] >= 5
    assert len(ends) == 2, "no two builds ever met"


def test_a_reader_never_sees_two_builds(tmp_path: Path) -> None:
    """`verified` returns one build while others are put; a build that ends meanwhile is waited for."""
    lay(tmp_path, OLD)
    names = tuple(f"t{i}" for i in range(kill.COUNT - 1))
    stop = threading.Event()

    def builder() -> None:
        while not stop.is_set():
            for files in (NEW, OLD):
                exchange.put(tmp_path, files)
                time.sleep(0.05)

    thread = threading.Thread(target=builder)
    thread.start()
    read = 0
    try:
        until = time.monotonic() + (30 if THOROUGH else 3)
        while time.monotonic() < until:
            package, found = verified(tmp_path, names)
            assert found == {name: BOTH[package["name"]][f"tables/{name}.parquet"] for name in names}
            read += 1
    finally:
        stop.set()
        thread.join()
    assert read > 100


def test_a_reader_waits_for_the_descriptor_of_new_tables(tmp_path: Path) -> None:
    """Between the exchange and the rename a reader meets new tables under an old descriptor."""
    lay(
        tmp_path,
        NEW | {"datapackage.json": OLD["datapackage.json"], ".build/datapackage.json": NEW["datapackage.json"]},
    )
    late = threading.Timer(
        0.03, lambda: os.replace(tmp_path / ".build" / "datapackage.json", tmp_path / "datapackage.json")
    )
    late.start()
    try:
        package, _ = verified(tmp_path, ("t0",))
    except Damaged as error:  # pragma: no cover
        pytest.fail(f"a build in its last step was taken for damage: {error}")
    finally:
        late.join()
    assert package["name"] == "new"
