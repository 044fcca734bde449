"""a record or source under another id: every reference, mention and redirect in one step"""

from __future__ import annotations

import argparse

from .project import Usage, planned, project


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("old", metavar="OLD", help="id that is given up")
    parser.add_argument("new", metavar="NEW", help="id that takes its place")
    planned(parser)


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
