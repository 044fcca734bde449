"""a citation to paste: claim, speaker, source, date retrieved, link, digest"""

from __future__ import annotations

import argparse

from .project import Usage, package


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("id", metavar="STATEMENT|PASSAGE", help="id of a statement, or of a passage")


def run(args: argparse.Namespace) -> int:
    """Exit status of the command."""
    from ..export import footnote
    from ..library import open
    from ..library.whole import Whole

    try:
        print(footnote(Whole(open(package(args))), args.id))  # what is cited is a release, not what is being written
    except LookupError as error:
        raise Usage(error.args[0]) from None
    return 0
