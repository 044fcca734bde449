"""what became of the statements of a former release: the rows that raw/changes.csv lacks"""

from __future__ import annotations

import argparse
import sys

from ..model.problem import visible
from ..model.vocab import CHANGE_KINDS
from .project import Usage, count, package, project


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("previous", metavar="PREVIOUS", help="folder of the former release, or its datapackage.json")
    parser.add_argument("--record", metavar="ID", help="only statements about this record")
    parser.add_argument("--kind", choices=[kind for kind in CHANGE_KINDS if kind != "withdrawn"], default="correction")
    parser.add_argument("--reason", default="", metavar="TEXT", help="why, in a sentence")
    parser.add_argument(
        "--since", metavar="VERSION", help="first release without the old ids; else that of CITATION.cff"
    )
    parser.add_argument("--write", action="store_true", help="write the plan to raw/changes.csv")


def run(args: argparse.Namespace) -> int:
    """Exit status of the command: 1 where rows are missing and were not written."""
    from .. import library
    from ..author import load
    from ..author.changes import CHANGES, changes_text, fits
    from ..author.citation import read_citation
    from ..check import check
    from ..diff import CORE, Why, ledger, said, said_in
    from ..files.exchange import put
    from ..flatten import flatten
    from ..library.whole import Whole

    root, base = project(args), package(args, args.previous)
    if not fits(args.reason):
        raise Usage("--reason is one line of text that does not start with = + - @")
    since = args.since or read_citation(root / "CITATION.cff").version.partition("-")[0]
    if since == library.open(base).version:
        raise Usage(f"{since} is the version of {visible(str(base))} too; raise that of CITATION.cff, or give --since")
    corpus = load(root / "raw")
    # What is wrong with the ledger is what this command mends.
    problems = [each for each in check(corpus) if not each.warning and not each.code.startswith("change-")]
    for problem in problems:
        print(problem, file=sys.stderr)
    if problems:
        print("nothing was compared", file=sys.stderr)
        return 1
    tables = flatten(corpus._replace(changes=()))
    before = Whole(library.open(base), CORE)
    current = said_in(tables)
    former = said(*(before.table(name).to_pylist() for name in ("statements", "citations")))
    redirects = {old: found.new for old, found in corpus.redirects.items()}
    if args.record:
        former = {
            key: each for key, each in former.items()
            if args.record in (each.row["entity_id"], redirects.get(each.row["entity_id"]))
        }  # fmt: skip
        if not former:
            raise Usage(f"{visible(str(base))} has no statement about {args.record}")
    known = [change for change, _ in corpus.changes]
    after, plan = ledger(former, current, known, redirects, Why(args.kind, args.reason, since))
    for line in plan:
        print(visible(line))
    if not plan:
        print(f"{count(len(former), 'statement')}, none lost in silence")
        return 0
    if not args.write:
        print(f"{count(len(plan), 'row')} to change in raw/{CHANGES}; --write does it", file=sys.stderr)
        return 1
    put(root, {f"raw/{CHANGES}": changes_text(after).encode()})
    print(f"wrote {count(len(after), 'row')} to {visible(str(root / 'raw' / CHANGES))}")
    return 0
