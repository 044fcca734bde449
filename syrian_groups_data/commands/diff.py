"""record-level changes between two releases: records, sources, statements, citations, with the cause where it is on record"""

from __future__ import annotations

import argparse

from .output import out
from .project import package


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("old", metavar="OLD", help="the former release: a folder, its datapackage.json, or a wheel")
    parser.add_argument(
        "new", metavar="NEW", nargs="?", help="the later one; else the project around, or what is installed"
    )
    parser.add_argument("--format", choices=["text", "markdown", "jsonl"], default="text", help="how to say it")


def run(args: argparse.Namespace) -> int:
    """Exit status of the command: 0, whatever has changed."""
    from ..diff import CORE, changes, told
    from ..library.whole import Whole
    from .releases import opened

    with opened(args.old) as old, opened(args.new or str(package(args))) as new:
        for line in told(changes(Whole(old, CORE), Whole(new, CORE)), args.format):
            out(line)
    return 0
