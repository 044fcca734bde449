"""raw/ -> tables/ and datapackage.json; --check fails when they are stale"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from ..model.changes import Change, lost
from ..model.problem import visible
from ..model.vocabulary import Vocabulary
from .areas import areas
from .entry import spare
from .project import busy, checked, count, project
from .tables import raw_hash


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 where something is stale")


def run(args: argparse.Namespace) -> int:
    """Exit status of the command."""
    from ..author.citation import read_citation
    from ..files import replaceable
    from ..files.exchange import put, recover
    from ..flatten import flatten
    from ..publish import render, stale, summary
    from ..site import stills

    spare()
    root = project(args)
    with busy("building") as watch:
        raw = raw_hash(root)  # before it is read: what changes meanwhile is seen by the next command
        corpus, _ = checked(root / "raw", watch=watch)
        if corpus is None:
            print("nothing was written", file=sys.stderr)
            return 1
        if not corpus.entries:
            print(f"{visible(str(root / 'raw'))} holds no records; nothing was written", file=sys.stderr)
            return 1
        release = read_citation(root / "CITATION.cff")
        about = corpus.project
        release = release._replace(
            name=about.name, vocabulary=about.vocabulary, boundaries=about.boundaries, compare=about.compare
        )
        tables = flatten(corpus, watch)
        if release.created or corpus.changes:  # what no release had cannot be cited by anybody
            for line in _lost(root, tables["statements"], [change for change, _ in corpus.changes]):
                print(line, file=sys.stderr)
        named = {"boundaries": about.boundaries._asdict() if about.boundaries else None, "compare": about.compare}
        redirects = {old: found.new for old, found in corpus.redirects.items()}
        del corpus  # the rows hold all that is needed, and what comes now takes as much again
        drawn = stills(tables, _Made(tables, about.vocabulary, named), areas(None, root, named))
        number, told = len(tables), summary(tables)  # before the rows are let go
        files = render(tables, release, redirects, raw, drawn, watch)
        if args.check:
            wrong = stale(root, files)
            for line in wrong:
                print(line, file=sys.stderr)
            if not wrong:
                print(f"{len(files)} files are fresh")
            return int(bool(wrong))
        recover(root)
        replaceable(root, set(files))
        put(root, files, ["tables"])
    size = sum(len(data) for data in files.values()) / 1e6
    print(f"built {number} tables in {visible(str(root / 'tables'))} ({size:.1f} MB)")
    for line in told:
        print(line)
    return 0


class _Made(NamedTuple):
    """Tables as they will be published, for the pictures; each is made when it is asked for."""

    rows: dict[str, list[Any]]
    vocabulary: Vocabulary
    descriptor: dict[str, Any]

    def table(self, name: str) -> Any:
        """One table as a `pyarrow.Table`."""
        from ..model.models import models
        from ..publish import to_arrow

        model = next(each for each in models(self.vocabulary).tables if each.table == name)
        return to_arrow(model, self.rows[name])


def _lost(root: Path, statements: list[Any], changes: list[Change]) -> Iterator[str]:
    """A warning where statements of the tables in place are about to vanish and the ledger does not name them."""
    import csv
    import io

    from ..files import read, share

    try:
        text = read(root, "tables/statements.csv", share()).decode()
        former = [row["statement_id"] for row in csv.DictReader(io.StringIO(text, newline=""))]
    except (OSError, ValueError, KeyError, csv.Error):
        return  # no tables of ours to lose
    gone = lost(former, [row.statement_id for row in statements], changes)
    if gone:
        some = ", ".join(gone[:3]) + (", …" if len(gone) > 3 else "")
        yield (
            f"warning: {count(len(gone), 'statement')} of tables/ that raw/ no longer makes and raw/changes.csv does not "
            f"name: {visible(some)}; if a release had them, run syrian-groups-data changes PREVIOUS"
        )
