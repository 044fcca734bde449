"""Tables with one row an entity: what is undisputed about it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from ..model import rows, vocab
from ..model.claims import Location, Number
from ..model.contest import affirmative
from ..model.languages import WRITTEN_IN
from ..model.records import Allegation, Event, Group, Named, Person, Place, Record
from ..model.table import Row
from ..model.values import language_script
from .view import View


def wide(view: View) -> Iterator[Row]:
    """The wide row of every entity."""
    makers: dict[str, Any] = {
        "group": _group, "person": _person, "place": _place, "event": _event, "allegation": _allegation,
    }  # fmt: skip
    for record in view.records.values():
        yield makers[record.type](view, record)


def _text(claim: Any) -> str | None:
    """What is shown of a claim, where there is one to show."""
    return claim.value if claim else None


def _date(view: View, record: Record, name: str) -> str | None:
    return _text(view.best(record, getattr(record, name)))


def _told(view: View, record: Record, name: str) -> Any:
    """The claim to show of a group or person, whose row has no standing: what it says of itself is left out."""
    return view.best(record, [claim for claim in getattr(record, name) if claim.standing != "claimed"])


def _second_name(view: View, record: Named) -> str | None:
    """A name in the language of the second name, in its own script: a romanised one is none."""
    language = view.corpus.vocabulary.second_name or ""
    script = WRITTEN_IN.get(language, "Latn")
    names = [
        name
        for name in record.names
        if name.lang == language and language_script(name.value) == script and affirmative(name)
    ]
    ranked = sorted(names, key=lambda name: (name.role != "primary", name.role == "former"))
    return ranked[0].value if ranked else None


def _named(view: View, record: Named, gazetteer: str | None = None) -> dict[str, Any]:
    """Label and second name, which is no column where the project has no language for it."""
    second = {"second_name": _second_name(view, record) or gazetteer} if view.corpus.vocabulary.second_name else {}
    return {"name": record.label, **second}


def _only(view: View, record: Record, name: str, **where: str) -> str | None:
    """The one value of a property, or the preferred one; None where there are several or none, or it is contested."""
    claims = [claim for claim in getattr(record, name) if claim.standing in ("asserted", "reported")]
    claims = [claim for claim in claims if all(getattr(claim, k) == v for k, v in where.items())]
    preferred = [claim.value for claim in claims if claim.preferred]
    values = {claim.text for claim in claims}
    one = len(values) == 1 and not any(s.contested for s in view.of(record.id, name))
    return preferred[0] if preferred else claims[0].value if one else None


def _group(view: View, record: Group) -> Row:
    strength = _told(view, record, "strength")
    return view.row(rows.Groups)(
        group_id=record.id,
        **_named(view, record),
        kind=record.kind,
        founded=_text(_told(view, record, "founded")),
        dissolved=_text(_told(view, record, "dissolved")),
        status=_text(_told(view, record, "status")),
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
    return view.row(rows.People)(
        person_id=record.id,
        **_named(view, record),
        born=_text(_told(view, record, "born")),
        died=_text(_told(view, record, "died")),
        basis=record.basis,
        born_in_id=_only(view, record, "born_in"),
        groups=sorted(posts),
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
    )


def _toll(view: View, record: Event, measure: str) -> Any:
    """The number for class `all`, else for the only class; never a sum."""
    numbers: dict[tuple[str | None, str | None], list[Number]] = defaultdict(list)
    for claim in getattr(record, measure):
        if affirmative(claim):
            numbers[claim.class_, claim.of].append(claim)
    chosen = numbers.get(("all", None)) or (next(iter(numbers.values())) if len(numbers) == 1 else [])
    return view.best(record, chosen)


def _nested(view: View, record: Event) -> list[Location]:
    """Of places that lie in one another the innermost; of a campaign, which holds parts, the outermost."""
    pairs = [(a, b) for a in record.place for b in record.place if a.value != b.value and view.inside(b.value, a.value)]
    needless = {id(inner if record.kind == "campaign" else outer) for outer, inner in pairs}
    return [claim for claim in record.place if claim.preferred or id(claim) not in needless]


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
        date=_date(view, record, "date"),
        place_id=_text(place),
        place_precision=place.precision if place else None,
        admin1_id=view.division(_text(place)),
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
    accused = {claim.value for claim in record.accused if claim.value}
    if any(stance in vocab.ADMITTING_STANCES and by in accused for by, stance in stances):
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
    date = _date(view, record, "date")
    if not date and record.event:
        date = _date(view, view.records[record.event], "date")
    return view.row(rows.Allegations)(
        allegation_id=record.id,
        acts=list(record.acts),
        event_id=record.event,
        summary=record.summary,
        date=date,
        outcome=outcome(record),
        accusers=accusers(view, record),
        origins=len(view.origins(view.of(record.id, "accused"))),
    )
