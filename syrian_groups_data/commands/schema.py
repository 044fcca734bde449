"""JSON Schema of what is authored"""

from __future__ import annotations

import argparse

from .project import Usage, print_json


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("record", metavar="RECORD", nargs="?")


def run(args: argparse.Namespace) -> int:
    """Exit status of the command."""
    from ..model.records import RECORDS

    kinds = {kind.__name__.lower(): kind for kind in RECORDS}
    if args.record and args.record not in kinds:
        raise Usage(f"no record {args.record}; there are {', '.join(kinds)}")
    found = {name: kind.model_json_schema() for name, kind in kinds.items() if args.record in (None, name)}
    print_json(found[args.record] if args.record else found)
    return 0
