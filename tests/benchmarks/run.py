"""Whole processes by turns: CPU seconds, peak memory, and how each compares with the one that it is set beside."""

from __future__ import annotations

import importlib.util
import operator
import os
import statistics
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
LONG = 60.0  # CPU seconds from which one run must do


class Program(NamedTuple):
    """A Python command line; its cost is divided by that of `against`, another one of its section.

    `goal` is of that ratio (`≤ 1.5 ×`), of CPU seconds (`≤ 2 s`), or of memory (`≤ 800 MiB`), several parted by commas.
    `needs` is a module that may not be there.
    """

    name: str
    args: tuple[str, ...]
    against: str = ""
    goal: str = ""
    needs: str = ""


class Cost(NamedTuple):
    """What one run took."""

    seconds: float
    memory: float


def run(program: Program, log: Path, folder: Path = ROOT) -> Cost:
    """CPU seconds, user and system, and peak memory in MiB of a process."""
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    with log.open("wb") as out:
        process = subprocess.Popen([sys.executable, *program.args], cwd=folder, env=env, stdout=out, stderr=out)
        _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{program.name}: exit status {process.returncode}\n{log.read_text(encoding='utf-8')[-2000:]}")
    return Cost(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)  # kilobytes on Linux


def section(title: str, programs: Iterable[Program], turns: int, log: Path, warm: bool = True) -> None:
    """Measure programs by turns, each as often as there are turns, or once where that takes long; print a table.

    In the first turn they run in their order, so that one may need what an earlier one has written.
    """
    there = [each for each in programs if not each.needs or importlib.util.find_spec(each.needs)]
    missing = [each for each in programs if each not in there]
    for each in there if warm else ():
        if not each.against:
            run(each, log)  # compiled files and disk caches are there for all
    found: dict[str, list[Cost]] = {each.name: [] for each in there}
    for turn in range(turns):
        for each in there[:: 1 if turn % 2 == 0 else -1]:
            if turn == 0 or found[each.name][0].seconds < LONG:
                found[each.name].append(run(each, log))
    print(f"\n### {title}\n")
    print("| program | CPU s | MiB | against | ratio | goal | met | runs |\n|---|---:|---:|---|---:|---|---|---:|")
    for each in there:
        print(f"| {each.name} | {' | '.join(_figures(each, found))} | {len(found[each.name])} |")
    for each in missing:
        print(f"| {each.name} | | | | | | {each.needs} is not installed | |")
    sys.stdout.flush()


def _figures(program: Program, found: dict[str, list[Cost]]) -> list[str]:
    """Cells of a row: medians; the ratio is the median of the ratios of runs in the same turn."""
    costs = found[program.name]
    seconds, memory = (statistics.median(column) for column in zip(*costs, strict=True))
    against, ratio = program.against, None
    if against in found:
        pairs = zip(costs, found[against], strict=False)
        ratio = statistics.median(ours.seconds / max(theirs.seconds, 0.001) for ours, theirs in pairs)
    measured = {"s": seconds, "MiB": memory, "×": ratio}
    goals = program.goal.split(", ") if program.goal else []
    told = [met(goal, value) for goal in goals if (value := measured[goal.split()[2]]) is not None]
    return [
        *(f"{seconds:.2f}", f"{memory:.0f}", against, "" if ratio is None else f"{ratio:.2f}"),
        *(program.goal, ", ".join(told)),
    ]


def met(goal: str, measured: float) -> str:
    """Whether a goal such as `≤ 1.5 ×` is reached, and by how much it is missed."""
    sign, number = goal.split()[:2]
    wanted = float(number)
    fits = {"≤": operator.le, "≥": operator.ge}[sign](measured, wanted)
    return "yes" if fits else f"**no**, {measured / wanted:.2f} × the goal"
