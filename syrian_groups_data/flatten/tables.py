"""Records -> rows of every table."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from operator import attrgetter
from typing import Any

from ..model import rows
from ..model.claims import Accused, Actor, Claim, Evidence, Location, Name, Number, Participant, Response, Tie
from ..model.corpus import Corpus
from ..model.records import Event
from ..model.table import Row
from ..model.values import bounds, language_script
from ..model.watch import Watch, unwatched
from . import documents
from .keys import prove_keys
from .summary import ledger, timeline
from .view import Statement, View, sources_of
from .wide import wide


def flatten(corpus: Corpus, watch: Watch = unwatched) -> dict[str, list[Any]]:
    """Rows of every table, in the order in which they are published. The corpus must be free of problems.

    Raises Problems where a key stands twice or a reference leads nowhere all the same.
    """
    view = View(corpus, watch)
    tables: dict[str, list[Any]] = {table.table: [] for table in rows.TABLES}
    for make in (documents.sources, documents.passages, _entities, _statements, _details, _changes, wide):
        for row in make(view):
            tables[row.table].append(row)
    tables["timeline"] = list(timeline(view, tables))
    tables["ledger"] = list(ledger(view, tables))
    for table in rows.TABLES:
        tables[table.table].sort(key=_by_order(table))
    prove_keys(tables)
    return tables


def _by_order(table: type[Row]) -> Callable[[Row], list[tuple[bool, Any]]]:
    """Values of the order columns; missing ones last; `x_earliest` and `x_latest` of a date."""
    getters = [_getter(table, name) for name in table.order]

    def key(row: Row) -> list[tuple[bool, Any]]:
        return [(value is None, 0 if value is None else value) for value in [get(row) for get in getters]]

    return key


def _getter(table: type[Row], name: str) -> Callable[[Row], Any]:
    stem, _, end = name.rpartition("_")
    if name in table.model_fields:
        return attrgetter(name)
    return lambda row: getattr(bounds(getattr(row, stem)), end)


# --- entities and statements ----------------------------------------------------------------------


def _entities(view: View) -> Iterator[Row]:
    for key, record in view.records.items():
        found = view.statements[key]
        works = len(view.works(found))
        yield view.row(rows.Entities)(
            entity_id=key, type=record.type, label=record.label, statements=len(found), works=works
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
    row = view.row(rows.Statements)
    for statements in view.watch(view.statements.values(), "records"):
        for each in statements:
            claim, held = each.claim, vars(each.claim)  # what a claim of another kind has not, it does not hold
            value, entity = _value(view, claim)
            yield row(
                statement_id=each.id,
                entity_id=each.record.id,
                property=each.property,
                value=value,
                value_entity_id=entity,
                role=held.get("role") or held.get("precision"),
                class_=held.get("class_"),
                of=held.get("of"),
                as_of=held.get("as_of"),
                since=held.get("since"),
                until=held.get("until"),
                said_by=each.said_by,
                speaker=each.speaker,
                via=list(claim.via),
                said_in=claim.said_in,
                standing=each.standing,
                hedge=claim.hedge,
                contested=each.contested,
                preferred=claim.preferred,
                origins=len(view.origins([each])),
                sources=sources_of([each]),
                works=view.works([each]),
                note=claim.note,
            )
            yield from _citations(view, each)


def _citations(view: View, each: Statement) -> Iterator[Row]:
    row, claim = view.row(rows.Citations), each.claim
    roles = {
        "supports": view.origin(each),
        "context": view.voices(claim.context),
        "disputes": view.voices(claim.disputed_by),
    }
    for role, voices in roles.items():
        for passage, voice in voices.items():
            yield row(
                citation_id=f"{each.id}/{passage}/{role}",
                statement_id=each.id,
                passage_id=passage,
                role=role,
                origin=voice,
            )


def _changes(view: View) -> Iterator[Row]:
    for change, _ in view.corpus.changes:
        yield view.row(rows.Changes)(
            old_id=change.old,
            new_id=change.new or None,
            kind=change.kind,
            reason=change.reason or None,
            since=change.since,
        )


def _details(view: View) -> Iterator[Row]:
    """The row that a statement has in the table of its kind. Denied and refuted ones have none."""
    for statements in view.watch(view.statements.values(), "records"):
        for each in statements:
            if each.affirmative:
                yield from _detail(view, each)


def _detail(view: View, each: Statement) -> Iterator[Row]:
    claim: Any = each.claim
    manner: dict[str, Any] = {"standing": each.standing, "hedge": claim.hedge, "note": claim.note}
    if isinstance(claim, Response):
        event = isinstance(each.record, Event)
        yield view.row(rows.Responses)(
            statement_id=each.id,
            event_id=each.record.id if event else None,
            allegation_id=None if event else each.record.id,
            entity_id=claim.by,
            described=claim.described,
            stance=claim.stance,
            part=claim.part,
            date=claim.date,
            covers=list(claim.covers or ()),
            **manner,
        )
        return
    speech: dict[str, Any] = {
        "said_by": each.said_by,
        "speaker": each.speaker,
        "contested": each.contested,
        **manner,
    }
    period: dict[str, Any] = {"since": claim.since, "until": claim.until}
    key, entity = each.id, each.record.id
    if isinstance(claim, Name):
        yield view.row(rows.Names)(
            statement_id=key,
            entity_id=entity,
            name=claim.value,
            language=claim.lang,
            script=language_script(claim.value),
            role=claim.role,
            **speech,
        )
    elif isinstance(claim, Tie):
        yield view.row(rows.Relations)(
            statement_id=key,
            subject_id=entity,
            relation=each.property,
            object_id=claim.value,
            role=claim.role,
            described=claim.described,
            **period,
            **speech,
        )
    elif isinstance(claim, Number):
        yield view.row(rows.Estimates)(
            statement_id=key,
            entity_id=entity,
            measure=each.property,
            class_=claim.class_,
            of_id=claim.of,
            low=claim.low,
            high=claim.high,
            qualifier=claim.qualifier,
            words=claim.words,
            unit=claim.unit,
            as_of=claim.as_of,
            voices=view.origins([each]),
            **speech,
        )
    elif isinstance(claim, Participant):
        yield view.row(rows.Participants)(
            statement_id=key,
            event_id=entity,
            entity_id=claim.value,
            role=claim.role,
            harm=claim.harm,
            side=claim.side,
            described=claim.described,
            **speech,
        )
    elif isinstance(claim, Accused):
        origin = view.origins([each])[0]
        for role, who in (("accused", claim), ("accuser", None)):
            yield view.row(rows.Parties)(
                statement_id=key,
                allegation_id=entity,
                entity_id=who.value if who else each.said_by,
                described=who.described if who else each.speaker,
                role=role,
                origin=origin,
                **speech,
            )
    else:
        yield view.row(rows.Attributes)(
            statement_id=key,
            entity_id=entity,
            property=each.property,
            value=_value(view, claim)[0],
            **period,
            **speech,
        )
