"""What readers hold of evidence: sources, passages, citations, statements; and which of several to show."""

from __future__ import annotations

import builtins
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date as Day
from typing import Any

from ..model.values import bounds
from ..model.vocab import SINGLE_VALUED, STANDINGS
from .columns import column
from .names import StandingName
from .notebook import card

_SHOWN = 12  # values that a message lists


class Contested(ValueError):
    """Statements on a property speak against each other and none is preferred; `statements` holds them."""

    def __init__(self, entity: str, property: str, statements: Sequence[Statement]) -> None:
        self.entity, self.property, self.statements = entity, property, list(statements)
        told = [f"{s.qualified} ({s.voice}, {s.standing})" for s in self.statements]
        more = [f"{len(told) - _SHOWN} more"] if len(told) > _SHOWN else []
        super().__init__(f"{property} of {entity} has no preferred value: {'; '.join([*told[:_SHOWN], *more])}")

    def __reduce__(self) -> tuple[Any, ...]:
        return Contested, (self.entity, self.property, self.statements)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A document that was read: one work by one publisher. `source["title"]` gives a column by its name in the table."""

    id: str = column("source_id")
    title: str | None = column()
    publisher: str | None = column()
    author: str | None = column()
    kind: str = column()
    language: str = column()
    published: str | None = column()
    url: str | None = column()
    licence: str | None = column()
    derived_from: str | None = column()
    work: str | None = column(default=None)
    snapshot_sha256: str = column()
    retrieved: str | None = column(default=None)
    revision: str | None = column(default=None)
    archive: str | None = column(default=None)
    passages: int = column()
    cited: int = column()
    set_aside: int = column()
    note: str | None = column()

    def __getitem__(self, column: str) -> Any:
        if column in self.__slots__ or column == "source_id":
            return getattr(self, column.removeprefix("source_"))
        raise KeyError(column)

    def __repr__(self) -> str:
        return f"<Source {self.id}: {self.title or 'untitled'} ({self.kind}); {self.passages} passages>"

    def _repr_html_(self) -> str:
        return card(repr(self), _fields(self))


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A sentence or infobox line of a source: offsets (code points) and digests, not its text.

    `id` names the sentence, whatever its place. One that is gone from the source has no `ordinal`; `became` names
    those that took its place, and `snapshot_sha256` the file that its offsets are of.
    """

    id: str = column("passage_id")
    source_id: str = column()
    ordinal: int | None = column()
    section: str | None = column()
    start: int = column()
    end: int = column()
    snapshot_sha256: str | None = column(default=None)
    sha256: str = column()
    words_sha256: str | None = column(default=None)
    letters: int | None = column(default=None)
    opens: str | None = column()
    closes: str | None = column()
    url: str | None = column()
    use: str = column()
    reason: str | None = column()
    became: tuple[str, ...] = column(default=())
    gone_since: str | None = column(default=None)
    earlier: tuple[str, ...] = column(default=())
    note: str | None = column()

    def __repr__(self) -> str:
        words = f" “{self.opens} … {self.closes}”" if self.opens else ""
        return f"<Passage {self.id}{words}>"

    def _repr_html_(self) -> str:
        return card(repr(self), _fields(self))


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """A passage on which a statement rests; `origin` is whose voice it is, `work` the source that a mirror copies."""

    passage: Passage
    role: str
    origin: str
    work: str

    def __repr__(self) -> str:
        return f"<Citation {self.passage.id} {self.role}, origin {self.origin}>"


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One claim about one entity. Dates are EDTF texts.

    Of a number: `low` and `high` are its bounds (people unless `unit` says otherwise), `counted` is the class of
    the people counted (the column `class`), `of` their party. Of a participant: `harm` and `side`. `sources` carry
    it; `works` are the same, a copy counted as what it copies.
    """

    id: str = column("statement_id")
    entity_id: str = column()
    property: str = column()
    value: str = column()
    value_id: str | None = column("value_entity_id")
    role: str | None = column()
    since: str | None = column()
    until: str | None = column()
    as_of: str | None = column()
    said_by: str | None = column()
    speaker: str | None = column()
    via: tuple[str, ...] = column()
    said_in: str | None = column()
    standing: StandingName = column()
    hedge: str | None = column()
    contested: bool = column()
    preferred_because: str | None = column("preferred")
    origins: int = column()
    sources: tuple[str, ...] = column()
    works: tuple[str, ...] = column(default=())
    note: str | None = column()
    low: int | None = column(table="estimates")
    high: int | None = column(table="estimates")
    qualifier: str | None = column(table="estimates")
    words: str | None = column(table="estimates")
    unit: str | None = column(table="estimates")
    counted: str | None = column("class")
    of: str | None = column()
    harm: str | None = column(table="participants")
    side: str | None = column(table="participants")
    since_earliest: Day | None = column(repr=False)
    until_latest: Day | None = column(repr=False)
    citations: tuple[Citation, ...]

    @builtins.property
    def voice(self) -> str:
        """Who says so: an id, a description, or the sources; of a refuted claim the sources that refute it."""
        named = self.said_by or self.speaker
        if self.standing == "refuted":
            return f"{', '.join(self.works)}{f' (said by {named})' if named else ''}"
        return named or ", ".join(sorted({c.origin for c in self.citations if c.role == "supports"}))

    @builtins.property
    def affirmative(self) -> bool:
        """Whether it says that something is so: it is neither denied nor refuted."""
        return self.standing not in ("denied", "refuted")

    def holds(self, first: Day, last: Day) -> bool:
        """Whether its validity may cover a day from `first` to `last`; without dates it always may."""
        return (self.since_earliest is None or self.since_earliest <= last) and (
            self.until_latest is None or first <= self.until_latest
        )

    @builtins.property
    def qualified(self) -> str:
        """The value with what qualifies it."""
        return f"{self.value}{self._qualification}"

    @builtins.property
    def _qualification(self) -> str:
        """What qualifies the value: class and party of people counted, role, harm, side, dates."""
        counted = (
            f" {self.counted.replace('-', ' ')}" if self.counted and self.counted not in ("all", "unspecified") else ""
        )
        party = f" of {self.of}" if self.of else ""
        parts = [self.role if self.role != "primary" else None, self.harm, self.side and f"side: {self.side}"]
        role = ", ".join(part for part in parts if part)
        period = f" [{self.since or '..'} – {self.until or '..'}]" if self.since or self.until else ""
        when = f" as of {self.as_of}" if self.as_of else ""
        return f"{counted}{party}{f' ({role})' if role else ''}{period}{when}"

    def __repr__(self) -> str:
        hedge = f" “{self.hedge}”" if self.hedge else ""
        origins = f"{self.origins} origin{'' if self.origins == 1 else 's'}"
        mark = ", contested" if self.contested else ""
        told = f"{self.standing}{hedge} by {self.voice}, {origins}{mark}"
        return f"<{self.entity_id} {self.property} = {self.qualified}: {told}>"

    def _repr_html_(self) -> str:
        passages = ", ".join(f"{c.passage.id} ({c.role})" for c in self.citations)
        return card(repr(self), [*_fields(self), ("passages", passages)])


def _fields(record: Source | Passage | Statement) -> list[tuple[str, Any]]:
    """What a record says of itself, field by field, without what it leaves open."""
    found = ((each.name, getattr(record, each.name)) for each in fields(record) if each.name != "citations")
    return [(name, value) for name, value in found if value not in (None, (), False)]


def preferred(statements: Sequence[Statement]) -> Statement | None:
    """Which of the statements on one property of one entity to show; None where none of them affirms anything.

    The one marked as preferred; else, of those that name one value or agree, the plainest and narrowest: what has ended
    and what a later count has overtaken give way. A property that may have several values, such as part_of, has none to
    show where several stand side by side, nor has a toll that is given by classes: None, as in the wide tables.
    Raises Contested where statements speak against each other.
    """
    found = [each for each in statements if each.affirmative]
    for each in found:
        if each.preferred_because:
            return each
    if any(each.contested for each in found):
        raise Contested(found[0].entity_id, found[0].property, found)
    shown = [each for each in found if (each.counted, each.of) == ("all", None)] or found
    shown = [each for each in shown if not each.until] or shown
    last = max((_end(each.as_of) for each in shown if each.as_of), default=0)
    shown = [each for each in shown if not each.as_of or _end(each.as_of) == last]
    values = {each.value_id or each.value for each in shown}
    agree = all(each.property in SINGLE_VALUED for each in shown) and len({(s.counted, s.of) for s in shown}) == 1
    return min(shown, key=_plainest) if shown and (len(values) == 1 or agree) else None


def _end(text: str) -> int:
    """Last day of a date, as a number; 0 for a text that is none."""
    try:
        return (bounds(text).latest or Day.max).toordinal()
    except ValueError:
        return 0


_ORDER = {standing: place for place, standing in enumerate(STANDINGS)}


def _plainest(statement: Statement) -> tuple[int, float, int]:
    return _ORDER.get(statement.standing, len(_ORDER)), _width(statement), -statement.origins


def _width(statement: Statement) -> float:
    """How much a value leaves open: people, or days; nothing for one that is neither."""
    if statement.qualifier:
        low, high = statement.low, statement.high
        return high - low if low is not None and high is not None else float("inf")
    try:
        span = bounds(statement.value)
    except ValueError:
        return 0
    return (span.latest - span.earliest).days if span.latest and span.earliest else float("inf")
