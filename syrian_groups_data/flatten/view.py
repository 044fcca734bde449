"""A corpus with everything about it that more than one table needs."""

from __future__ import annotations

import builtins
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any, NamedTuple

from ..model.claims import Evidence, statement_id
from ..model.contest import affirmative, best, contested
from ..model.corpus import Corpus
from ..model.models import models
from ..model.passages import numbers
from ..model.records import Place, Record, Source
from ..model.watch import Watch, unwatched


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


def source_of(passage: str) -> str:
    """The source of a passage."""
    return passage.partition(":")[0]


def sources_of(statements: Iterable[Statement]) -> list[str]:
    """Sources that carry statements, sorted."""
    return sorted({source_of(passage) for each in statements for passage in each.claim.cite})


class View:
    """A corpus with everything about it that more than one table needs."""

    def __init__(self, corpus: Corpus, watch: Watch = unwatched) -> None:
        self.corpus, self.watch = corpus, watch
        self.row = models(corpus.vocabulary).row  # what makes rows of a table, with the fields of the project
        self.records: dict[str, Record] = {
            key: entry.record for key, entry in sorted(corpus.entries.items()) if not isinstance(entry.record, Source)
        }
        self.sources = corpus.sources
        self._around: dict[str, frozenset[str]] = {}
        self._countries: dict[str, str | None] = {}
        self._divisions: dict[str, str | None] = {}
        self._stands: dict[frozenset[str], dict[str, str]] = {}

    def label(self, key: str) -> str:
        """Label of a record or source."""
        return self._labels[key]

    @cached_property
    def _labels(self) -> dict[str, str]:
        """Every tie asks for one, and a hub would sort its names for each."""
        return {key: entry.record.label for key, entry in self.corpus.entries.items()}

    @cached_property
    def _lines(self) -> dict[str, list[str]]:
        """Of every source those that it goes back to, itself first: what it copies, or is another version of."""
        found: dict[str, list[str]] = {}
        for key in self.sources:
            line = [key]
            while origin := self.sources[line[-1]].derived_from or self.sources[line[-1]].version_of:
                line.append(origin)
            found[key] = line
        return found

    def work(self, source: str) -> str:
        """The source that it counts as: the one at the root of what it copies or is another version of."""
        return self._lines[source][-1]

    def _nearest(self, sources: Iterable[str]) -> dict[str, str]:
        """Of each work the source that stands for it: the nearest to its root, since a copy only repeats the others."""
        known = frozenset(sources)
        if known not in self._stands:  # every statement asks, and few sets of sources carry them all
            found = self._stands[known] = dict[str, str]()
            for source in sorted(known, key=lambda source: (len(self._lines[source]), source)):
                found.setdefault(self.work(source), source)
        return self._stands[known]

    def works(self, statements: Iterable[Statement]) -> list[str]:
        """Sources that carry statements, sorted, without those that only repeat another of them."""
        return sorted(self._nearest(sources_of(statements)).values())

    def voices(self, passages: Iterable[str]) -> dict[str, str]:
        """The source whose own voice each passage is: of a copy its own only where what it copies is not among them."""
        sources = {passage: source_of(passage) for passage in passages}
        nearest = self._nearest(sources.values())
        return {passage: nearest[self.work(source)] for passage, source in sources.items()}

    def origin(self, statement: Statement) -> dict[str, str]:
        """Whose voice each citation is: speaker, nearest relay of an unnamed speaker, or the source itself."""
        said_by, via = statement.said_by, statement.claim.via
        voice = said_by or (via[0] if statement.speaker and via else None)
        return dict.fromkeys(statement.claim.cite, voice) if voice else self.voices(statement.claim.cite)

    def origins(self, statements: list[Statement]) -> list[str]:
        """Distinct voices behind statements, sorted."""
        return sorted({voice for each in statements for voice in self.origin(each).values()})

    def ancestors(self, place: str) -> Iterator[str]:
        """A place, and those in which it lies, by the gazetteer."""
        key: str | None = place
        while key:
            yield key
            record = self.records.get(key)
            key = record.parent if isinstance(record, Place) else None

    def around(self, place: str) -> frozenset[str]:
        """Every place in which a place lies, by the gazetteer or by a text; itself included."""
        if place not in self._around:
            seen: set[str] = set()
            todo = [place]
            while todo:
                key = todo.pop()
                record = self.records.get(key)
                if key not in seen and isinstance(record, Place):
                    ties = [tie.value for tie in record.located_in if tie.value and affirmative(tie)]
                    todo += ties + ([record.parent] if record.parent else [])
                seen.add(key)
            self._around[place] = frozenset(seen)
        return self._around[place]

    def country(self, place: str | None) -> str | None:
        """The country in which a place lies."""
        return self._above(place, self._countries, lambda record: record.kind == "country")

    def division(self, place: str | None) -> str | None:
        """The first-level division in which a place lies: by its code, which a capital may have, or by its kind."""
        first = self.corpus.vocabulary.first_level
        return self._above(place, self._divisions, lambda record: record.iso_3166_2 is not None or record.kind in first)

    def _above(self, place: str | None, known: dict[str, str | None], wanted: Callable[[Place], bool]) -> str | None:
        """The nearest wanted place, itself included; `known` holds it for those of which it was asked, and on the way."""
        line, found = [], None
        for key in self.ancestors(place) if place else ():
            record = self.records[key]
            found = key if isinstance(record, Place) and wanted(record) else known.get(key)
            line.append(key)
            if found or key in known:
                break
        known |= dict.fromkeys(line, found)
        return found

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
        for key, record in self.watch(self.records.items(), "records"):
            claims = [(name, claim) for name, _, claim in record.evidence()]
            bad = contested(claims, self.around, self.corpus.vocabulary)
            found[key] = [
                each
                for i, (name, claim) in enumerate(claims)
                for each in self._spread(record, name, claim, i in bad or bool(claim.disputed_by))
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

    def best(self, record: Record, claims: Sequence[Any], final: bool = False) -> Any:
        """The claim to show of several about a record, or None."""
        flags = {id(s.claim): s.contested for s in self.statements[record.id]} if claims else {}
        return best(claims, [flags[id(claim)] for claim in claims], final)

    def contested(self, record: str) -> list[str]:
        """Properties of a record on which statements conflict."""
        return sorted({s.property for s in self.statements[record] if s.contested and s.affirmative})
