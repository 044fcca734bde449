"""raw/ -> tables/ and datapackage.json; --check fails when they are stale"""

from __future__ import annotations

import argparse
import sys

from ..model.problem import visible
from .project import busy, checked, project
from .tables import raw_hash


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 where something is stale")


def run(args: argparse.Namespace) -> int:
    """Exit status of the command."""
    from ..author.citation import read_citation
    from ..flatten import flatten
    from ..publish import render, stale, summary
    from ..publish.exchange import put

    root = project()
    with busy("building"):
        raw = raw_hash(root)  # before it is read: what changes meanwhile is seen by the next command
        corpus = checked(root / "raw")
        if corpus is None:
            print("nothing was written", file=sys.stderr)
            return 1
        release = read_citation(root / "CITATION.cff")
        tables = flatten(corpus)
        files = render(tables, release, {old: found.new for old, found in corpus.redirects.items()}, raw)
        if args.check:
            wrong = stale(root, files)
            for line in wrong:
                print(line, file=sys.stderr)
            if not wrong:
                print(f"{len(files)} files are fresh")
            return int(bool(wrong))
        put(root, files)
    size = sum(len(data) for data in files.values()) / 1e6
    print(f"built {len(tables)} tables in {visible(str(root / 'tables'))} ({size:.1f} MB)")
    for line in summary(tables):
        print(line)
    return 0
