"""What a person decides on passages: the list that follows from each decision, or why it cannot be."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from ..model.passages import Passage, by_number, extent, heirs, live
from .account import ordered
from .cut import Cut, Refused
from .links import linked
from .passages import listed


def accept(passages: Sequence[Passage], number: int, used: Collection[int], snapshot: str) -> list[Passage]:
    """Let a passage take the sentence that it became; its earlier wording stays on record, and the other number is burnt.

    `used` are numbers on which something rests. Raises Refused.
    """
    old, known = _gone(passages, number), by_number(passages)
    became = heirs(known, number)
    if len(became) != 1:
        told = f"it became {', '.join(map(str, became))}" if became else "nothing that it became is there"
        raise Refused(f"{number} takes no other sentence: {told}; cite another passage, or give --keep {number}")
    new = known[became[0]]
    if new.number in used:
        what = f"{new.number} is in use: it is cited, set aside or spoken of"
        raise Refused(f"{number} cannot take its sentence: {what}; cite {new.number}")
    taken = new._replace(number=number)
    burnt = new._replace(state="burnt", snapshot=snapshot, link=None, became=(number,))
    earlier = old._replace(state="earlier", became=())
    kept = [each for each in passages if not each.live and each is not old]
    rows = [taken if each is new else each for each in live(passages)]
    return [*rows, *ordered([*kept, earlier, burnt])]


def changed(passages: Sequence[Passage], used: Collection[int]) -> list[int]:
    """Numbers of all passages that may take the one sentence that each became."""
    known = by_number(passages)
    gone = {number: heirs(known, number) for number, row in sorted(known.items()) if row.state == "gone"}
    return [number for number, became in gone.items() if len(became) == 1 and became[0] not in used]


def keep(passages: Sequence[Passage], number: int) -> Passage:
    """The row of a passage that stands as it was read, although its sentence is gone. Raises Refused."""
    return _gone(passages, number)


def _gone(passages: Sequence[Passage], number: int) -> Passage:
    row = by_number(passages).get(number)
    if row is None:
        raise Refused(f"there is no passage {number}; {extent('the source', by_number(passages))}")
    if row.live:
        raise Refused(f"passage {number} stands in the snapshot: there is nothing to decide")
    if row.state != "gone":
        after = ", ".join(map(str, row.became))
        raise Refused(f"passage {number} is {row.state}, and no sentence of its own; cite {after}")
    return row


def join(text: str, passages: Sequence[Passage], first: int, last: int, snapshot: str) -> list[Passage]:
    """Make one passage, with a new number, of those from one to another, which were cut apart wrongly. Raises Refused."""
    rows = live(passages)
    places = [i for i, row in enumerate(rows) if row.number in (first, last)]
    if first == last or len(places) != 2 or rows[places[0]].number != first:
        raise Refused(f"{first}-{last} is no run of passages in reading order")
    parts = rows[places[0] : places[1] + 1]
    whole = Cut(parts[0].section, parts[0].start, parts[-1].end)
    return _mended(text, passages, parts, [whole], snapshot)


def split(text: str, passages: Sequence[Passage], number: int, at: int, snapshot: str) -> list[Passage]:
    """Make two passages, with new numbers, of one that holds two sentences; `at` counts code points of the text.

    Raises Refused.
    """
    row = next((each for each in live(passages) if each.number == number), None)
    if row is None:
        there = extent("it", (each.number for each in live(passages)))
        raise Refused(f"there is no passage {number} in the snapshot; {there}")
    left, right = text[row.start : max(row.start, at)].rstrip(), text[at : row.end]
    if not row.start < at < row.end or not left.strip() or not right.strip():
        raise Refused(f"--at {at} parts nothing: passage {number} is {row.start}-{row.end}")
    if text[at - 1].isalnum() and text[at].isalnum():
        raise Refused(
            f"--at {at} parts a word, at “{text[max(row.start, at - 10) : at]}|{text[at : min(row.end, at + 10)]}”"
        )
    second = row.end - len(right.lstrip())
    parts = [Cut(row.section, row.start, row.start + len(left)), Cut(row.section, second, row.end)]
    return _mended(text, passages, [row], parts, snapshot)


def _mended(
    text: str, passages: Sequence[Passage], old: Sequence[Passage], new: Sequence[Cut], snapshot: str
) -> list[Passage]:
    highest = max(each.number for each in passages)
    made = [listed(text, number, place) for number, place in enumerate(new, highest + 1)]
    became = tuple(each.number for each in made)
    mended = [each._replace(state="mended", snapshot=snapshot, link=None, became=became) for each in old]
    rows = [each for each in live(passages) if each not in old] + made
    lost = [each for each in passages if not each.live]
    return [*linked(text, sorted(rows, key=lambda row: row.start)), *ordered([*lost, *mended])]
