"""Two builds that differ, and what the tests of publishing ask of a folder after something went wrong."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path

import pytest

from syrian_groups_data.files import exchange
from tests import kill
from tests.conftest import ROOT
from tests.lacking import IMPOSSIBLE

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
    assert _matches(files)
    assert not (root / exchange.STAGE).exists()
    return after


def _matches(files: Files) -> bool:
    """Whether every resource of the descriptor is there, byte for byte."""
    resources = json.loads(files["datapackage.json"])["resources"]
    return all(each["hash"] == f"sha256:{hashlib.sha256(files[each['path']]).hexdigest()}" for each in resources)


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


CALLS = "openat,write,fsync,chmod,fchmodat,mkdir,mkdirat,rename,renameat,renameat2,unlink,unlinkat,rmdir,flock"


def strace(
    root: Path, command: list[str], *options: str, log: Path, cwd: Path | None = None
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["strace", "-f", "-qq", "-o", str(log), "-e", f"trace={CALLS}", *options, *command],
        env={**QUIET, "PYTHONPATH": str(ROOT)}, cwd=cwd, capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip


def on_paths_of(root: Path) -> list[str]:
    """Options that trace, and count for `when=`, only calls on what a put touches.

    How many files an interpreter opens before that differs from run to run: another process may write a .pyc.
    """
    stage = root / exchange.STAGE
    names = {"", "tables", *OLD, *NEW}
    own = {stage / exchange.SIGN, stage / exchange.LIST, stage / "tables.old"}
    paths = {root / exchange.LOCK, *own, *(base / name for base in (root, stage) for name in names)}
    return [word for path in sorted(paths) for word in ("-P", str(path))]


@cache
def no_strace() -> str:
    """Why calls cannot be traced here."""
    if not shutil.which("strace"):
        return "strace is not installed"
    probe = subprocess.run(
        ["strace", "-qq", "-e", "inject=rmdir:signal=SIGKILL", "true"], capture_output=True, text=True, check=False
    )
    return "" if probe.returncode == 0 else f"{IMPOSSIBLE}strace may not trace: {probe.stderr.strip()[:80]}"


def calls(log: Path) -> list[tuple[str, int]]:
    """Every call of a traced run, by name and ordinal, as `when=` counts them."""
    counts, found = Counter[str](), []
    for line in log.read_text(errors="replace").splitlines():
        if match := re.match(r"\d+ +(\w+)\(", line):
            counts[match[1]] += 1
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
        strace(first, [*SCRIPT, str(first), *way, "new"], *on_paths_of(first), log=tmp_path / "first.log")
        assert which(held(first), BOTH) == "new"
        points = [(call, n) for call, n in calls(tmp_path / "first.log") if inject(call, n)]

        def one(call: str, n: int) -> str:
            root = lay(tmp_path / f"{call}{n}", old)
            options = [*on_paths_of(root), *inject(call, n)]
            process = strace(root, [*SCRIPT, str(root), *way, "new"], *options, log=tmp_path / f"{call}{n}.log")
            try:
                return judge(process, root)
            except AssertionError as error:
                raise AssertionError(f"at {call} {n} of {points}: {error}") from error

        with ThreadPoolExecutor(os.cpu_count()) as pool:
            return list(pool.map(one, *zip(*points, strict=True)))

    return sweep
