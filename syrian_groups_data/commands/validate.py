"""built tables: hashes, types, keys, references"""

from __future__ import annotations

import argparse
import sys

from ..model.problem import listed, visible
from .project import FORMATS, Usage, annotation, busy, count, package


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument(
        "package",
        metavar="PACKAGE",
        nargs="?",
        help="folder or datapackage.json; else the checkout, else the installed one",
    )
    parser.add_argument("--engine", choices=["duckdb", "spark"], default="duckdb", help="what runs the checks")
    parser.add_argument("--master", metavar="URL", help="of Spark, such as spark://HOST:7077; else this machine")
    parser.add_argument("--format", **FORMATS)


def run(args: argparse.Namespace) -> int:
    """Exit status of the command."""
    from ..validate import validate as prove

    if args.master and args.engine != "spark":
        raise Usage("--master is of Spark; add --engine spark")
    base = package(args, args.package)
    with busy("validating") as watch:
        problems = prove(base, args.engine, args.master, watch)
    for line in listed(problems):
        print(line, file=sys.stderr)
    for problem in problems if args.format == "github" else ():
        print(annotation(problem, base))
    if problems:
        print(f"{count(len(problems), 'problem')} in {visible(str(base))}", file=sys.stderr)
        return 1
    print(f"{visible(str(base))}: valid")
    return 0
