"""claims written into a record, or passages added to those that are there"""

from __future__ import annotations

import argparse
from typing import Any

from ..model.problem import visible
from .project import Usage, project

WORDS: dict[str, Any] = {
    "metavar": "PROPERTY VALUE PASSAGE",
    "help": "key of the record (names, led_by, killed …), the value or the claim as it stands in a file "
    "({low: 2, high: 2}), passages that say so (report:12); several claims may share their passages, and more may follow; "
    "with {said_by: [monitor]} before them is what they share too",
}


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument(
        "id",
        metavar="ID",
        help="id of the record; of a source, to set passages aside: set_aside REASON, and set_aside unread for the way back",
    )
    parser.add_argument("words", nargs="+", **WORDS)


def run(args: argparse.Namespace) -> int:
    """Exit status of the command."""
    from ..author.edit import laid_aside
    from ..author.layout import order
    from ..author.spoken import Ungrammatical, spoken
    from ..author.text import read_text
    from ..files.exchange import put
    from ..model.records import Source
    from .drafts import claimed, proved, record_of

    root = project(args)
    entry, corpus = record_of(root, args.id)
    model, text = type(entry.record), read_text(root / entry.path, entry.path)
    try:
        claims, plain = spoken(args.words, model)
    except Ungrammatical as why:
        raise Usage(str(why)) from None
    if plain:
        raise Usage(f"{next(iter(plain))} is no claim and has no passage; write it in {entry.path}")
    if isinstance(entry.record, Source):
        new, done = text, []
        for each in claims:
            new, line = laid_aside(new, entry.path, order(model), *_aside(args.id, each.claim, each.passages))
            done.append(line)
    else:
        new, done = claimed(text, entry.path, model, claims, corpus)
    if new != text:
        proved(corpus, entry.path, model, new)
        put(root, {entry.path: new.encode()})
    for line in done:
        print(visible(line))
    return 0


def _aside(key: str, claim: dict[str, Any], passages: list[str]) -> tuple[dict[str, Any], list[str]]:
    """Reason and numbers of passages that are set aside, in their source."""
    reason = {"reason" if name == "value" else name: value for name, value in claim.items()}
    if "reason" not in reason:
        raise Usage("say why: set_aside navigation, or set_aside '{reason: out-of-scope, note: …}'")
    if wrong := [each for each in passages if not each.startswith(f"{key}:")]:
        raise Usage(f"{wrong[0]} is no passage of {key}")
    return reason, [each.rpartition(":")[2] for each in passages]
