"""the passages of a source: text, state, and what rests on each"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from ..model.problem import near
from .project import Usage, print_json, shown
from .tables import current, rows, texts

if TYPE_CHECKING:
    from ..library.tables import Tables


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("key", metavar="KEY", help="id of the source")
    parser.add_argument("--unread", action="store_true", help="only passages that are neither cited nor set aside")
    shown(parser)


def run(args: argparse.Namespace) -> int:
    """Exit status of the command."""
    tables = current(args)
    sources, passages = rows(tables, "sources"), rows(tables, "passages")
    args.key = tables.descriptor.get("redirects", {}).get(args.key, args.key)
    if args.key not in (known := [row["source_id"] for row in sources]):
        raise Usage(f"no source {args.key}{near(args.key, known)}")
    found = [row for row in passages if row["source_id"] == args.key]
    if args.unread:
        found = [row for row in found if row["use"] == "unread"]
    said, resting = texts(tables, args.snapshots), _resting(tables, {row["passage_id"] for row in found})
    if args.snapshots and found and not any(row["passage_id"] in said for row in found):
        print(f"its document is not in {args.snapshots}: edges and places are shown", file=sys.stderr)
    if args.json:
        print_json(
            [{**row, "text": said.get(row["passage_id"]), "resting": resting[row["passage_id"]]} for row in found]
        )
        return 0
    for row in found:
        print(f"{row['passage_id']}  {_state(row)}{'  ' + row['section'] if row['section'] else ''}")
        print(f"  {said.get(row['passage_id']) or _place(row)}")
        for each in resting[row["passage_id"]]:
            role = "" if each["role"] == "supports" else f" ({each['role']})"
            print(f"  - {each['entity_id']} {each['property']}: {each['value']} [{each['standing']}]{role}")
    if not found:
        print(f"{args.key}: {'nothing is unread' if args.unread else 'no passages'}", file=sys.stderr)
    return 0


def _resting(tables: Tables, wanted: set[str]) -> dict[str, list[dict[str, Any]]]:
    """Per passage, the statements that rest on it or name it."""
    from ..library.errors import AGAIN, Damaged

    known = {row["statement_id"]: row for row in rows(tables, "statements")}
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows(tables, "citations"):
        if row["passage_id"] in wanted:
            if (said := known.get(row["statement_id"])) is None:
                what = f"has no row for {row['statement_id']}, which rests on {row['passage_id']}"
                raise Damaged(f"tables/statements.parquet {what}; {AGAIN}")
            names = ("statement_id", "entity_id", "property", "value", "standing")
            found[row["passage_id"]].append({**{name: said[name] for name in names}, "role": row["role"]})
    return found


def _state(row: dict[str, Any]) -> str:
    if row["use"] == "set_aside":
        return f"set aside: {row['reason']}"
    if row["use"] == "gone":
        kept = f", kept since {row['gone_since']}" if row["gone_since"] else ""
        return f"gone{kept}{', became ' + ' '.join(row['became']) if row['became'] else ''}"
    return str(row["use"])


def _place(row: dict[str, Any]) -> str:
    edges = f"“{row['opens']} … {row['closes']}” " if row["opens"] else ""
    return f"{edges}{row['start']}-{row['end']}"
