"""a claim written into a record, or passages added to one that is there"""

from __future__ import annotations

import argparse

from ..model.problem import visible
from .project import Usage, project


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("id", metavar="ID", help="id of the record")
    parser.add_argument("property", metavar="PROPERTY", help="key of the record: names, led_by, killed …")
    parser.add_argument(
        "value", metavar="VALUE", help="the value, or the claim as it stands in a file: {low: 2, high: 2}"
    )
    parser.add_argument("passages", metavar="PASSAGE", nargs="+", help="passages that say so: report:12")


def run(args: argparse.Namespace) -> int:
    """Exit status of the command."""
    from ..author.edit import Ambiguous, cited, value_of
    from ..author.layout import order
    from ..author.text import read_text
    from ..files import write
    from .drafts import proved, record_of

    root = project(args)
    entry, corpus = record_of(root, args.id)
    keys = order(type(entry.record))
    if args.property not in keys:
        raise Usage(f"a {entry.record.type} has no {args.property}; it has {', '.join(keys)}")
    text = read_text(root / entry.path, entry.path)
    try:
        edit = cited(text, entry.path, keys, args.property, value_of(args.value), args.passages)
    except Ambiguous as why:
        raise Usage(str(why)) from None
    if edit.text != text:
        proved(root, corpus, entry, edit.text)
        write(root, entry.path, edit.text.encode())
    print(visible(edit.done))
    return 0
