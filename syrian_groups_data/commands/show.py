"""a record with its evidence"""

from __future__ import annotations

import argparse
import sys

from .project import Usage, print_json
from .tables import current, texts
from .tables import data as records


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("id", metavar="ID", help="id of a record, or of a passage")
    parser.add_argument("property", metavar="PROPERTY", nargs="?", help="show only this property")
    parser.add_argument("--snapshots", metavar="DIR", help="folder with the documents, to show the text")
    parser.add_argument("--json", action="store_true", help="for programs")


def run(args: argparse.Namespace) -> int:
    """Exit status of the command."""
    from ..library.terminal import as_json, passage_as_json, render, render_passage

    tables = current(args)
    data, known = records(tables), texts(tables, args.snapshots)
    if args.id in data.passages:
        passage = data.passages[args.id]
        if args.json:
            print_json(passage_as_json(data, passage, known))
        else:
            render_passage(data, passage, known)
        return 0
    try:
        entity = data[args.id]
        found = entity.statements(args.property)
    except LookupError as error:
        raise Usage(f"{error.args[0]}; or look for it: syrian-groups-data search {args.id}") from None
    if not found:
        there = ", ".join(dict.fromkeys(each.property for each in entity.statements()))
        print(f"{entity.id}: nothing on {args.property}; there are statements on {there}", file=sys.stderr)
        return 1
    if args.json:
        print_json(as_json(entity, known, args.property))
    else:
        render(entity, known, args.property)
    return 0
