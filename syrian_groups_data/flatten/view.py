"""A corpus with everything about it that more than one table needs."""

from __future__ import annotations

import builtins
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any, NamedTuple

from ..model.claims import Claim, Evidence, statement_id
from ..model.contest import affirmative, best, contested
from ..model.corpus import Corpus
from ..model.records import Place, Record, Source
from ..model.sources import numbers


class Statement(NamedTuple):
    """A claim by one speaker: what the rows of all tables are made from."""

    id: str
    record: Record
    property: str
    claim: Evidence
    said_by: str | None
    speaker: str | None
    contested: bool

    @builtins.property
    def standing(self) -> str:
        """How the text presents it."""
        return str(getattr(self.claim, "standing", "asserted"))

    @builtins.property
    def affirmative(self) -> bool:
        """Whether it says that something is so."""
        return affirmative(self.claim)


def sources_of(statements: Iterable[Statement]) -> list[str]:
    """Sources that carry statements, sorted."""
    return sorted({passage.split(":")[0] for each in statements for passage in each.claim.cite})


class View:
    """A corpus with everything about it that more than one table needs."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus
        self.records: dict[str, Record] = {
            key: entry.record for key, entry in sorted(corpus.entries.items()) if not isinstance(entry.record, Source)
        }
        self.sources = corpus.sources

    def label(self, key: str) -> str:
        """Label of a record or source."""
        return self.corpus.entries[key].record.label

    def root(self, source: str) -> str:
        """The source that a mirror goes back to."""
        while origin := self.sources[source].derived_from:
            source = origin
        return source

    def origin(self, statement: Statement, passage: str) -> str:
        """Whose voice a citation is: speaker, nearest relay of an unnamed speaker, or the source itself."""
        if statement.said_by:
            return statement.said_by
        if statement.speaker and statement.claim.via:
            return statement.claim.via[0]
        return self.root(passage.split(":")[0])

    def origins(self, statements: list[Statement]) -> list[str]:
        """Distinct voices behind statements, sorted."""
        return sorted({self.origin(each, passage) for each in statements for passage in each.claim.cite})

    def ancestors(self, place: str) -> Iterator[str]:
        """A place, and those in which it lies, by the gazetteer."""
        key: str | None = place
        while key:
            yield key
            record = self.records.get(key)
            key = record.parent if isinstance(record, Place) else None

    def inside(self, a: str, b: str) -> bool:
        """Whether place a lies in place b, by the gazetteer or by a text."""
        seen: set[str] = set()
        todo = [a]
        while todo:
            key = todo.pop()
            record = self.records.get(key)
            if key not in seen and isinstance(record, Place):
                ties = [tie.value for tie in record.located_in if tie.value and affirmative(tie)]
                todo += ties + ([record.parent] if record.parent else [])
            seen.add(key)
        return b in seen

    def country(self, place: str | None) -> str | None:
        """The country in which a place lies."""
        return self._above(place, lambda record: record.kind == "country")

    def division(self, place: str | None) -> str | None:
        """The first-level division in which a place lies: the one with a code; a capital may be one itself."""
        return self._above(place, lambda record: record.iso_3166_2 is not None)

    def _above(self, place: str | None, wanted: Callable[[Place], bool]) -> str | None:
        for key in self.ancestors(place) if place else ():
            record = self.records[key]
            if isinstance(record, Place) and wanted(record):
                return key
        return None

    def called(self, key: str | None, described: str | None) -> str:
        """Label of a record, or the description of somebody without one."""
        return self.label(key) if key else described or ""

    @cached_property
    def cited(self) -> set[str]:
        """Passages that a statement names, in whatever role."""
        return {
            passage
            for statements in self.statements.values()
            for each in statements
            for passage in (*each.claim.cite, *each.claim.context, *each.claim.disputed_by)
        }

    @cached_property
    def aside(self) -> dict[str, tuple[str, str | None]]:
        """Passages set aside, each with its reason and note."""
        return {
            f"{key}:{number}": (ledger.reason, ledger.note)
            for key, source in self.sources.items()
            for ledger in source.set_aside
            for number in numbers(ledger.passages, max((p.number for p in self.corpus.passages[key]), default=0))
        }

    @cached_property
    def statements(self) -> dict[str, list[Statement]]:
        """All statements by the id of their record."""
        found: dict[str, list[Statement]] = {}
        for key, record in self.records.items():
            claims = [(name, claim) for name, _, claim in record.evidence()]
            plain = [(name, claim) for name, claim in claims if isinstance(claim, Claim)]
            disputed = contested(plain, self.inside)
            bad = {id(plain[i][1]) for i in disputed}
            found[key] = [
                each
                for name, claim in claims
                for each in self._spread(record, name, claim, id(claim) in bad or bool(claim.disputed_by))
            ]
        return found

    @staticmethod
    def _spread(record: Record, name: str, claim: Evidence, disputed: bool) -> Iterator[Statement]:
        """One statement a speaker."""
        for said_by, speaker in claim.speakers:
            key = statement_id(record.id, name, claim, said_by, speaker)
            yield Statement(key, record, name, claim, said_by, speaker, disputed)

    def of(self, record: str, name: str, affirmed: bool = True) -> list[Statement]:
        """Statements on one property of a record."""
        return [s for s in self.statements[record] if s.property == name and (s.affirmative or not affirmed)]

    def best(self, record: Record, claims: Sequence[Any]) -> Any:
        """The claim to show of several about a record, or None."""
        flags = {id(s.claim): s.contested for s in self.statements[record.id]}
        return best(claims, [flags[id(claim)] for claim in claims])

    def contested(self, record: str) -> list[str]:
        """Properties of a record on which statements conflict."""
        return sorted({s.property for s in self.statements[record] if s.contested and s.affirmative})
