"""a citation to paste: claim, speaker, source, date retrieved, link, digest"""

from __future__ import annotations

import argparse

from .export import Verified
from .project import Usage, package


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("id", metavar="STATEMENT|PASSAGE", help="id of a statement, or of a passage")


def run(args: argparse.Namespace) -> int:
    """Exit status of the command."""
    from ..export import footnote

    try:
        print(footnote(Verified(package(args)), args.id))
    except LookupError as error:
        raise Usage(error.args[0]) from None
    return 0
