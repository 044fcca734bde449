"""What everything costs: CPU seconds and peak memory of whole processes, each beside its peer, as Markdown tables.

python -m tests.benchmarks [-n RUNS] [--sizes RECORDS …] [--rows ROWS …]

A million of records or rows is for by hand: --sizes 1000000 --rows 1000000.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import platform
import tempfile
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import syrian_groups_data as sgd

from . import peers
from .make import csv_package, parquet_package, write
from .run import ROOT, Program, run, section

OURS = ("-m", "syrian_groups_data", "--root")
REAL = (*OURS, str(ROOT))

# Validates the records, makes a row of each claim, writes them: what a build cannot do without.
LOOP = """
import csv, sys
from pathlib import Path
import pyarrow as pa, pyarrow.parquet
from syrian_groups_data.model.records import RECORDS
raw, rows = Path(sys.argv[1]) / "raw", []
for model in RECORDS:
    for path in sorted((raw / model.folder).glob("*.jsonl")):
        for line in path.read_bytes().splitlines():
            record = model.model_validate_json(line)
            for name, _, claim in record.evidence():
                rows.append({"id": record.id, "property": name, "value": getattr(claim, "text", None),
                             "standing": claim.standing, "cite": ";".join(claim.cite)})
table = pa.Table.from_pylist(rows)
pyarrow.parquet.write_table(table, sys.argv[2] + ".parquet", compression="zstd")
with open(sys.argv[2] + ".csv", "w", newline="") as file:
    writer = csv.DictWriter(file, rows[0].keys())
    writer.writeheader()
    writer.writerows(rows)
"""
# A parser with as many commands as ours, each with an argument.
ARGPARSE = """
import argparse
line = argparse.ArgumentParser(prog="bare")
below = line.add_subparsers()
for number in range(22):
    below.add_parser(f"command-{number}", help="what it does").add_argument("--option", help="what it is")
line.parse_args(["--help"])
"""
# So many claims on one property of one record, each with a validity of its own.
CLAIMS = """
from syrian_groups_data.model.claims import Number
from syrian_groups_data.model.contest import contested
claims = [("strength", Number(low=n % 997, high=n % 997 + 5, as_of=f"{1900 + n % 100}", cite=["a:1"])) for n in range(100_000)]
contested(claims, lambda place: [place])
"""


def start_up() -> list[Program]:
    """Start-up and the commands on the real data."""
    events = str(sgd.path("events"))
    read = f"from pyarrow.parquet import ParquetFile; ParquetFile({events!r}).read()"
    return [
        Program("bare Python", ("-c", "pass")),
        Program("`import syrian_groups_data`", ("-c", "import syrian_groups_data"), "bare Python", "≤ 1.10 ×"),
        Program("`ParquetFile(path).read()`", ("-c", read)),
        Program('`sgd.read("events")`', ("-c", "import syrian_groups_data as sgd; sgd.read('events')"), "`ParquetFile(path).read()`", "≤ 1.10 ×"),
        Program("bare argparse, 22 commands", ("-c", ARGPARSE)),
        Program("`--help`", ("-m", "syrian_groups_data", "--help"), "bare argparse, 22 commands", "≤ 1.20 ×"),
        Program("`sgd.load()`", ("-c", "import syrian_groups_data as sgd; sgd.load()"), goal="≤ 0.3 s"),
        Program("`show` of a short record", (*REAL, "show", "latakia-mountains"), goal="≤ 0.3 s"),
        Program("`show` of the longest", (*REAL, "show", "syrian-resistance"), "`show` of a short record", "≤ 1.3 ×"),
        Program("`search`", (*REAL, "search", "resistance"), goal="≤ 0.3 s"),
        Program("`coverage`", (*REAL, "coverage"), goal="≤ 0.3 s"),
        Program("`check`", (*REAL, "check")),
        Program("`validate`", ("-m", "syrian_groups_data", "validate", str(ROOT))),
        Program("contest: 100,000 claims of one property", ("-c", CLAIMS), goal="≤ 2 s"),
    ]  # fmt: skip


def records(folder: Path, loop: Path) -> list[Program]:
    """What works on many records, in a project that is built."""
    big = (*OURS, str(folder))
    load = f"import syrian_groups_data as sgd; sgd.open({str(folder)!r}).load()"
    return [
        Program("bare loop: validate, flatten, write two files", ("-c", LOOP, str(folder), str(loop))),
        Program("`build`", (*big, "build"), "bare loop: validate, flatten, write two files", "≤ 1.5 ×, ≤ 800 MiB"),
        Program("`check`", (*big, "check"), "bare loop: validate, flatten, write two files", "≤ 40 s"),
        Program("`sgd.open(…).load()`", ("-c", load), goal="≤ 0.3 s"),
        Program("`show`, a small record", (*big, "show", "place-1"), goal="≤ 0.3 s"),
        Program("`show`, the hub", (*big, "show", "group-0"), "`show`, a small record", "≤ 1.3 ×"),
        Program("`search`", (*big, "search", "Midenfo"), goal="≤ 0.3 s"),
        Program("`validate`, all tables", ("-m", "syrian_groups_data", "validate", str(folder))),
    ]


def validation(package: Path, form: str, rows: int) -> list[Program]:
    """One table, validated by us and by others; the ratio says how many times as long they take."""
    goals = {"CSV": "≥ 14 ×" if rows >= 1_000_000 else "≥ 10 ×", "Parquet": "≥ 30 ×"}
    twin = package.parents[1] / f"CSV-{rows}" / package.name  # frictionless takes no lists of Parquet
    name = "frictionless" if form == "CSV" else "frictionless, on the CSV"
    found = [
        Program("`validate`", ("-m", "syrian_groups_data", "validate", str(package))),
        Program(name, ("-m", "frictionless", "validate", str(twin)), "`validate`", goals[form], "frictionless"),
    ]
    for name in peers.LIBRARIES:
        found.append(
            Program(name, ("-m", "tests.benchmarks.peers", name, str(package)), "`validate`", needs=name),
        )
    return found


def card() -> str:
    """The machine and the versions."""
    names = ("pyarrow", "pydantic", "duckdb", "polars", "frictionless", "pandera", "dataframely")
    return (
        f"{platform.python_implementation()} {platform.python_version()}, {platform.system()} {platform.machine()}, "
        f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.0f}; {', '.join(_versions(names))}"
    )


def _versions(names: tuple[str, ...]) -> list[str]:
    found = []
    for name in names:
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            found.append(f"no {name}")
    return found


def made(make: Callable[..., object], *args: Any) -> None:
    """Call a function in a process of its own: what this one holds would count as the memory of those it starts."""
    process = multiprocessing.get_context("spawn").Process(target=make, args=args)
    process.start()
    process.join()
    if process.exitcode:
        raise SystemExit(f"{make.__name__}: exit status {process.exitcode}")


def main() -> None:
    """Measure section by section, and print each as it is done."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("-n", type=int, default=3, metavar="RUNS", help="runs of each program, by turns (3)")
    parser.add_argument("--sizes", type=int, nargs="*", default=[10_000, 100_000], help="synthetic records")
    parser.add_argument("--rows", type=int, nargs="*", default=[10_000, 100_000], help="rows of a table to validate")
    args = parser.parse_args()
    print(f"{card()}; medians of up to {args.n} runs by turns", flush=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        log, small = folder / "log", folder / "small"
        made(write, small, 5_000)
        run(Program("build", (*OURS, str(small), "build")), log)
        section("Start-up, and commands on the real data", start_up(), args.n, log)
        for rows in args.rows:
            for form, make in (("CSV", csv_package), ("Parquet", parquet_package)):
                package = folder / f"{form}-{rows}" / "datapackage.json"
                made(make, small, package.parent, rows)
                section(f"One table of {rows:,} rows, {form}", validation(package, form, rows), args.n, log)
        for size in args.sizes:
            big = folder / f"records-{size}"
            made(write, big, size)
            section(f"{size:,} records", records(big, folder / "loop"), args.n, log, warm=False)


if __name__ == "__main__":
    main()
