"""per source: cited, set aside, unread"""

from __future__ import annotations

import argparse

from .project import count, print_json, shown
from .tables import current, rows, texts


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("--unread", action="store_true", help="list passages that are neither cited nor set aside")
    shown(parser)


def run(args: argparse.Namespace) -> int:
    """Exit status of the command."""
    from ..evidence import coverage as account

    tables = current(args)
    sources, passages = rows(tables, "sources"), rows(tables, "passages")
    known = texts(tables, args.snapshots)
    found = account(sources, passages)
    if args.json:
        print_json([each._asdict() for each in found])
        return int(any(each.unread for each in found))
    for each in found:
        counts = f"{each.cited} cited, {each.set_aside} set aside, {len(each.unread)} unread"
        print(f"{each.source_id}: {count(each.passages, 'passage')}, {counts}")
    places = {row["passage_id"]: f"{row['start']}-{row['end']}" for row in passages}
    unread = [key for each in found for key in each.unread]
    for key in unread if args.unread else ():
        print(f"{key}: {known.get(key, places[key])}")
    return int(bool(unread))
