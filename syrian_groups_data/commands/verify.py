"""every citation against the documents"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from ..model.problem import near, visible
from .project import Usage, busy, documents, print_json, tell
from .tables import current, rows

if TYPE_CHECKING:
    from ..evidence.prove import Finding, Report, Verdict
    from ..model.problem import Problem

_MOST = 20  # files that were not read and are named one by one


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("--snapshots", required=True, metavar="DIR", help="folder with the documents")
    parser.add_argument("--source", metavar="KEY", help="prove only this source")
    parser.add_argument("--json", action="store_true", help="for programs")


def run(args: argparse.Namespace) -> int:
    """Exit status of the command."""
    from ..evidence import verify as prove
    from ..evidence.prove import PASSAGE_COLUMNS

    folder = Path(args.snapshots)
    documents(args.snapshots)
    unproved: list[Problem] = []
    tables = current(args, unproved)
    wrong = [str(each) for each in unproved if args.source is None or _about(args.source, each)]
    for line in wrong:
        tell(line)
    sources, passages = rows(tables, "sources"), rows(tables, "passages", PASSAGE_COLUMNS)
    known = [row["source_id"] for row in sources]
    if args.source is not None and args.source not in known:
        if wrong:
            return 1
        raise Usage(f"no source {args.source}{near(args.source, known)}")
    with busy("comparing") as watch:
        report = prove(sources, passages, folder, args.source, watch)
    if args.json:
        print_json(_as_json(report) | {"problems": wrong})
    else:
        for verdict in report.verdicts:
            for line in _told(verdict, folder):
                print(line)
        _unread(report)
    return int(bool(wrong) or any(verdict.failed for verdict in report.verdicts))


def _about(key: str, problem: Problem) -> bool:
    """Whether a problem is that of a source's list, or of a citation of its passages."""
    return problem.path in (f"raw/sources/{key}.yml", f"raw/sources/{key}.csv") or problem.what.startswith(f"{key}:")


def _told(verdict: Verdict, folder: Path) -> Iterator[str]:
    """What became of a source, as text: of what is not exact each passage, or the run of those that moved together."""
    from ..evidence.prove import STATES

    if verdict.file is None:
        where = visible(str(folder))
        yield f"{verdict.source_id}: missing: no file in {where} is its snapshot or holds enough of its longer passages"
    else:
        states = [each.state for each in verdict.findings]
        counts = ", ".join(f"{states.count(state)} {state}" for state in STATES if state in states)
        share = f"a changed version: {100 * verdict.share:.0f} % of its longer passages are in it"
        version = "its snapshot" if verdict.same else share
        yield f"{verdict.source_id}: {counts or 'no passages'} in {visible(verdict.file)} ({version})"
    for (state, shift), found in groupby(verdict.findings, key=lambda each: (each.state, each.shift)):
        yield from (f"  {line}" for line in _lines(state, shift, list(found)))


def _lines(state: str, shift: int, run: list[Finding]) -> Iterator[str]:
    if state in ("moved", "same words"):
        last = f" to {run[-1].passage_id.split(':')[1]}" if len(run) > 1 else ""
        moved = f", moved by {shift:+}" if shift else ""
        yield (
            f"{run[0].passage_id}{last}: moved by {shift:+}"
            if state == "moved"
            else f"{run[0].passage_id}{last}: {state}{moved}"
        )
    elif state != "exact":
        for each in run:
            yield visible(f"{each.passage_id}: {state}{', cited' if each.cited else ''}: {each.where}")


def _unread(report: Report) -> None:
    for each in report.unread[:_MOST]:
        print(visible(f"{each.name} was not read: {each.reason}"), file=sys.stderr)
    if len(report.unread) > _MOST:
        print(f"{len(report.unread) - _MOST:,} more files were not read; --json names them all", file=sys.stderr)


def _as_json(report: Report) -> dict[str, object]:
    return {
        "sources": [
            {
                "source_id": verdict.source_id,
                "file": verdict.file,
                "version": "missing" if verdict.file is None else "snapshot" if verdict.same else "changed",
                "share": round(verdict.share, 4),
                "proved": not verdict.failed,
                "passages": [each._asdict() for each in verdict.findings],
            }
            for verdict in report.verdicts
        ],
        "unread": [each._asdict() for each in report.unread],
    }
