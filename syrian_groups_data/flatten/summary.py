"""The two tables that need no joins, made from the others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from ..model import rows
from ..model.table import Row
from .view import Statement, View, sources_of

Tables = dict[str, list[Row]]


def _mark(row: Any, accused: bool) -> str:
    """How an entry that is not plainly stated, or that names an accused, is marked."""
    hedge = f" “{row.hedge}”" if row.hedge else ""
    marks = [f"{row.standing}{hedge}"] if hedge or row.contested or row.standing != "asserted" else []
    marks += ["contested"] * row.contested + ["accused"] * accused
    return f" ({', '.join(marks)})" if marks else ""


def timeline(view: View, tables: Tables) -> Iterator[Row]:
    """One row an event, by date."""
    actors, blame, accused = defaultdict(list), defaultdict(list), defaultdict(set)
    allegations: list[Any] = tables["allegations"]
    for row in allegations:
        blame[row.event_id].append(row)
    about = {row.allegation_id: row.event_id for row in allegations}
    parties: list[Any] = tables["parties"]
    for row in parties:
        if row.role == "accused":
            accused[about[row.allegation_id]].add(view.called(row.entity_id, row.described))
    participants: list[Any] = tables["participants"]
    for row in participants:
        who = view.called(row.entity_id, row.described)
        harm = f", {row.harm}" if row.harm else ""
        actors[row.event_id].append(f"{row.role}: {who}{harm}{_mark(row, who in accused[row.event_id])}")
    events: list[Any] = tables["events"]
    for event in events:
        place: Any = view.records[event.place_id] if event.place_id else None
        country = view.country(event.place_id)
        occurred = view.of(event.event_id, "occurred")
        held = sorted(blame[event.event_id], key=lambda row: row.allegation_id)
        yield rows.Timeline(
            **event.model_dump(include=rows.Timeline.model_fields.keys() & rows.Events.model_fields.keys()),
            place=place.label if place else None,
            admin1=view.label(event.admin1_id) if event.admin1_id else None,
            country=view.label(country) if country else None,
            latitude=place.latitude if place else None,
            longitude=place.longitude if place else None,
            coordinates_precision=place.precision if place else "none",
            actors=sorted(set(actors[event.event_id])),
            allegations=[row.allegation_id for row in held],
            outcomes=[row.outcome for row in held],
            origins=len(view.origins(occurred)),
            sources=sources_of(occurred),
        )


def ledger(view: View, tables: Tables) -> Iterator[Row]:
    """One row an allegation."""
    urls = {row.passage_id: row.url for row in tables["passages"] if isinstance(row, rows.Passages)}
    answers = defaultdict(list)
    responses: list[Any] = tables["responses"]
    for row in responses:
        who = view.called(row.entity_id, row.described)
        answers[row.allegation_id].append(f"{who}: {row.stance}{f' ({row.part})' if row.part else ''}")
    allegations: list[Any] = tables["allegations"]
    for row in allegations:
        said = view.of(row.allegation_id, "accused", affirmed=False)
        replies = view.of(row.allegation_id, "responses")
        passages = sorted({p for each in (*said, *replies) for p in each.claim.cite}, key=_passage_order)
        accused = {_accused(view, each) for each in said}
        yield rows.Ledger(
            **row.model_dump(
                include=rows.Ledger.model_fields.keys() & rows.Allegations.model_fields.keys() - {"accusers"}
            ),
            accusers=sorted(_voice(view, key) for key in row.accusers),
            accused=sorted(accused),
            accusations=sorted({_accusation(view, each) for each in said}),
            event=view.label(row.event_id) if row.event_id else None,
            responses=sorted(set(answers[row.allegation_id])),
            standings=sorted({each.standing for each in said}),
            sources=sources_of(said),
            passages=passages,
            links=list(dict.fromkeys(url for passage in passages if (url := urls[passage]))),
        )


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
