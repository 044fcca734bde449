"""raw/ in its canonical layout, comments kept; --check names what is not"""

from __future__ import annotations

import argparse
import sys

from ..model.problem import visible
from .project import FORMATS, annotation, count, project, tell


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 where a file is laid out otherwise")
    parser.add_argument("--format", **FORMATS)


def run(args: argparse.Namespace) -> int:
    """Exit status of the command."""
    from ..author.layout import canonical, order
    from ..author.project import read_project
    from ..author.text import read_text
    from ..files import FILE, FOLDER, kind, listing
    from ..files.exchange import put
    from ..model.models import models
    from ..model.problem import Problem, Problems

    root = project(args)
    problems: list[Problem] = []
    changed: dict[str, bytes] = {}
    others: list[Problem] = []
    found = 0
    for record in models(read_project(root / "raw")[0].vocabulary).records:
        keys, folder = order(record), f"raw/{record.folder}"
        for entry in listing(root, folder) if kind(root, folder) == FOLDER else ():
            name = f"{folder}/{entry.name}"
            if entry.name.endswith(".jsonl"):
                tell(f"{name} is input of check and build only, and stays as it is")
            if entry.kind != FILE or not entry.name.endswith(".yml") or entry.name.startswith("."):
                continue
            found += 1
            try:
                text = read_text(root / name, name)
                new = canonical(text, name, keys)
            except Problems as wrong:
                problems += wrong.problems
                continue
            if new != text:
                changed[name] = new.encode()
                others.append(
                    Problem(name, _first(text, new), 1, "layout", "laid out otherwise", "run syrian-groups-data fmt")
                )
    if problems:
        raise Problems(problems)
    for each in sorted(others) if args.check else ():
        print(f"{visible(each.path)}:{each.line}: {each.what}; {each.fix}", file=sys.stderr)
        if args.format == "github":
            print(annotation(each, root))
    if not args.check and changed:
        put(root, changed)
    told = "would be laid out anew" if args.check else "laid out anew"
    print(f"{count(found, 'record')}, {len(changed)} {told}")
    return int(bool(args.check and changed))


def _first(text: str, new: str) -> int:
    """The first line that is laid out otherwise."""
    lines, laid = text.split("\n"), new.split("\n")
    return next(
        (i for i, pair in enumerate(zip(lines, laid, strict=False), 1) if pair[0] != pair[1]),
        min(len(lines), len(laid)),
    )
