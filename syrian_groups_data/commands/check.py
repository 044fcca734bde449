"""every problem in raw/"""

from __future__ import annotations

import argparse

from .project import FORMATS, busy, checked, count, project


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("--strict", action="store_true", help="warnings are problems: exit 1 where there is one")
    parser.add_argument("--format", **FORMATS)


def run(args: argparse.Namespace) -> int:
    """Exit status of the command."""
    root = project(args)
    with busy("checking") as watch:
        corpus, warnings = checked(root / "raw", args.format == "github", watch)
    if corpus is None or (args.strict and warnings):
        return 1
    print(f"{count(len(corpus.entries), 'record')}, no problems")
    return 0
