"""every problem in raw/"""

from __future__ import annotations

import argparse

from .project import checked, count, project


def arguments(parser: argparse.ArgumentParser) -> None:
    """It takes nothing."""


def run(args: argparse.Namespace) -> int:
    """Exit status of the command."""
    corpus = checked(project(args) / "raw")
    if corpus is None:
        return 1
    print(f"{count(len(corpus.entries), 'record')}, no problems")
    return 0
