"""Publishing is all or nothing: a build that is killed leaves the old output complete, or the new."""

from __future__ import annotations

import hashlib
import json
import os
import random
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from syrian_groups_data.author import load
from syrian_groups_data.commands import main
from syrian_groups_data.files import exchange
from syrian_groups_data.flatten import flatten
from syrian_groups_data.model.release import Release
from syrian_groups_data.publish import render
from tests import kill
from tests.builds import (
    BOTH,
    KILLS,
    NEW,
    OLD,
    SCRIPT,
    THOROUGH,
    WAYS,
    after_a_kill,
    held,
    lay,
    no_strace,
    strace,
    which,
)
from tests.conftest import EXAMPLE, Run

# --- killed ---------------------------------------------------------------------------------------


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here: kills at random moments are not tested")
def test_a_kill_at_a_random_moment_leaves_one_build(tmp_path: Path) -> None:
    rng, seen, halfway = random.Random(1), Counter[str](), 0
    lay(tmp_path, OLD)
    calls: list[int] = []
    kill.at_each_call(calls.append)
    try:
        exchange.put(tmp_path, NEW, ["tables"])
    finally:
        sys.setprofile(None)
    last = "new"
    with subprocess.Popen(
        [*SCRIPT, str(tmp_path), "--loop", "old", "new"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as helper:
        assert helper.stdin
        assert helper.stdout
        for _ in range(KILLS):
            first = "old" if last == "new" else "new"
            print(f"{rng.randrange(5 * len(calls) // 2)} {first}", file=helper.stdin, flush=True)
            helper.stdout.readline()
            halfway += (tmp_path / exchange.STAGE).exists()
            last = after_a_kill(tmp_path, BOTH)
            seen[last] += 1
    assert halfway > KILLS / 4, "too few kills fell into a put to prove anything"
    assert min(seen["old"], seen["new"]) > KILLS / 10, seen


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
    corpus = load(EXAMPLE / "raw")
    redirects = {old: found.new for old, found in corpus.redirects.items()}
    files = render(flatten(corpus), Release(version="1.0.0", vocabulary=corpus.vocabulary), redirects)
    other = render(flatten(corpus), Release(version="1.0.1", vocabulary=corpus.vocabulary), redirects)
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
