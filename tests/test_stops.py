"""A command that is stopped, or has no memory left, ends in one line, wherever it was."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals are those of POSIX")

# A command that does what a test says instead of its work.
CODE = """
import sys, time
from syrian_groups_data.commands import run, schema

def work(args):
    print("begun", flush=True)
    {work}

schema.run = work
sys.argv = ["syrian-groups-data", "schema"]
run()
"""
WAIT = "time.sleep(60)"
SWALLOWED = """try:
        time.sleep(60)
    except KeyboardInterrupt:
        raise SystemError("returned NULL without setting an exception")"""


def started(work: str, **more: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", CODE.format(work=work)], env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **more,
    )  # fmt: skip


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=lambda number: number.name)
@pytest.mark.parametrize("work", [WAIT, SWALLOWED], ids=["asleep", "in a library"])
def test_a_signal_ends_a_command_in_one_line(number: signal.Signals, work: str) -> None:
    with started(work) as process:
        assert process.stdout
        assert process.stdout.readline() == "begun\n"
        process.send_signal(number)
        out, said = process.communicate(timeout=60)
    assert (process.returncode, out) == (128 + number, "")
    assert said == "syrian-groups-data: stopped; what stands in place is whole\n"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=lambda number: number.name)
def test_a_signal_after_the_work_changes_nothing(number: signal.Signals) -> None:
    """While the interpreter ends: it was ended by the bare signal, without a word, although all was done."""
    ending = "import atexit; atexit.register(lambda: (print('ending', flush=True), time.sleep(1))); return 1"
    with started(ending) as process:
        assert process.stdout
        assert [process.stdout.readline() for _ in range(2)] == ["begun\n", "ending\n"]
        process.send_signal(number)
        assert process.communicate(timeout=60) == ("", "")
    assert process.returncode == 1


def test_a_signal_that_the_shell_ignores_stops_nothing() -> None:
    ignored = [
        "sh",
        "-c",
        "trap '' INT; exec \"$@\"",
        "sh",
        sys.executable,
        "-c",
        CODE.format(work="time.sleep(1); return 0"),
    ]
    with subprocess.Popen(
        ignored, env={**os.environ, "PYTHONPATH": str(ROOT)}, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        process.stdout.readline()
        process.send_signal(signal.SIGINT)
        assert process.communicate(timeout=60) == ("", "")
    assert process.returncode == 0


def test_a_stop_that_nobody_can_read_of_is_one_still() -> None:
    with started(WAIT) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.readline()
        process.stdout.close()
        process.stderr.close()
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=60) == 130


def test_memory_that_ends_is_told() -> None:
    with started("raise MemoryError") as process:
        _, said = process.communicate(timeout=60)
    assert process.returncode == 3
    assert said == "syrian-groups-data: there is not enough memory; what stands in place is whole\n"


def limited(limit: str, folder: Path, line: str) -> subprocess.CompletedProcess[str]:
    """A command in a folder, under a limit of the shell."""
    code = f'{limit}; cd "$1"; shift; exec "$@"'
    return subprocess.run(
        ["sh", "-c", code, "sh", str(folder), sys.executable, "-m", "syrian_groups_data", *line.split()],
        env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip


LINES = (
    "build", "check", "show mithal", "search mithal", "coverage", "verify --snapshots documents", "footnote report:7",
    "segment documents/page.txt --key new --language en --to 40", "export sqlite OUT/x.db", "site OUT/site",
)  # fmt: skip
LITTLE = {
    "300 MB of addresses": "ulimit -v 293000",
    "16 handles": "ulimit -n 16",
    "no folder for what passes": "export TMPDIR=/nowhere TEMP=/nowhere TMP=/nowhere",
}


@pytest.mark.parametrize("limit", LITTLE)
def test_little_is_enough(example: Path, tmp_path_factory: pytest.TempPathFactory, limit: str) -> None:
    out = tmp_path_factory.mktemp("out")
    for line in (*LINES, *(["validate"] if limit != "300 MB of addresses" else [])):
        done = limited(LITTLE[limit], example, line.replace("OUT", str(out)))
        assert done.returncode == 0, (line, done.stderr)


@pytest.mark.skipif(sys.platform != "linux", reason="limits on addresses hold on Linux")
def test_too_few_addresses_are_told_before_a_library_ends_the_process(example: Path) -> None:
    for kib, line, status in ((240_000, "build", 3), (400_000, "validate", 3), (240_000, "--help", 0)):
        done = limited(f"ulimit -v {kib}", example, line)
        assert (done.returncode, done.stderr.count("\n")) == (status, status // 3), done.stderr
    assert (
        "addresses are limited to 409 MB (ulimit -v), and validate needs 550 MB"
        in limited("ulimit -v 400000", example, "validate").stderr
    )


def test_a_want_of_memory_is_told_whatever_it_became() -> None:
    with started('raise SystemError("returned NULL") from MemoryError()') as process:
        _, said = process.communicate(timeout=60)
    assert (process.returncode, "not enough memory" in said, said.count("\n")) == (3, True, 1)


@pytest.mark.parametrize(
    "given",
    ["show mithal", "check", "build", "init x", "site x", "segment x --key y", "validate x", "diff . .", "--version"],
)
def test_a_folder_that_is_gone_is_told(tmp_path: Path, given: str) -> None:
    (tmp_path / "gone").mkdir()
    code = f'cd gone && rmdir ../gone && exec "$@" {given}'
    done = subprocess.run(
        ["sh", "-c", code, "sh", sys.executable, "-m", "syrian_groups_data"], cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip
    assert "Traceback" not in done.stderr
    assert done.returncode in (1, 2, 3)
    assert done.stderr.count("\n") <= 2, done.stderr
