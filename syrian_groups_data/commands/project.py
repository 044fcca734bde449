"""Where a command works, and what commands share: the corpus, rows of tables, words for counts."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from ..model.problem import visible


class Usage(Exception):
    """The command was given something that it cannot work on."""


def project() -> Path:
    """The nearest parent folder with raw/, where check, build and segment work."""
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / "raw").is_dir():
            return folder
    raise Usage(f"no raw/ in {here} or above it; run this inside a checkout of the data")


def package(given: str | None = None) -> Path:
    """The folder with the tables to work on: named, else around the nearest raw/, else the installed one."""
    from ..library.release import _base

    if given is not None:
        folder = Path(given)
        return folder.parent if folder.name == "datapackage.json" else folder
    try:
        root = project()
    except Usage:
        return _base()
    if (root / ".build").is_dir():  # a build was killed here, or is at work
        from ..publish.exchange import recover

        if recover(root):
            print(f"syrian-groups-data: ended what a killed build had left in {visible(str(root))}", file=sys.stderr)
    if (root / "datapackage.json").is_file():
        return root
    return _base()


def checked(raw: Path) -> Any:
    """The corpus, if no problem stops it; warnings and problems are printed."""
    from ..author import load
    from ..check import check

    corpus = load(raw)
    problems = check(corpus)
    for problem in problems:
        print(problem, file=sys.stderr)
    warnings = sum(problem.warning for problem in problems)
    errors = len(problems) - warnings
    if problems:
        print(f"{count(errors, 'problem')}, {count(warnings, 'warning')}", file=sys.stderr)
    return None if errors else corpus


def count(number: int, noun: str) -> str:
    """A number and what it counts."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


@contextmanager
def busy(what: str) -> Iterator[None]:
    """Something that moves on a terminal while long work goes on, nothing in a pipe."""
    if not sys.stderr.isatty():
        yield
        return
    from rich.console import Console

    with Console(stderr=True).status(what):
        yield


def print_json(content: object) -> None:
    """Content for programs, on standard output."""
    print(json.dumps(content, ensure_ascii=False, indent=2))
