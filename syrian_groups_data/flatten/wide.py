"""Tables with one row an entity: what is undisputed about it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from ..model import rows, vocab
from ..model.claims import Location, Number
from ..model.contest import SHOWN
from ..model.languages import WRITTEN_IN
from ..model.records import Allegation, Event, Group, Named, Person, Place
from ..model.table import Row
from ..model.values import language_script
from .shown import date, text, tied, told, undisputed
from .view import View


def wide(view: View) -> Iterator[Row]:
    """The wide row of every entity."""
    leaders = _leaders(view)
    makers: dict[str, Any] = {
        "group": _group, "place": _place, "event": _event, "allegation": _allegation,
        "person": lambda view, record: _person(view, record, leaders.get(record.id, set())),
    }  # fmt: skip
    for record in view.watch(view.records.values(), "records"):
        yield makers[record.type](view, record)


def _second_name(view: View, record: Named) -> str | None:
    """A name in the language of the second name, in its own script: a romanised one is none."""
    language = view.corpus.vocabulary.second_name or ""
    script = WRITTEN_IN.get(language, "Latn")
    bad = {id(each.claim) for each in view.of(record.id, "names") if each.contested}
    for name in record.titles:
        if name.lang == language and language_script(name.value) == script and id(name) not in bad:
            return name.value
    return None


def _named(view: View, record: Named, gazetteer: str | None = None) -> dict[str, Any]:
    """Label and second name, which is no column where the project has no language for it."""
    second = {"second_name": _second_name(view, record) or gazetteer} if view.corpus.vocabulary.second_name else {}
    return {"name": record.label, **second}


def _identifiers(record: Named) -> list[str]:
    """Identifiers elsewhere as text; none where nobody looked."""
    return [f"{each.scheme}: {each.value}" for each in record.identifiers]


def _group(view: View, record: Group) -> Row:
    strength = told(view, record, "strength")
    return view.row(rows.Groups)(
        group_id=record.id,
        **_named(view, record),
        kind=record.kind,
        founded=text(told(view, record, "founded")),
        dissolved=text(told(view, record, "dissolved")),
        status=text(told(view, record, "status")),
        headquarters_id=tied(view, record, "based_in", "headquarters"),
        parent_id=tied(view, record, "part_of"),
        strength_low=strength.low if strength else None,
        strength_high=strength.high if strength else None,
        identifiers=_identifiers(record),
        contested=view.contested(record.id),
    )


def _leaders(view: View) -> dict[str, set[str]]:
    """People, and the groups that they lead."""
    found: dict[str, set[str]] = defaultdict(set)
    for key, record in view.records.items():
        if isinstance(record, Group):
            for person in undisputed(view, record, "led_by"):
                found[person].add(key)
    return found


def _person(view: View, record: Person, leads: set[str]) -> Row:
    return view.row(rows.People)(
        person_id=record.id,
        **_named(view, record),
        born=text(told(view, record, "born")),
        died=text(told(view, record, "died")),
        basis=record.basis,
        born_in_id=tied(view, record, "born_in"),
        groups=sorted(leads.union(undisputed(view, record, "member_of"))),
        identifiers=_identifiers(record),
        contested=view.contested(record.id),
    )


def _place(view: View, record: Place) -> Row:
    return view.row(rows.Places)(
        place_id=record.id,
        **_named(view, record, record.second_name),
        kind=record.kind,
        parent_id=record.parent,
        admin1_id=view.division(record.id),
        iso_3166_2=record.iso_3166_2,
        geonames_id=record.geonames_id,
        latitude=record.latitude,
        longitude=record.longitude,
        precision=record.precision,
        gazetteer=record.gazetteer,
        identifiers=_identifiers(record),
    )


def _toll(view: View, record: Event, measure: str) -> Any:
    """The preferred number; else that for class `all`, else for the only class. Never a sum, nor a running count
    beside a final one."""
    shown = [claim for claim in getattr(record, measure) if claim.standing in SHOWN]
    numbers: dict[tuple[str | None, str | None], list[Number]] = defaultdict(list)
    for claim in shown:
        numbers[claim.class_, claim.of].append(claim)
    chosen = [claim for claim in shown if claim.preferred] or numbers.get(("all", None), [])
    if not chosen and len(numbers) == 1:
        chosen = shown
    return view.best(record, chosen, final=True)


def _nested(view: View, record: Event) -> list[Location]:
    """Of places that lie in one another the innermost; of a campaign, which holds parts, the outermost."""
    shown = [claim for claim in record.place if claim.standing in SHOWN]
    outer = {claim.value: view.around(claim.value) - {claim.value} for claim in shown}
    if record.kind == "campaign":
        needless = {place for place, wider in outer.items() if wider & outer.keys()}
    else:
        needless = set[str]().union(*outer.values())
    return [claim for claim in shown if claim.preferred or claim.value not in needless]


def happening(record: Event) -> str:
    """How the texts present that an event happened: the plainest standing, unless all deny it."""
    standings = [claim.standing for claim in record.occurred]
    affirmed = [standing for standing in standings if standing not in vocab.NEGATIVE] or standings
    return min(affirmed, key=list(vocab.STANDINGS).index)


def _event(view: View, record: Event) -> Row:
    place, killed, injured = (
        view.best(record, _nested(view, record)),
        _toll(view, record, "killed"),
        _toll(view, record, "injured"),
    )
    return view.row(rows.Events)(
        event_id=record.id,
        title=record.title,
        type=record.kind,
        subtype=record.subtype,
        date=date(view, record, "date"),
        place_id=text(place),
        place_precision=place.precision if place else None,
        admin1_id=view.division(text(place)),
        part_of=tied(view, record, "part_of"),
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
    if any(r.stance in vocab.CONTESTING_STANCES for r in record.responses if r.standing not in vocab.NEGATIVE):
        return "contested"
    accused = {claim.value for claim in record.accused if claim.value}
    plain = {(claim.by, claim.stance) for claim in record.responses if claim.standing in ("asserted", "claimed")}
    if any(stance in vocab.ADMITTING_STANCES and by in accused for by, stance in plain):
        return "admitted"
    return "unanswered"


def accusers(view: View, record: Allegation) -> list[str]:
    """Ids, descriptions or sources of those who accuse, refuted ones included."""
    said = [s for s in view.of(record.id, "accused", affirmed=False) if s.standing != "denied"]
    own = {
        origin for s in said if s.standing != "refuted" for origin in view.origins([s]) if not (s.said_by or s.speaker)
    }
    return sorted({name for s in said if (name := s.said_by or s.speaker)} | own)


def _allegation(view: View, record: Allegation) -> Row:
    # The event's date says when the act was, unless the allegation has something to say of that itself.
    dated = view.records[record.event] if record.event and not record.date else record
    return view.row(rows.Allegations)(
        allegation_id=record.id,
        acts=list(record.acts),
        event_id=record.event,
        summary=record.summary,
        date=date(view, dated, "date"),
        outcome=outcome(record),
        accusers=accusers(view, record),
        origins=len(view.origins(view.of(record.id, "accused"))),
    )
