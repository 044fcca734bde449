"""records that may be one: shared names, events of one day and place, the same tie or accusation"""

from __future__ import annotations

import argparse

from ..model.problem import visible
from .project import count, project


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("text", metavar="TEXT", nargs="*", help="only records that have these words; else all")


def run(args: argparse.Namespace) -> int:
    """Exit status of the command: 0, whatever is found."""
    from ..check.twins import twins
    from ..model.fold import fold
    from .drafts import corpus_of

    corpus = corpus_of(project(args))
    words = set(fold(" ".join(args.text)).split())
    found = 0
    for one, other, why in twins(corpus):
        labels = [corpus.entries[key].record.label for key in (one, other)]
        if words <= set(fold(" ".join([one, other, *labels])).split()):
            found += 1
            print(visible(f"{one} · {other}: {why}"))
    if args.text:
        for key, entry in sorted(corpus.entries.items()):
            if words <= set(fold(f"{key} {entry.record.label} {_names(entry.record)}").split()):
                found += 1
                print(visible(f"{key}: {entry.record.type}, {entry.record.label}"))
    print(f"{count(found, 'line')}; distinct_from: [ID] on one of two says that somebody has looked")
    return 0


def _names(record: object) -> str:
    return " ".join(each.value for each in getattr(record, "names", ()))
