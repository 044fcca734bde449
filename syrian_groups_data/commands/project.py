"""Where a command works, and what commands share: the corpus, rows of tables, words for counts."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from ..model.problem import visible
from .output import busy as busy
from .output import print_json as print_json


class Usage(Exception):
    """The command was given something that it cannot work on."""


def found(root: str | None) -> Path | None:
    """The folder named by --root, else the nearest parent folder that is a project of ours."""
    from ..files import FOLDER, kind, marked

    if root is None:
        here = Path.cwd()
        return next((folder for folder in (here, *here.parents) if marked(folder)), None)
    if kind(Path(root), "raw") != FOLDER:
        raise Usage(f"no folder raw/ in {root}; name the folder of a project with --root")
    return Path(root).resolve()


def project(args: argparse.Namespace) -> Path:
    """The project where check, build and segment work."""
    if (root := found(args.root)) is None:
        here = Path.cwd()
        raise Usage(
            f"no raw/ in {here} or above it has a project.yml; run this inside a project, or name one with --root"
        )
    return root


def package(args: argparse.Namespace, given: str | None = None) -> Path:
    """The folder with the tables to work on: named, else that of the project around, else the installed one."""
    from ..library.release import _base

    if given is not None:
        folder = Path(given)
        return folder.parent if folder.name == "datapackage.json" else folder
    if (root := found(args.root)) is None:
        tell("no project in this folder or above it; what follows is from the installed data")
        return _base()
    from ..files import kind

    if kind(root, ".build"):  # a build was killed here, or is at work
        from ..files.exchange import recover

        if recover(root):
            tell(f"ended what a killed build had left in {root}")
    return root


def tell(line: str) -> None:
    """A line for the person at the terminal, apart from the output."""
    print(f"syrian-groups-data: {visible(line)}", file=sys.stderr)


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


def rows(base: Path, *names: str) -> list[list[dict[str, Any]]]:
    """Rows of tables as they were published, verified."""
    from ..library import open
    from ..library.store import published

    tables = open(base)
    return [published(tables, name) for name in names]


def documents(folder: str) -> Path:
    """The folder with the documents, where the user says it is."""
    from ..files import listing

    try:
        listing(Path(folder))
    except OSError as error:
        raise Usage(f"{folder} is not a folder that can be read: {error.strerror}") from None
    return Path(folder)


def texts(base: Path, folder: str | None) -> dict[str, str]:
    """Text of the passages, where a folder with the documents is given."""
    if folder is None:
        return {}
    from ..evidence import texts

    where = documents(folder)
    sources, passages = rows(base, "sources", "passages")
    return texts(sources, passages, where, tell)
