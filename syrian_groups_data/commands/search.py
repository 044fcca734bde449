"""records by words of any name"""

from __future__ import annotations

import argparse
import sys

from .project import print_json
from .tables import current, data


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("text", metavar="TEXT", nargs="+")
    parser.add_argument("--json", action="store_true", help="for programs")


def run(args: argparse.Namespace) -> int:
    """Exit status of the command."""
    found = data(current(args)).find(" ".join(args.text))
    if args.json:
        print_json([{"id": e.id, "type": e.type, "label": e.label, "names": e.names} for e in found])
    else:
        from ..library.terminal import listing

        listing(found)
    if not found:
        print(f"nothing found for {' '.join(args.text)!r}; try fewer words or another spelling", file=sys.stderr)
    return 0 if found else 1
