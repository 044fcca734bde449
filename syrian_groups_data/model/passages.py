"""Passages of a source, and the numbers that name them; whoever reads documents needs no more of the model."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

LIST_BYTES = 48 << 20  # of a list of passages, which is read whole


class Passage(NamedTuple):
    """One sentence or infobox line of a snapshot, or what is known of one that stands there no longer.

    `start` and `end` count Unicode code points. `state` is None for a passage of the source's snapshot; for others
    it is a term of `vocab.PASSAGE_STATES`, and `snapshot` names the text that the offsets are of.
    """

    number: int
    section: str | None
    start: int
    end: int
    sha256: str
    words_sha256: str
    letters: int
    opens: str | None
    closes: str | None
    link: str | None = None
    state: str | None = None
    snapshot: str | None = None
    became: tuple[int, ...] = ()

    @property
    def live(self) -> bool:
        """Whether it stands in the source's snapshot."""
        return self.state is None


def live(passages: Iterable[Passage]) -> list[Passage]:
    """The passages of the snapshot, in reading order."""
    return [passage for passage in passages if passage.live]


def by_number(passages: Iterable[Passage]) -> dict[int, Passage]:
    """What each number names today; an earlier wording of it is left out."""
    return {passage.number: passage for passage in passages if passage.state != "earlier"}


def heirs(known: Mapping[int, Passage], number: int) -> list[int]:
    """Passages of the snapshot that took the place of one that is gone, over whatever was gone between; `known` by number."""
    found: list[int] = []
    seen: set[int] = set()
    todo = list(known[number].became)
    while todo:
        each = todo.pop(0)
        if each in known and each not in seen:
            seen.add(each)
            if known[each].live:
                found.append(each)
            else:
                todo += known[each].became
    return found


def extent(key: str, numbers: Iterable[int]) -> str:
    """Which passages a source has, for whoever asked for another."""
    known = set(numbers)
    return f"{key} has passages {min(known)}-{max(known)}" if known else f"{key} has no passages"


def ranges(texts: Iterable[str]) -> Iterator[tuple[int, int]]:
    """First and last number of each range, as `4` or `4-7`."""
    for text in texts:
        first, _, last = text.partition("-")
        yield int(first), int(last or first)


def numbers(texts: Iterable[str], highest: int) -> Iterator[int]:
    """Every number in ranges, none above the highest."""
    for first, last in ranges(texts):
        yield from range(first, min(last, highest) + 1)
