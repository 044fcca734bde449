"""What becomes of a source's passages in another version of its document, before anything is written."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from ..model.passages import Passage, live
from .cut import Cut, cut
from .extents import Place
from .lay import LONG, Layout, lay, share
from .letters import Letters
from .likely import pieces, successors, worded
from .lines import RING
from .links import linked
from .passages import listed

STATES = ("exact", "same words", "changed", "gone", "new", "returned")


class Fate(NamedTuple):
    """What becomes of one passage: one of `STATES`; its old row, its new one, and what a changed one became."""

    number: int
    state: str
    old: Passage | None
    new: Passage | None
    became: tuple[int, ...] = ()
    equal: int = 0


class Manner(NamedTuple):
    """How what is left between passages is cut."""

    language: str
    unwrap: bool


class Account(NamedTuple):
    """The fate of every passage, in reading order of the new text, then what it lacks; and the list that follows."""

    fates: list[Fate]
    passages: list[Passage]
    share: float

    def counts(self) -> dict[str, int]:
        """How many passages are in each state."""
        return {state: sum(each.state == state for each in self.fates) for state in STATES}


def first_list(text: str, start: int, end: int, manner: Manner) -> list[Passage]:
    """Passages of a document of which nothing is known yet, numbered from 1."""
    found = cut(text, start, end, language=manner.language, unwrap=manner.unwrap)
    return linked(text, [listed(text, number, place) for number, place in enumerate(found, 1)])


def account(
    text: str,
    span: tuple[int, int],
    passages: Sequence[Passage],
    snapshot: str,
    manner: Manner,
    resting: Collection[int],
    aside: Collection[int],
    texts: Mapping[int, str],
) -> Account:
    """Lay the passages of a source, cut from a `snapshot`, on a part of another text, and cut what is left.

    `resting` are numbers on which something rests, `aside` those that are set aside, `texts` the old text of passages
    by number, where it is at hand.
    """
    old, back = live(passages), [each for each in passages if each.state == "gone"]
    numbered = {i for i, passage in enumerate(old) if passage.number in resting}
    layout, returned = lay(Letters(text, *span), old, numbered, back)
    section = _Sections(cut(text, *span, language=manner.language, unwrap=manner.unwrap))
    again = _returning(back, returned.places, section)
    here = [
        *((place, passage) for passage, place in zip(old, layout.places, strict=True) if place),
        *((place, passage) for passage, place in again.items()),
    ]
    here.sort(key=lambda each: each[0].start)
    highest = max((each.number for each in passages), default=0)
    rows = [
        *(
            _kept(text, passage, Cut(section.at(place.start), place.start, place.end), place.exact)
            for place, passage in here
        ),
        *_between(text, span, [place for place, _ in here], highest, manner, section),
    ]
    rows = linked(text, sorted(rows, key=lambda row: row.start))
    fresh = [row for row in rows if row.number > highest]
    said = {i: texts[passage.number] for i, passage in enumerate(old) if passage.number in texts}
    became = successors(old, layout.places, pieces(text, fresh), said)
    became |= worded(_wordings(passages, old, layout), [row.words_sha256 for row in fresh])
    by_number = {passage.number: passage for _, passage in here}
    fates = [_fate(row, by_number.get(row.number)) for row in rows]
    gone: list[Passage] = []
    for i, passage in enumerate(old):
        if layout.places[i] is None:
            equal = layout.equal.get(i, 0)
            after = () if equal else tuple(fresh[j].number for j in became.get(i, ()))
            gone.append(passage._replace(link=None, state="gone", snapshot=snapshot, became=after))
            fates.append(Fate(passage.number, "changed" if after or equal else "gone", passage, None, after, equal))
    lost = [each for each in passages if not each.live and each not in again]
    return Account(fates, [*rows, *ordered([*lost, *gone])], share(old, layout.places, aside))


def ordered(rows: Sequence[Passage]) -> list[Passage]:
    """Rows that are not of the snapshot, as they stand after those that are: by number, then as they came."""
    return sorted(rows, key=lambda row: row.number)


def _kept(text: str, passage: Passage, cut: Cut, exact: bool) -> Passage:
    """The row of a passage that was laid."""
    if not exact:
        return listed(text, passage.number, cut)
    section, start, end = cut
    return passage._replace(section=section, start=start, end=end, state=None, snapshot=None, became=())


def _fate(row: Passage, old: Passage | None) -> Fate:
    if old is None:
        return Fate(row.number, "new", None, row)
    if not old.live:
        return Fate(row.number, "returned", old, row)
    return Fate(row.number, "exact" if row.sha256 == old.sha256 else "same words", old, row)


def _returning(back: Sequence[Passage], again: Sequence[Place | None], section: _Sections) -> dict[Passage, Place]:
    """Passages that were gone and are there again: short ones under the same heading only."""
    return {
        passage: place
        for passage, place in zip(back, again, strict=True)
        if place and (passage.letters >= LONG or passage.section == section.at(place.start))
    }


def _wordings(passages: Sequence[Passage], old: Sequence[Passage], layout: Layout) -> dict[int, set[str]]:
    """Digests of the words of each old passage without a place, those too that it had before another was accepted."""
    earlier: dict[int, set[str]] = defaultdict(set)
    for passage in passages:
        if passage.letters and (passage.live or passage.state == "earlier"):
            earlier[passage.number].add(passage.words_sha256)
    return {i: earlier[passage.number] for i, passage in enumerate(old) if layout.places[i] is None}


class _Sections:
    """Which headings a place in a text stands under."""

    def __init__(self, cuts: Sequence[Cut]) -> None:
        self.cuts, self.starts = cuts, [each.start for each in cuts]

    def at(self, place: int) -> str | None:
        """Headings over a place."""
        i = bisect_right(self.starts, place) - 1
        return self.cuts[i].section if i >= 0 else None


def _between(
    text: str, span: tuple[int, int], places: Sequence[Place], highest: int, manner: Manner, section: _Sections
) -> Iterator[Passage]:
    """New passages: what is cut from the text between those that are laid."""
    start = span[0]
    for end, after in [*((place.start, place.end) for place in places), (span[1], span[1])]:
        if start < end and not text[start:end].isspace():
            for _, left, right in cut(text, start, end, language=manner.language, unwrap=manner.unwrap):
                row = listed(text, highest + 1, Cut(section.at(left), left, right))
                # Marks on the line of a passage that is laid hang on it; on a line of their own they are one.
                if not (row.letters == 1 and RING.match(text, left)) and (row.letters or _alone(text, left, right)):
                    highest += 1
                    yield row
        start = after


def _alone(text: str, left: int, right: int) -> bool:
    """Whether nothing but bullets and marks of headings stands beside a passage on its line."""
    first, last = text.rfind("\n", 0, left) + 1, text.find("\n", right)
    beside = text[first:left] + text[right : len(text) if last < 0 else last]
    return not beside.strip("-*=\u2022 \t\r")
