"""Records -> rows of every table."""

from __future__ import annotations

import builtins
import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property
from typing import Any, NamedTuple
from urllib.parse import quote

from .author import Corpus
from .model import rows, vocab
from .model.contest import affirmative, best, contested
from .model.records import (
    Accused,
    Actor,
    Allegation,
    Claim,
    Event,
    Evidence,
    Group,
    Location,
    Name,
    Named,
    Number,
    Participant,
    Passage,
    Person,
    Place,
    Record,
    Response,
    Source,
    Tie,
)
from .model.table import Row
from .model.values import bounds, language_script


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


def flatten(corpus: Corpus) -> dict[str, list[Row]]:
    """Rows of every table, in the order in which they are published. The corpus must be free of problems."""
    view = View(corpus)
    tables: dict[str, list[Row]] = {table.table: [] for table in rows.TABLES}
    for make in (_sources, _passages, _entities, _statements, _details, _wide):
        for row in make(view):
            tables[row.table].append(row)
    from .summary import ledger, timeline

    tables["timeline"] = list(timeline(view, tables))
    tables["ledger"] = list(ledger(view, tables))
    for table in rows.TABLES:
        tables[table.table].sort(key=lambda row, table=table: _sort_key(row, table))  # type: ignore[misc]
    return tables


def _sort_key(row: Row, table: type[Row]) -> list[tuple[bool, Any]]:
    """Values of the order columns; missing ones last; `x_earliest` and `x_latest` of a date."""
    key = []
    for name in table.order:
        stem, _, end = name.rpartition("_")
        value = getattr(row, name, None)
        if end in ("earliest", "latest"):
            value = getattr(bounds(getattr(row, stem)), end)
        key.append((value is None, value if value is not None else 0))
    return key


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
        """Whether place a lies in place b."""
        return b in self.ancestors(a)

    def division(self, place: str | None, kind: str) -> str | None:
        """The country or governorate in which a place lies."""
        for key in self.ancestors(place) if place else ():
            record = self.records[key]
            if isinstance(record, Place) and record.kind == kind:
                return key
        return None

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
        if isinstance(claim, Response):
            speakers, described = [claim.by], claim.described
        else:
            assert isinstance(claim, Claim)
            speakers, described = [*claim.said_by] or [None], claim.speaker
        for speaker in speakers:
            key = statement_id(record.id, name, claim, speaker, described)
            yield Statement(key, record, name, claim, speaker, described, disputed)

    def of(self, record: str, name: str, affirmed: bool = True) -> list[Statement]:
        """Statements on one property of a record."""
        return [s for s in self.statements[record] if s.property == name and (s.affirmative or not affirmed)]

    def best(self, record: Record, name: str) -> Any:
        """The claim to show for a property, or None."""
        claims = getattr(record, name)
        flags = {id(s.claim): s.contested for s in self.statements[record.id]}
        return best(claims, [flags[id(claim)] for claim in claims])

    def contested(self, record: str) -> list[str]:
        """Properties of a record on which statements conflict."""
        return sorted({s.property for s in self.statements[record] if s.contested and s.affirmative})


_NOT_HASHED = {"cite", "context", "disputed_by", "note", "preferred", "hedge", "said_in", "said_by", "speaker", "by"}


def statement_id(entity: str, name: str, claim: Evidence, said_by: str | None, speaker: str | None) -> str:
    """Hash of entity, property, value with its qualifiers, speaker, via, standing and validity."""
    content = claim.model_dump(exclude=_NOT_HASHED, exclude_none=True, by_alias=True)
    text = json.dumps([entity, name, content, said_by, speaker], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:12]


# --- sources and passages -------------------------------------------------------------------------


def _uses(view: View) -> tuple[set[str], dict[str, tuple[str, str | None]]]:
    cited = {
        passage
        for statements in view.statements.values()
        for each in statements
        for passage in (*each.claim.cite, *each.claim.context, *each.claim.disputed_by)
    }
    aside = {
        f"{key}:{ordinal}": (ledger.reason, ledger.note)
        for key, source in view.sources.items()
        for ledger in source.set_aside
        for ordinal in ledger.ordinals()
    }
    return cited, aside


def _sources(view: View) -> Iterator[Row]:
    cited, aside = _uses(view)
    for key, source in view.sources.items():
        yield rows.Sources(
            source_id=key,
            title=source.title,
            publisher=source.publisher,
            author=source.author,
            kind=source.kind,
            language=source.language,
            published=source.published,
            url=source.url,
            licence=source.licence,
            derived_from=source.derived_from,
            supplied=list(source.supplied),
            snapshot_sha256=source.snapshot.sha256,
            passages=len(view.corpus.passages[key]),
            cited=sum(passage.startswith(f"{key}:") for passage in cited),
            set_aside=sum(passage.startswith(f"{key}:") for passage in aside),
            note=source.note,
        )


def passage_url(source: Source, passage: Passage) -> str | None:
    """Link that lets a browser show the passage: a text fragment of its first and last words."""
    if not source.url or not passage.opens or not passage.closes:
        return source.url
    ends = (quote(words, safe="").replace("-", "%2D") for words in (passage.opens, passage.closes))
    return f"{source.url}#:~:text={','.join(ends)}"


def _passages(view: View) -> Iterator[Row]:
    cited, aside = _uses(view)
    for source, passages in view.corpus.passages.items():
        for passage in passages:
            key = f"{source}:{passage.ordinal}"
            reason, note = aside.get(key, (None, None))
            yield rows.Passages(
                passage_id=key,
                source_id=source,
                **passage._asdict(),
                url=passage_url(view.sources[source], passage),
                use="cited" if key in cited else "set_aside" if reason else "unread",
                reason=reason,
                note=note,
            )


# --- entities and statements ----------------------------------------------------------------------


def _entities(view: View) -> Iterator[Row]:
    for key, record in view.records.items():
        found = view.statements[key]
        sources = {passage.split(":")[0] for each in found for passage in each.claim.cite}
        yield rows.Entities(
            entity_id=key, type=record.type, label=record.label, statements=len(found), sources=len(sources)
        )


def _value(view: View, claim: Evidence) -> tuple[str, str | None]:
    """Value of a claim as text, and as an id where it is a record."""
    if isinstance(claim, Actor | Location) and claim.value:
        return view.label(claim.value), claim.value
    if isinstance(claim, Response):
        return claim.text, None
    assert isinstance(claim, Claim)
    return claim.text or "", None


def _statements(view: View) -> Iterator[Row]:
    for statements in view.statements.values():
        for each in statements:
            claim: Any = each.claim
            value, entity = _value(view, claim)
            precision = claim.precision if isinstance(claim, Location) else None
            yield rows.Statements(
                statement_id=each.id,
                entity_id=each.record.id,
                property=each.property,
                value=value,
                value_entity_id=entity,
                role=getattr(claim, "role", None) or precision,
                **{"class": getattr(claim, "class_", None)},
                of=getattr(claim, "of", None),
                as_of=getattr(claim, "as_of", None),
                since=getattr(claim, "since", None),
                until=getattr(claim, "until", None),
                said_by=each.said_by,
                speaker=each.speaker,
                via=list(claim.via),
                said_in=claim.said_in,
                standing=each.standing,
                hedge=claim.hedge,
                contested=each.contested,
                preferred=claim.preferred,
                origins=len(view.origins([each])),
                note=claim.note,
            )
            yield from _citations(view, each)


def _citations(view: View, each: Statement) -> Iterator[Row]:
    claim = each.claim
    for role, passages in (("supports", claim.cite), ("context", claim.context), ("disputes", claim.disputed_by)):
        for passage in dict.fromkeys(passages):
            source = view.root(passage.split(":")[0])
            yield rows.Citations(
                citation_id=f"{each.id}/{passage}/{role}",
                statement_id=each.id,
                passage_id=passage,
                role=role,
                origin=view.origin(each, passage) if role == "supports" else source,
            )


def _details(view: View) -> Iterator[Row]:
    """The row that a statement has in the table of its kind. Denied and refuted ones have none."""
    for statements in view.statements.values():
        for each in statements:
            if isinstance(each.claim, Response) or each.affirmative:
                yield from _detail(view, each)


def _detail(view: View, each: Statement) -> Iterator[Row]:
    claim: Any = each.claim
    if isinstance(claim, Response):
        event = isinstance(each.record, Event)
        yield rows.Responses(
            statement_id=each.id,
            event_id=each.record.id if event else None,
            allegation_id=None if event else each.record.id,
            entity_id=claim.by,
            described=claim.described,
            stance=claim.stance,
            part=claim.part,
            date=claim.date,
            standing=claim.standing,
        )
        return
    speech: dict[str, Any] = {"said_by": each.said_by, "speaker": each.speaker, "standing": each.standing}
    period: dict[str, Any] = {"since": claim.since, "until": claim.until}
    actor: dict[str, Any] = {"described": claim.described} if isinstance(claim, Actor) else {}
    key, entity = each.id, each.record.id
    number: dict[str, Any] = {"class": getattr(claim, "class_", None)}
    if isinstance(claim, Name):
        yield rows.Names(
            statement_id=key,
            entity_id=entity,
            name=claim.value,
            language=claim.lang,
            script=language_script(claim.value) or "Latn",
            role=claim.role,
        )
    elif isinstance(claim, Tie):
        yield rows.Relations(
            statement_id=key,
            subject_id=entity,
            relation=each.property,
            object_id=claim.value,
            role=claim.role,
            contested=each.contested,
            **actor,
            **period,
            **speech,
        )
    elif isinstance(claim, Number):
        yield rows.Estimates(
            statement_id=key,
            entity_id=entity,
            measure=each.property,
            **number,
            of_id=claim.of,
            low=claim.low,
            high=claim.high,
            qualifier=claim.qualifier,
            words=claim.words,
            unit=claim.unit,
            as_of=claim.as_of,
            contested=each.contested,
            **speech,
        )
    elif isinstance(claim, Participant):
        yield rows.Participants(
            statement_id=key,
            event_id=entity,
            entity_id=claim.value,
            role=claim.role,
            harm=claim.harm,
            side=claim.side,
            contested=each.contested,
            **actor,
            **speech,
        )
    elif isinstance(claim, Accused):
        origin = view.origins([each])[0]
        for role, who in (("accused", claim), ("accuser", None)):
            yield rows.Parties(
                statement_id=key,
                allegation_id=entity,
                entity_id=who.value if who else each.said_by,
                described=who.described if who else each.speaker,
                role=role,
                origin=origin,
                **speech,
            )
    else:
        yield rows.Attributes(
            statement_id=key,
            entity_id=entity,
            property=each.property,
            value=_value(view, claim)[0],
            contested=each.contested,
            **period,
            **speech,
        )


# --- wide tables ----------------------------------------------------------------------------------


def _wide(view: View) -> Iterator[Row]:
    makers: dict[type[Record], Any] = {
        Group: _group, Person: _person, Place: _place, Event: _event, Allegation: _allegation,
    }  # fmt: skip
    for record in view.records.values():
        yield makers[type(record)](view, record)


def _date(view: View, record: Record, name: str) -> str | None:
    claim = view.best(record, name)
    return claim.value if claim else None


def _name_ar(view: View, record: Named) -> str | None:
    names = [name for name in record.names if name.lang == "ar" and language_script(name.value) == "Arab" and affirmative(name)]
    ranked = sorted(names, key=lambda name: (name.role != "primary", name.role == "former"))
    return ranked[0].value if ranked else None


def _only(view: View, record: Record, name: str, **where: str) -> str | None:
    """The one value of a property, or the preferred one; None where there are several or none."""
    claims = [claim for claim in getattr(record, name) if affirmative(claim) and claim.standing not in ("judged", "alleged")]
    claims = [claim for claim in claims if all(getattr(claim, k) == v for k, v in where.items())]
    preferred = [claim.value for claim in claims if claim.preferred]
    values = {claim.value for claim in claims if claim.value}
    return preferred[0] if preferred else values.pop() if len(values) == 1 else None


def _group(view: View, record: Group) -> Row:
    strength, status = view.best(record, "strength"), view.best(record, "status")
    return rows.Groups(
        group_id=record.id,
        name=record.label,
        name_ar=_name_ar(view, record),
        kind=record.kind,
        founded=_date(view, record, "founded"),
        dissolved=_date(view, record, "dissolved"),
        status=status.value if status else None,
        headquarters_id=_only(view, record, "based_in", role="headquarters"),
        parent_id=_only(view, record, "part_of"),
        strength_low=strength.low if strength else None,
        strength_high=strength.high if strength else None,
        contested=view.contested(record.id),
    )


def _person(view: View, record: Person) -> Row:
    posts = {claim.value for claim in record.member_of if claim.value and affirmative(claim)}
    for key, group in view.records.items():
        if isinstance(group, Group) and any(tie.value == record.id and affirmative(tie) for tie in group.led_by):
            posts.add(key)
    return rows.People(
        person_id=record.id,
        name=record.label,
        name_ar=_name_ar(view, record),
        born=_date(view, record, "born"),
        died=_date(view, record, "died"),
        basis=record.basis,
        born_in_id=_only(view, record, "born_in"),
        groups=sorted(posts),
        contested=view.contested(record.id),
    )


def _place(view: View, record: Place) -> Row:
    return rows.Places(
        place_id=record.id,
        name=record.label,
        name_ar=_name_ar(view, record) or record.name_ar,
        kind=record.kind,
        parent_id=record.parent,
        admin1_id=view.division(record.id, "governorate"),
        iso_3166_2=record.iso_3166_2,
        geonames_id=record.geonames_id,
        latitude=record.latitude,
        longitude=record.longitude,
        precision=record.precision,
        gazetteer=record.gazetteer,
    )


def _toll(view: View, record: Event, measure: str) -> Any:
    """The number for class `all`, else for the only class; never a sum."""
    numbers: dict[tuple[str | None, str | None], list[Number]] = defaultdict(list)
    for claim in getattr(record, measure):
        if affirmative(claim):
            numbers[claim.class_, claim.of].append(claim)
    chosen = numbers.get(("all", None)) or (next(iter(numbers.values())) if len(numbers) == 1 else [])
    flags = {id(s.claim): s.contested for s in view.statements[record.id]}
    return best(chosen, [flags[id(claim)] for claim in chosen])


def happening(record: Event) -> str:
    """How the texts present that an event happened: the plainest standing, unless all deny it."""
    standings = [claim.standing for claim in record.occurred]
    affirmed = [standing for standing in standings if standing not in vocab.NEGATIVE] or standings
    return min(affirmed, key=list(vocab.STANDINGS).index)


def _event(view: View, record: Event) -> Row:
    place, killed, injured = view.best(record, "place"), _toll(view, record, "killed"), _toll(view, record, "injured")
    return rows.Events(
        event_id=record.id,
        title=record.title,
        type=record.kind,
        subtype=record.subtype,
        date=_date(view, record, "date"),
        place_id=place.value if place else None,
        place_precision=place.precision if place else None,
        admin1_id=view.division(place.value, "governorate") if place else None,
        part_of=_only(view, record, "part_of"),
        standing=happening(record),
        killed_low=killed.low if killed else None,
        killed_high=killed.high if killed else None,
        killed_standing=killed.standing if killed else None,
        injured_low=injured.low if injured else None,
        injured_high=injured.high if injured else None,
        injured_standing=injured.standing if injured else None,
        contested=view.contested(record.id),
        summary=record.summary,
    )


def outcome(record: Allegation) -> str:
    """What these sources answer, first that holds: refuted, contested, admitted, unanswered."""
    if any(claim.standing == "refuted" for claim in record.accused):
        return "refuted"
    stances = {(claim.by, claim.stance) for claim in record.responses if claim.standing not in vocab.NEGATIVE}
    if any(stance in vocab.CONTESTING_STANCES for _, stance in stances):
        return "contested"
    accused = {claim.value for claim in record.accused}
    if any(stance in vocab.ADMITTING_STANCES and by in accused for by, stance in stances):
        return "admitted"
    return "unanswered"


def accusers(view: View, record: Allegation) -> list[str]:
    """Ids, descriptions or sources of those who accuse, refuted ones included."""
    said = [s for s in view.of(record.id, "accused", affirmed=False) if s.standing != "denied"]
    return sorted({s.said_by or s.speaker or origin for s in said for origin in view.origins([s])})


def _allegation(view: View, record: Allegation) -> Row:
    date = _date(view, record, "date")
    if not date and record.event:
        date = _date(view, view.records[record.event], "date")
    return rows.Allegations(
        allegation_id=record.id,
        acts=list(record.acts),
        event_id=record.event,
        summary=record.summary,
        date=date,
        outcome=outcome(record),
        accusers=accusers(view, record),
        origins=len(view.origins(view.of(record.id, "accused"))),
    )
