"""one record into another: its claims, every reference and a redirect in one step"""

from __future__ import annotations

import argparse

from .project import Usage, planned, project


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("one", metavar="ONE", help="id of the record that is given up")
    parser.add_argument("other", metavar="OTHER", help="id of the record that takes it in")
    planned(parser)


def run(args: argparse.Namespace) -> int:
    """Exit status of the command."""
    from ..model.problem import near
    from .drafts import corpus_of
    from .moves import Move, carry_out

    root = project(args)
    corpus = corpus_of(root)
    for key in (args.one, args.other):
        if key not in corpus.entries:
            raise Usage(f"no record {key}{near(key, corpus.entries)}")
    one, other = (corpus.entries[key].record for key in (args.one, args.other))
    if args.one == args.other:
        raise Usage(f"{args.one} is one record already")
    if one.type != other.type or one.type == "source":
        raise Usage(f"{args.one} is a {one.type} and {args.other} a {other.type}; only records of one type are merged")
    return carry_out(root, corpus, Move(args.one, args.other, True, args.reason, args.since), args.plan)
