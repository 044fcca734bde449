"""What it costs to start: CPU time of whole processes, each beside its peer in the same run, as a Markdown table.

python tests/benchmarks/startup.py [-n PAIRS]
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import platform
import statistics
import subprocess
import sys
import tempfile
from importlib.metadata import version
from typing import NamedTuple

import syrian_groups_data as sgd

BARE = "pass"
READ = f"from pyarrow.parquet import ParquetFile; ParquetFile({str(sgd.path('events'))!r}).read()"
OURS = 'import syrian_groups_data as sgd; sgd.read("events")'
FRAME = OURS + ".to_pandas()"
PEERS = {
    "palmerpenguins": "palmerpenguins",
    "pycountry": "pycountry",
    "particle": "particle",
    "vega_datasets": "vega-datasets",
}


class Pair(NamedTuple):
    """A program, the program that it is divided by, and the ratio that is allowed."""

    name: str
    code: str
    against: str
    other: str
    goal: float | None = None
    needs: tuple[str, ...] = ()


PAIRS = (
    Pair("`import syrian_groups_data`", "import syrian_groups_data", "bare Python", BARE, 1.10),
    *(Pair(f"`import {name}`", f"import {name}", "bare Python", BARE, needs=(name,)) for name in PEERS),
    Pair(
        '`sgd.read("events")`',
        OURS,
        "`ParquetFile(path).read()`",
        READ,
        1.10,
    ),
    Pair(
        "`pyarrow.parquet.read_table(path)`",
        f"from pyarrow.parquet import read_table; read_table({str(sgd.path('events'))!r})",
        '`sgd.read("events")`',
        OURS,
    ),
    *(
        Pair(f"`{call}`", f"import {name}; {call}", f'`sgd.read("events"){after}`', ours, needs=(name, "pandas"))
        for name, call in (
            ("palmerpenguins", "palmerpenguins.load_penguins()"),
            ("vega_datasets", "vega_datasets.data.cars()"),
        )
        for after, ours in (("", OURS), (".to_pandas()", FRAME))
    ),
    # The same program twice: how far from 1 a ratio gets on this machine, at this hour, by chance.
    Pair("bare Python", BARE, "itself", BARE),
    Pair("`ParquetFile(path).read()`", READ, "itself", READ),
)


def cpu(code: str, folder: str) -> float:
    """CPU milliseconds, user and system, of a Python process that runs the code and nothing else."""
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    process = subprocess.Popen([sys.executable, "-c", code], cwd=folder, env=env)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"exit status {process.returncode} from: {code}")
    return 1000 * (used.ru_utime + used.ru_stime)


def measure(pair: Pair, times: int, folder: str) -> str:
    """One row of the table: medians, and the quartiles of the ratios of the pairs."""
    missing = [name for name in pair.needs if importlib.util.find_spec(name) is None]
    if missing:
        return f"| {pair.name} | {pair.against} | | | {', '.join(missing)} not installed | | |"
    for code in (pair.code, pair.other):  # compiled files and disk caches are there for both
        cpu(code, folder)
    first: list[float] = []
    second: list[float] = []
    for turn in range(times):
        for code, found in ((pair.code, first), (pair.other, second))[:: 1 if turn % 2 else -1]:
            found.append(cpu(code, folder))
    ratios = [a / b for a, b in zip(first, second, strict=True)]
    low, middle, high = statistics.quantiles(ratios, n=4, method="inclusive")
    goal = met = ""
    if pair.goal:
        goal, met = f"≤ {pair.goal:.2f}", "yes" if middle <= pair.goal else "**no**"
    return (
        f"| {pair.name} | {pair.against} | {statistics.median(first):.1f} | {statistics.median(second):.1f} "
        f"| {middle:.2f} ({low:.2f}–{high:.2f}) | {goal} | {met} |"
    )


def main() -> None:
    """Measure every pair and print the table row by row."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("-n", type=int, default=15, metavar="PAIRS", help="pairs of runs for each row (15)")
    times = max(2, parser.parse_args().n)
    names = [
        *("syrian-groups-data", "pyarrow"),
        *(dist for name, dist in {**PEERS, "pandas": "pandas"}.items() if importlib.util.find_spec(name)),
    ]
    print(
        f"{platform.python_implementation()} {platform.python_version()}, {platform.system()} {platform.machine()}, ",
        end="",
    )
    print(
        f"{os.cpu_count()} cores; median of {times} interleaved pairs; {', '.join(f'{n} {version(n)}' for n in names)}\n"
    )
    print("| program | against | CPU ms | CPU ms of the other | ratio (quartiles) | goal | met |")
    print("|---|---|---:|---:|---:|---:|---|", flush=True)
    with tempfile.TemporaryDirectory() as folder:  # a folder of its own: a checkout would come before what is installed
        for pair in PAIRS:
            print(measure(pair, times, folder), flush=True)


if __name__ == "__main__":
    main()
