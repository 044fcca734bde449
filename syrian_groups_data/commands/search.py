"""records by words of any name"""

from __future__ import annotations

import argparse
import sys

from ..model.values import language_script
from .output import out, print_json
from .tables import current, records


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("text", metavar="TEXT", nargs="+")
    parser.add_argument("--json", action="store_true", help="for programs")


def run(args: argparse.Namespace) -> int:
    """Exit status of the command."""
    text = " ".join(args.text)
    found = records(current(args)).search(text)
    if args.json:
        from ..library.programs import match

        print_json([match(each) for each in found])
    elif found:
        # Arabic writes little more than consonants: there they are the name.
        if all(each.closeness == "letters" for each in found) and language_script(text) != "Arab":
            print(f"no name is written or sounds like {text!r}; these only share its consonants", file=sys.stderr)
        from ..library.terminal import listing, tabbed

        for line in listing(found) if sys.stdout.isatty() else map(tabbed, found):
            out(line)
    if not found:
        print(f"nothing found for {text!r}; try fewer words or another spelling", file=sys.stderr)
    return 0 if found else 1
