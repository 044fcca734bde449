"""JSON Schema of what is authored, as editors take it"""

from __future__ import annotations

import argparse

from ..model.problem import Problems, visible
from .project import Usage, count, print_json, project


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("record", metavar="RECORD", nargs="?", help="kind of file in raw/; else all of them")
    parser.add_argument("--write", action="store_true", help="put them where the project's editor settings look")


def run(args: argparse.Namespace) -> int:
    """Exit status of the command."""
    from ..author.project import read_project
    from ..author.schema import FOLDER, as_text, schemas
    from ..files.exchange import put
    from ..model.project import Project

    try:
        root = project(args)
    except Usage:
        if args.write:
            raise
        vocabulary = Project().vocabulary
    else:
        found, problems = read_project(root / "raw")
        if problems:
            raise Problems(problems)
        vocabulary = found.vocabulary
    known = schemas(vocabulary)
    if args.record and args.record not in known:
        raise Usage(f"no record {args.record}; there are {', '.join(known)}")
    if not args.write:
        print_json(known[args.record] if args.record else known)
        return 0
    folder = root / "raw" / FOLDER
    names = known if args.record is None else [args.record]
    put(root, {f"raw/{FOLDER}/{name}.json": as_text(known[name]).encode() for name in names})
    print(f"wrote {count(1 if args.record else len(known), 'schema')} to {visible(str(folder))}")
    return 0
