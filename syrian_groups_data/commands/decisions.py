"""What a person decides on passages that changed or are gone, as `segment` takes it, and the list that follows."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ..model.passages import Passage
    from .lists import Standing
    from .segment import Document

ALL = "all"


def arguments(parser: argparse.ArgumentParser) -> None:
    """What a person decides."""
    decisions = parser.add_argument_group("what a person decides")
    decisions.add_argument(
        "--accept", metavar="N", type=_numbers_or_all, nargs="+", action="extend", default=[],
        help="passage N takes the sentence that it became; all: every changed one in which no negation comes or goes",
    )  # fmt: skip
    decisions.add_argument(
        "--keep",
        metavar="N",
        type=_numbers,
        nargs="+",
        action="extend",
        default=[],
        help="passage N stands as it was read",
    )
    decisions.add_argument("--join", metavar="N-M", type=_range, help="make one passage of those from N to M")
    decisions.add_argument("--split", metavar="N", type=_number, help="make two passages of one")
    decisions.add_argument("--at", metavar="OFFSET", type=int, help="where the second of them starts, as a code point")


def decided(
    args: argparse.Namespace, known: Standing, document: Document, passages: list[Passage], texts: dict[int, str]
) -> tuple[list[Passage], list[dict[str, Any]], bool]:
    """The list after what a person decided, what the record says of those kept, and whether some that `all` names are left."""
    from ..evidence import Refused, carry
    from ..evidence.told import difference, shown

    used = {*known.resting, *known.aside}
    accepted, keep = (list(dict.fromkeys(n for each in given for n in each)) for given in (args.accept, args.keep))
    left: dict[int, str] = {}
    if ALL in accepted:
        accepted.remove(ALL)
        free = [number for number in carry.changed(passages, used) if number not in accepted]
        if not accepted and not free:
            raise Refused("no changed passage has one sentence that is free")
        left = _unsure(known, document, passages, free, texts)
        accepted += [number for number in free if number not in left]
    for number in accepted:
        rows = carry.accept(passages, number, used, document.sha256)
        new = next(row for row in rows if row.live and row.number == number)
        said = document.text[new.start : new.end]
        change = difference(texts[number], said) if number in texts else f"is now “{shown(said)}”"
        print(f"{args.key}:{number} takes its sentence as it is now: {change}")
        passages = rows
    for number, change in left.items():
        print(f"{args.key}:{number} is left to you, for it may say the opposite: {change}")
    if left:
        old = "" if left.keys() <= texts.keys() else ", or --old with the earlier text"
        print(f"give --accept {','.join(map(str, left))} for those that say what they said{old}")
    for number in keep:
        carry.keep(passages, number)
        print(f"{args.key}:{number} stands as it was read, although its sentence is gone")
    if args.join:
        first, last = args.join
        passages = carry.join(document.text, passages, first, last, document.sha256)
    if args.split:
        passages = carry.split(document.text, passages, args.split, args.at, document.sha256)
    return passages, _kept(known, passages, keep), bool(left)


def _unsure(
    known: Standing, document: Document, passages: list[Passage], free: list[int], texts: dict[int, str]
) -> dict[int, str]:
    """Those of some changed passages that may say the opposite now, which only a person can accept, and what changed."""
    from ..evidence.negation import turns
    from ..evidence.told import difference, shown
    from ..model.passages import by_number, heirs

    assert known.source is not None
    rows = by_number(passages)
    language = known.source.cut.language if known.source.cut else known.source.language
    left = {}
    for number in free:
        new = rows[heirs(rows, number)[0]]
        said, was = document.text[new.start : new.end], texts.get(number)
        if was is None:
            left[number] = f"is now “{shown(said)}”, and the earlier text is not here"
        elif turns(was, said, language):
            left[number] = difference(was, said)
    return left


def _kept(known: Standing, passages: list[Passage], new: list[int]) -> list[dict[str, Any]]:
    """What a record says of passages that stand as read: those that are gone still, and new ones, since today."""
    from datetime import date

    from ..model.passages import by_number

    assert known.source is not None
    rows = by_number(passages)
    found = []
    for number, kept in known.source.kept_numbers.items():
        if rows[number].state == "gone":
            found.append({"passages": [str(number)], "since": kept.since} | ({"note": kept.note} if kept.note else {}))
    more = [str(number) for number in new if number not in known.source.kept_numbers]
    return [*found, *([{"passages": more, "since": f"{date.today():%Y-%m-%d}"}] if more else [])]


def _number(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not int(text):
        raise argparse.ArgumentTypeError(
            f"{text!r}: write the number of a passage, such as 12, and the document before it"
        )
    return int(text)


def _numbers(text: str) -> list[int]:
    return [_number(each) for each in text.split(",")]


def _numbers_or_all(text: str) -> list[int | str]:
    return [ALL] if text == ALL else [*_numbers(text)]


def _range(text: str) -> tuple[int, int]:
    first, _, last = text.partition("-")
    return _number(first), _number(last)
