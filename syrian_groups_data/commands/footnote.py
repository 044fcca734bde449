"""a citation to paste: claim, speaker, source, date retrieved, link, digest"""

from __future__ import annotations

import argparse

from .project import Usage
from .tables import current


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("id", metavar="STATEMENT|PASSAGE", help="id of a statement, or of a passage")


def run(args: argparse.Namespace) -> int:
    """Exit status of the command."""
    from ..export import footnote

    try:
        print(footnote(current(args), args.id))
    except LookupError as error:
        raise Usage(error.args[0]) from None
    return 0
