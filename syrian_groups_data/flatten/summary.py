"""The two tables that need no joins, made from the others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any

from ..model import rows
from ..model.claims import Accused
from ..model.table import Row
from ..model.values import bounds
from .view import Statement, View, sources_of

Tables = dict[str, list[Any]]


def _mark(row: Any, contested: bool = False, accused: bool = False) -> str:
    """How an entry that is not plainly stated, is contested, or names an accused, is marked."""
    hedge = f" “{row.hedge}”" if row.hedge else ""
    marks = [f"{row.standing}{hedge}"] if hedge or contested or row.standing != "asserted" else []
    marks += ["contested"] * contested + ["accused"] * accused
    return f" ({', '.join(marks)})" if marks else ""


# Properties that a row of the timeline shows.
_SHOWN = ("occurred", "date", "place", "participants", "killed", "injured")


def timeline(view: View, tables: Tables) -> Iterator[Row]:
    """One row an event, by date."""
    blame = defaultdict(list)
    allegations: list[Any] = tables["allegations"]
    for row in allegations:
        blame[row.event_id].append(row)
    actors, plain = _actors(view, tables)
    events: list[Any] = tables["events"]
    days = _sort_days(events)
    urls = _urls(tables)
    for event in events:
        place: Any = view.records[event.place_id] if event.place_id else None
        country = view.country(event.place_id)
        occurred = view.of(event.event_id, "occurred")
        shown = [each for name in _SHOWN for each in view.of(event.event_id, name)]
        held = sorted(blame[event.event_id], key=lambda row: row.allegation_id)
        day, basis = days[event.event_id]
        yield view.row(rows.Timeline)(
            **_shared(event, rows.Timeline),
            sort_date=day,
            sort_basis=basis,
            place=place.label if place else None,
            admin1=view.label(event.admin1_id) if event.admin1_id else None,
            country=view.label(country) if country else None,
            latitude=place.latitude if place else None,
            longitude=place.longitude if place else None,
            coordinates_precision=place.precision if place else "none",
            actors=sorted(actors[event.event_id]),
            actor_ids=sorted(plain[event.event_id]),
            allegations=[row.allegation_id for row in held],
            outcomes=[row.outcome for row in held],
            origins=len(view.origins(occurred)),
            sources=sources_of(occurred),
            works=view.works(occurred),
            **_evidence(shown, urls),
            note=_notes(shown),
        )


def _shared(row: Any, table: type[Row]) -> dict[str, Any]:
    """Cells that a row of one table has in common with one of another."""
    return {name: getattr(row, name) for name in table.model_fields if name in row._fields}


def _actors(view: View, tables: Tables) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """Who took part in each event, as text with its marks, and the ids of those without any."""
    allegations: list[Any] = tables["allegations"]
    about = {row.allegation_id: row.event_id for row in allegations}
    parties: list[Any] = tables["parties"]
    accused = {(about[row.allegation_id], row.entity_id or row.described) for row in parties if row.role == "accused"}
    actors, plain = defaultdict(set), defaultdict(set)
    participants: list[Any] = tables["participants"]
    for row in participants:
        who = view.called(row.entity_id, row.described)
        harm = f", {row.harm}" if row.harm else ""
        mark = _mark(row, row.contested, (row.event_id, row.entity_id or row.described) in accused)
        actors[row.event_id].add(f"{row.role}: {who}{harm}{mark}")
        if row.entity_id and not mark:
            plain[row.event_id].add(row.entity_id)
    return actors, plain


Day = tuple[date | None, str | None]


def _sort_days(events: list[Any]) -> dict[str, Day]:
    """A day to sort each event by, and what it is: of its own date, else of the whole of which it is a part."""
    wholes = {row.event_id: row.part_of for row in events}
    found: dict[str, Day] = {}
    for row in events:
        span = bounds(row.date)
        if span.earliest or span.latest:
            found[row.event_id] = span.earliest or span.latest, "earliest" if span.earliest else "latest"
    for key in wholes:
        whole = wholes[key]
        while whole and whole not in found:
            whole = wholes[whole]
        found.setdefault(key, (found[whole][0], "whole") if whole else (None, None))
    return found


def _urls(tables: Tables) -> dict[str, str | None]:
    """Links to passages, fit for a list: a semicolon would part its items in CSV."""
    passages: list[Any] = tables["passages"]
    return {row.passage_id: row.url.replace(";", "%3B") if row.url else None for row in passages}


def _evidence(statements: list[Statement], urls: dict[str, str | None]) -> dict[str, Any]:
    """Passages that carry statements, and links to them."""
    passages = sorted({passage for each in statements for passage in each.claim.cite}, key=_passage_order)
    links = dict.fromkeys(url for passage in passages if (url := urls[passage]))
    return {"passages": passages, "links": list(links)}


def _notes(statements: list[Statement]) -> str | None:
    """Notes on statements, each with its property, as one text."""
    found = dict.fromkeys(f"{each.property}: {each.claim.note}" for each in statements if each.claim.note)
    return " · ".join(found) or None


def ledger(view: View, tables: Tables) -> Iterator[Row]:
    """One row an allegation."""
    urls = _urls(tables)
    answers = defaultdict(list)
    responses: list[Any] = tables["responses"]
    for row in responses:
        who = view.called(row.entity_id, row.described)
        answers[row.allegation_id].append(f"{who}: {row.stance}{f' ({row.part})' if row.part else ''}{_mark(row)}")
    allegations: list[Any] = tables["allegations"]
    for row in allegations:
        # A denied accusation was not made; a refuted one was.
        said = [each for each in view.of(row.allegation_id, "accused", affirmed=False) if each.standing != "denied"]
        replies = view.of(row.allegation_id, "responses")
        yield view.row(rows.Ledger)(
            **_shared(row, rows.Ledger) | {"accusers": sorted(_voice(view, key) for key in row.accusers)},
            accused=_accused_all(view, said),
            accusations=sorted({_accusation(view, each) for each in said}),
            event=view.label(row.event_id) if row.event_id else None,
            responses=sorted(set(answers[row.allegation_id])),
            standings=sorted({each.standing for each in said}),
            sources=sources_of(said),
            works=view.works(said),
            **_evidence([*said, *replies], urls),
            note=_notes([*said, *replies]),
        )


def _accused_all(view: View, said: list[Statement]) -> list[str]:
    """Who is accused, sorted; whom only refuted accusations name is marked so."""
    names = {each.claim.text: _accused(view, each) for each in said if isinstance(each.claim, Accused)}
    affirmed = {each.claim.text for each in said if each.affirmative and isinstance(each.claim, Accused)}
    return sorted({f"{name}{'' if key in affirmed else ' (refuted)'}" for key, name in names.items()})


def _accused(view: View, each: Statement) -> str:
    claim: Any = each.claim
    return view.called(claim.value, claim.described)


def _accusation(view: View, each: Statement) -> str:
    """Who accuses whom in one statement; a refuted accusation is its speaker's, not the source's."""
    who = each.said_by or each.speaker or ("not named" if each.standing == "refuted" else view.origins([each])[0])
    hedge = f" “{each.claim.hedge}”" if each.claim.hedge else ""
    return f"{_voice(view, who)} → {_accused(view, each)} ({each.standing}{hedge})"


def _voice(view: View, key: str) -> str:
    """An accuser as text; an article has the same title as the group that it is about."""
    if key in view.sources:
        return f"{key} (in its own voice)"
    return view.label(key) if key in view.records else key


def _passage_order(passage: str) -> tuple[str, int]:
    source, _, number = passage.partition(":")
    return source, int(number)
