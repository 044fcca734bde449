"""every citation against the documents"""

from __future__ import annotations

import argparse
from pathlib import Path

from ..model.problem import visible
from .project import Usage, busy, package, rows


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("--snapshots", required=True, metavar="DIR", help="folder with the documents")


def run(args: argparse.Namespace) -> int:
    """Exit status of the command."""
    from ..evidence import verify as prove

    folder = Path(args.snapshots)
    if not folder.is_dir():
        raise Usage(f"{folder} is not a folder")
    sources, passages = rows(package(), "sources", "passages")
    with busy("comparing"):
        verdicts = prove(sources, passages, folder)
    for verdict in verdicts:
        if verdict.file is None:
            where = visible(str(folder))
            print(f"{verdict.source_id}: missing: no file in {where} is its snapshot or holds its passages")
            continue
        states = [each.state for each in verdict.findings]
        counts = ", ".join(
            f"{states.count(state)} {state}" for state in ("exact", "moved", "changed") if state in states
        )
        version = "its snapshot" if verdict.same else "a changed version"
        print(f"{verdict.source_id}: {counts} in {visible(verdict.file)} ({version})")
        for line in verdict.lines():
            print(f"  {line}")
    return int(any(verdict.failed for verdict in verdicts))
