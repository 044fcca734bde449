"""What is authored of a source beside its bibliography: snapshot, passages, how they were cut, what is set aside."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Annotated, Any, NamedTuple

from pydantic import Field

from .claims import Base, Edtf, Prose, Text, optional, required
from .vocabulary import Terms

NUMBERS_PATTERN = r"^[1-9][0-9]{0,5}(?:-[1-9][0-9]{0,5})?$"
URL_PATTERN = r'^https?://[^\s<>"]+$'

Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Ranges = Annotated[list[Annotated[str, Field(pattern=NUMBERS_PATTERN)]], Field(min_length=1)]


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


def ranges(texts: Iterable[str]) -> Iterator[tuple[int, int]]:
    """First and last number of each range, as `4` or `4-7`."""
    for text in texts:
        first, _, last = text.partition("-")
        yield int(first), int(last or first)


def numbers(texts: Iterable[str], highest: int) -> Iterator[int]:
    """Every number in ranges, none above the highest."""
    for first, last in ranges(texts):
        yield from range(first, min(last, highest) + 1)


class SetAside(Base):
    """Passages of a source that carry nothing to record, and why."""

    reason: Annotated[str, Terms("set_aside")] = required("why", "navigation")
    passages: Ranges = required("numbers of passages, or ranges of numbers", ["1", "4-7"])
    note: Prose | None = optional("what it is about; required for out-of-scope", "A comparison with another country.")


class Kept(Base):
    """Passages that a later snapshot lacks, while what rests on them stands as it was read."""

    passages: Ranges = required("numbers of passages, or ranges of numbers", ["12"])
    since: Edtf = required("day on which it was decided that they are gone and stand", "2026-11-27")
    note: Prose | None = optional("why they stand", "The page was changed after a complaint.")


class Span(Base):
    """Part of a snapshot, in Unicode code points."""

    start: Annotated[int, Field(ge=0)] = required("first code point", 0)
    end: Annotated[int, Field(gt=0)] = required("after the last code point", 4277)


class Snapshot(Base):
    """The bytes of a source as read. They are not kept here."""

    sha256: Digest = required("SHA-256 of the file's bytes", "0" * 64)
    characters: Annotated[int, Field(gt=0)] = required("length of the text in Unicode code points", 5083)
    span: Span | None = optional("the part that is this source, where two share a snapshot", {"start": 0, "end": 4277})
    retrieved: Edtf | None = optional("when it was fetched", "2025-12-08")
    revision: Text | None = optional("the publisher's own mark of this version", "1326478812")
    archive: Annotated[str, Field(pattern=URL_PATTERN, max_length=300)] | None = optional(
        "where this version is archived", "https://web.archive.org/web/20251208/https://example.org/"
    )


class Cut(Base):
    """How the list of passages was made, and a seal on it. Written by segment, never by hand."""

    snapshot: Digest = required("SHA-256 of the file that the list was cut from", "0" * 64)
    segmenter: Text = required("what found the sentences, and its version", "sentencex 1.0.32")
    language: Annotated[str, Terms("languages")] = required("language by whose rules it was cut", "en")
    options: list[Annotated[str, Terms("cut_options")]] = Field(
        default=[], description="how else it was cut", examples=[["unwrap"]]
    )
    highest: Annotated[int, Field(ge=0)] = required("highest number that was ever minted", 45)
    digest: Digest = required("SHA-256 over the list and all of this", "0" * 64)


def seal(cut: dict[str, Any], passages: Iterable[Passage]) -> str:
    """SHA-256 over a list of passages and how it was made: `cut` holds the fields of `Cut` but `digest`."""
    said = {name: cut[name] for name in sorted(Cut.model_fields) if name != "digest"}
    rows = [list(passage) for passage in passages]
    return hashlib.sha256(json.dumps([said, rows], ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()
