"""a record with its evidence; a passage, a statement or a source"""

from __future__ import annotations

import argparse
import sys

from .output import out, print_json
from .project import Usage, shown
from .tables import current, records, texts


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("id", metavar="ID", help="id of a record, a passage, a statement or a source")
    parser.add_argument("property", metavar="PROPERTY", nargs="?", help="of a record show only this property")
    shown(parser)


def run(args: argparse.Namespace) -> int:
    """Exit status of the command."""
    from ..library.entities import Entity

    tables = current(args)
    data = records(tables)
    try:
        found = data[args.id]
        statements = found.statements(args.property) if isinstance(found, Entity) else []
    except LookupError as error:
        search = "" if ":" in args.id else f"; or look for it: syrian-groups-data search {args.id}"
        raise Usage(f"{error.args[0]}{search}") from None
    if args.property and not isinstance(found, Entity):
        raise Usage(f"{found.id} is no record; only of a record one property can be shown")
    if args.property and isinstance(found, Entity) and not statements:
        there = ", ".join(dict.fromkeys(each.property for each in found.statements()))
        print(f"{found.id}: nothing on {args.property}; there are statements on {there}", file=sys.stderr)
        return 1
    known = texts(tables, args.snapshots)
    if args.json:
        from ..library.programs import as_data

        print_json(as_data(data, found, known, args.property))
        return 0
    from ..library.terminal import shown

    for line in shown(data, found, known, args.property):
        out(line)
    return 0
