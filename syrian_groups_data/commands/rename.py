"""a record or source under another id: every reference, mention and redirect in one step"""

from __future__ import annotations

import argparse

from .project import Usage, project


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("old", metavar="OLD", help="id that is given up")
    parser.add_argument("new", metavar="NEW", help="id that takes its place")
    parser.add_argument("--reason", default="", metavar="TEXT", help="why, in a sentence")
    parser.add_argument(
        "--since", metavar="VERSION", help="first release without the old id; else that of CITATION.cff"
    )
    parser.add_argument("--plan", action="store_true", help="print what would be done, and write nothing")


def run(args: argparse.Namespace) -> int:
    """Exit status of the command."""
    from .drafts import corpus_of, good_id
    from .moves import Move, carry_out

    root = project(args)
    corpus = corpus_of(root)
    if args.new in corpus.entries:
        raise Usage(f"{args.new} is in use; to make one record of two: syrian-groups-data merge {args.old} {args.new}")
    good_id(corpus, args.new)
    return carry_out(root, corpus, Move(args.old, args.new, False, args.reason, args.since), args.plan)
