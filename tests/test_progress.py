"""How far long work is: told on a terminal after a second, and in a pipe nothing."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from syrian_groups_data.commands.output import Shown
from syrian_groups_data.commands.progress import Progress, busy
from tests.conftest import ROOT

pty = pytest.importorskip("pty", reason="there are no pseudo-terminals here")
ERASE = "\r\x1b[K"


def told(items: Iterable[Any], noun: str, step: float) -> list[str]:
    """What is said of a loop in which each look at the clock is a step further."""
    said: list[str] = []
    ticks = count()
    watch = Progress(said.append, "building", lambda: next(ticks) * step)
    assert list(watch(items, noun)) == list(range(10))
    return said


@pytest.mark.parametrize(
    ("step", "noun", "first", "lines"),
    [
        (0.1, "records", None, 0),  # it ended within the second
        (0.25, "records", "building: 4 of 10 records, 240 a minute, 2 s left", 7),
        (600.0, "tables", "building: 1 of 10 tables, 0 a minute, 90 min left", 10),
        (3600.0, "tables", "building: 1 of 10 tables, 0 a minute, 9 h left", 10),
    ],
)
def test_a_loop_is_told_after_a_second(step: float, noun: str, first: str | None, lines: int) -> None:
    said = told(range(10), noun, step)
    assert len(said) == lines
    if first:
        assert said[0] == first
        assert said[-1] == "building …"


def test_where_nobody_knows_the_number_no_time_is_promised() -> None:
    assert told(iter(range(10)), "rows", 0.5)[0] == "building: 2 rows, 120 a minute"


def test_it_is_told_five_times_a_second_at_most() -> None:
    now = [0.0]
    said: list[str] = []

    def clock() -> float:
        now[0] += 0.001
        return now[0]

    for _ in Progress(said.append, "building", clock)(range(3000), "records"):
        pass
    assert said[0] == "building: 1,000 of 3,000 records, 1,000 a second, 2 s left"
    assert len(said) == 11


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_what_is_printed_meanwhile_stands_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "12")
    screen = Terminal()
    monkeypatch.setattr(sys, "stderr", Shown(screen, patient=True))
    with busy("reading many files"):
        print("x.yml:1:1: wrong", file=sys.stderr)
        print("y.yml:1:1: wrong", file=sys.stderr)
    assert screen.getvalue() == f"reading man{ERASE}x.yml:1:1: wrong\ny.yml:1:1: wrong\n"


def test_the_line_is_gone_when_the_work_stops(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Terminal()
    monkeypatch.setattr(sys, "stderr", Shown(screen, patient=True))
    with pytest.raises(KeyboardInterrupt), busy("building"):
        raise KeyboardInterrupt
    assert screen.getvalue() == f"building …{ERASE}"


# Each look at the clock is two seconds later, so that every loop is told.
CODE = """
import sys, time
from itertools import count
ticks = count(0, 2)
from syrian_groups_data.commands import progress
progress.Progress.__init__.__defaults__ = (lambda: next(ticks),)
from syrian_groups_data.commands.line import main
sys.exit(main(sys.argv[1:]))
"""
Line = Callable[[Path], list[str]]
LINES: list[tuple[Line, list[str]]] = [
    (lambda out: ["check"], ["checking: 1 of ", " files of people, "]),
    (lambda out: ["build", "--check"], ["building: 1 of ", " records, ", " tables, "]),
    (lambda out: ["validate"], ["validating: 1 of ", " files, "]),
    (lambda out: ["site", str(out / "site")], ["drawing: 1 of ", " records, ", " sources, "]),
    (lambda out: ["verify", "--snapshots", str(ROOT / "raw")], ["comparing: 1 files, "]),
]


def screen_of(command: list[str]) -> str:
    """What a command shows on a terminal that is its standard error."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=theirs) as run:
        os.close(theirs)
        shown = b"".join(_read(ours))
        run.communicate()
    os.close(ours)
    return shown.decode()


def _read(terminal: int) -> Iterator[bytes]:
    try:
        while data := os.read(terminal, 65536):
            yield data
    except OSError:  # the other side is closed
        return


@pytest.mark.parametrize(("line", "parts"), LINES, ids=[line(Path())[0] for line, _ in LINES])
def test_a_command_says_how_far_it_is(line: Line, parts: list[str], tmp_path: Path) -> None:
    shown = screen_of([sys.executable, "-c", CODE, *line(tmp_path)])
    assert [part for part in parts if part not in shown] == []
    assert f" …{ERASE}" in shown


@pytest.mark.parametrize("name", ["check", "validate"])
def test_a_pipe_gets_nothing_of_it(name: str) -> None:
    run = subprocess.run([sys.executable, "-c", CODE, name], cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0
    assert [sign for sign in (ERASE, "…", "a minute") if sign in run.stderr + run.stdout] == []
