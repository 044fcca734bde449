"""What check, build, validate and show cost on many records: CPU seconds and memory of whole processes, as a table.

python -m tests.benchmarks [-n RUNS] [--records RECORDS] [--rows ROWS]
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from .synthetic import PER_FILE, write

ROOT = Path(__file__).parents[2]
OURS = ("-m", "syrian_groups_data", "--root")


class Program(NamedTuple):
    """A Python command line, where its cost is divided by another's the place of that one, and the ratio allowed."""

    name: str
    args: tuple[str, ...]
    against: int | None = None
    goal: str = ""


# Reads and validates the records, makes a row of each claim, writes them: what a build cannot do without.
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


def run(program: Program, log: Path) -> tuple[float, float]:
    """CPU seconds, user and system, and peak memory in MiB of a process."""
    with log.open("wb") as out:
        process = subprocess.Popen([sys.executable, *program.args], cwd=ROOT, stdout=out, stderr=out)
        _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{program.name}: exit status {process.returncode}\n{log.read_text(encoding='utf-8')[-2000:]}")
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024  # kilobytes on Linux


def package(built: Path, to: Path, rows: int) -> Path:
    """A package of CSV alone, of one table: statements of a built one, repeated with new keys up to so many rows."""
    import pyarrow as pa
    import pyarrow.compute
    import pyarrow.parquet

    from syrian_groups_data.publish.arrow import to_csv

    table = pyarrow.parquet.read_table(built / "tables" / "statements.parquet")
    parts = []
    for turn in range(-(-rows // table.num_rows)):
        keys = pa.compute.binary_join_element_wise(table["statement_id"], f"-{turn}", "")
        parts.append(table.set_column(0, "statement_id", keys))
    data = to_csv(pa.concat_tables(parts).slice(0, rows))
    (to / "tables").mkdir(parents=True)
    (to / "tables" / "statements.csv").write_bytes(data)
    described = json.loads((built / "datapackage.json").read_text(encoding="utf-8"))
    resource = next(each for each in described["resources"] if each["path"] == "tables/statements.csv")
    import hashlib

    resource |= {"bytes": len(data), "hash": f"sha256:{hashlib.sha256(data).hexdigest()}"}
    resource["schema"].pop("foreignKeys", None)
    for field in resource["schema"]["fields"]:
        if field["name"] == "statement_id":
            field["constraints"].pop("pattern", None)
    path = to / "datapackage.json"
    path.write_text(json.dumps(described | {"resources": [resource]}), encoding="utf-8")
    return path


def programs(folder: Path, rows: int) -> list[Program]:
    """What is measured, on a project in `folder` that is built, and on the data of this checkout."""
    big, csv = str(folder / "big"), str(package(folder / "big", folder / "csv", rows))
    show = (*OURS, big, "show")
    found = [
        Program("bare loop: validate, flatten, write two files", ("-c", LOOP, big, str(folder / "loop"))),
        Program("`check`", (*OURS, big, "check"), 0),
        Program("`build`", (*OURS, big, "build"), 0, "≤ 1.5"),
        Program("`show` of real data", (*OURS, str(ROOT), "show", "latakia-mountains")),
        Program("`show`, a small record", (*show, "place-1"), 3),
        Program("`show`, the hub", (*show, "group-0"), 4, "≤ 1.3"),
        Program(f"`validate`, CSV of {rows:,} rows", ("-m", "syrian_groups_data", "validate", csv)),
    ]
    if importlib.util.find_spec("frictionless"):
        found.append(Program("`frictionless validate`, the same", ("-m", "frictionless", "validate", csv), 6, "≥ 10"))
    return found


def main() -> None:
    """Measure in turns, and print medians."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("-n", type=int, default=3, metavar="RUNS", help="runs of each program, by turns (3)")
    parser.add_argument("--records", type=int, default=PER_FILE, help="synthetic records (10000)")
    parser.add_argument("--rows", type=int, default=100_000, help="rows of the CSV that is validated (100000)")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write(folder / "big", args.records)
        run(Program("build", (*OURS, str(folder / "big"), "build")), folder / "log")
        measured = programs(folder, args.rows)
        found: list[list[tuple[float, float]]] = [[] for _ in measured]
        for turn in range(args.n):
            for program, figures in list(zip(measured, found, strict=True))[:: 1 if turn % 2 == 0 else -1]:
                figures.append(run(program, folder / "log"))
    print(
        f"{platform.python_implementation()} {platform.python_version()}, {platform.system()} {platform.machine()}, "
        f"{os.cpu_count()} cores; {args.records:,} records; median of {args.n} runs by turns\n"
    )
    print("| program | CPU s | MiB | against | ratio | goal |\n|---|---:|---:|---|---:|---|")
    for program, figures in zip(measured, found, strict=True):
        seconds, memory = (statistics.median(column) for column in zip(*figures, strict=True))
        against = ratio = ""
        if program.against is not None:
            pairs = zip(figures, found[program.against], strict=True)
            ratio = f"{statistics.median(ours[0] / theirs[0] for ours, theirs in pairs):.2f}"
            against = measured[program.against].name
        print(f"| {program.name} | {seconds:.2f} | {memory:.0f} | {against} | {ratio} | {program.goal} |")


if __name__ == "__main__":
    main()
