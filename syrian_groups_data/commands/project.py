"""Where a command works, and what commands share: the corpus, rows of tables, words for counts."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from ..model.problem import Problem, listed, visible
from ..model.watch import Watch, unwatched
from .output import print_json as print_json
from .progress import busy as busy


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
    return settled(root)


def settled(root: Path) -> Path:
    """A project in which what a killed build or segment had left is ended."""
    from ..files import kind

    if kind(root, ".build"):  # a command was killed here, or is at work
        from ..files.exchange import recover

        if recover(root):
            tell(f"ended what a killed command had left in {root}")
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
    return settled(root)


def tell(line: str) -> None:
    """A line for the person at the terminal, apart from the output."""
    print(f"syrian-groups-data: {visible(line)}", file=sys.stderr)


def checked(raw: Path, annotate: bool = False, watch: Watch = unwatched) -> tuple[Any, int]:
    """The corpus, if no problem stops it, and the number of warnings; both are printed, or shown at their lines by GitHub."""
    from ..author import load
    from ..check import check

    corpus = load(raw, watch)
    problems = check(corpus, watch)
    for line in listed(problems):
        print(line, file=sys.stderr)
    for problem in problems if annotate else ():
        print(annotation(problem, raw.parent))
    warnings = sum(problem.warning for problem in problems)
    errors = len(problems) - warnings
    if problems:
        print(f"{count(errors, 'problem')}, {count(warnings, 'warning')}", file=sys.stderr)
    return None if errors else corpus, warnings


def annotation(problem: Problem, root: Path) -> str:
    """A problem as a workflow command of GitHub, which shows it at its line of a pull request."""
    import os

    file = Path(os.path.relpath(root / problem.path, os.environ.get("GITHUB_WORKSPACE", Path.cwd()))).as_posix()
    level = "warning" if problem.warning else "error"
    place = f"file={_escaped(file, ':,')},line={problem.line},col={problem.column},title={problem.code}"
    return f"::{level} {place}::{_escaped(visible(f'{problem.what}; {problem.fix}'))}"


def _escaped(text: str, more: str = "") -> str:
    """Text of a workflow command: it ends at a line's end."""
    for character in f"%\r\n{more}":
        text = text.replace(character, f"%{ord(character):02X}")
    return text


FORMATS: dict[str, Any] = {
    "choices": ["text", "github"],
    "default": "text",
    "help": "github: also shown at the lines of a pull request",
}


def shown(parser: argparse.ArgumentParser) -> None:
    """How passages are shown."""
    parser.add_argument("--snapshots", metavar="DIR", help="folder with the documents, to show the text")
    parser.add_argument("--json", action="store_true", help="for programs")


def planned(parser: argparse.ArgumentParser) -> None:
    """How an id is given up."""
    parser.add_argument("--reason", default="", metavar="TEXT", help="why, in a sentence")
    parser.add_argument(
        "--since", metavar="VERSION", help="first release without the old id; else that of CITATION.cff"
    )
    parser.add_argument("--plan", action="store_true", help="print what would be done, and write nothing")


def count(number: int, noun: str) -> str:
    """A number and what it counts."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def documents(folder: str) -> None:
    """Raise Usage unless the folder with the documents, where the user says it is, can be listed."""
    from ..files import listing

    try:
        listing(Path(folder))
    except OSError as error:
        raise Usage(f"{folder} is not a folder that can be read: {error.strerror}") from None
