"""Records, passages, statements and sources as lines: every value with who says so, how, and on which passages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from .data import Data
from .entities import Allegation, Entity, Event, Group, Person, Place
from .lines import Line, Piece, line
from .search import Match
from .statements import Passage, Source, Statement

# What a person looks for first; the rest follows by name.
_FIRST = (
    "names", "occurred", "date", "place", "participants", "accused", "responses", "founded", "dissolved", "active",
    "born", "died", "status", "led_by", "founded_by", "part_of", "member_of", "strength", "killed", "injured",
)  # fmt: skip
# A value up to this long shares its line with who says so.
_SHORT = 40
_KEY = line(Piece("≠ contested, ✗ denied or refuted; origins count voices, not proof", "dim"))


def shown(
    data: Data, found: Entity | Source | Passage | Statement, texts: dict[str, str], only: str | None = None
) -> Iterator[Line]:
    """Whatever has an id; of a record, one property where that is asked for.

    `texts` holds the text of passages, where the documents are at hand.
    """
    if isinstance(found, Entity):
        return _record(data, found, texts, only)
    if isinstance(found, Passage):
        return _passage(data, found, texts)
    return _whole(data, found, texts) if isinstance(found, Statement) else _source(data, found)


def _record(data: Data, entity: Entity, texts: dict[str, str], only: str | None) -> Iterator[Line]:
    if not isinstance(entity, Allegation):  # it has no name: its label is a sentence
        yield line(Piece(entity.label, "bold"))
    yield line(Piece(f"{entity.type} {entity.id}", "dim"))
    yield from map(line, _facts(entity))
    if only is None:
        yield line(Piece(_by_source(data, entity), "dim"))
    shown = sorted(entity.statements(only), key=_place)
    accused = _accused(entity) if any(each.property == "participants" for each in shown) else set[str]()
    for property, found in groupby(shown, key=lambda statement: statement.property):
        statements = list(found)
        contested = any(each.contested and each.affirmative for each in statements)
        yield line()
        yield line(Piece(property, "bold"), *([Piece("  contested", "strong")] if contested else []))
        for each in sorted(statements, key=_rank):
            yield from _statement(each, property == "participants" and (each.value_id or each.value) in accused)
    if only is None:
        for title, said in _elsewhere(data, entity):
            yield from _section(title, said)
    cited = {c.passage.id: c.passage for each in shown for c in each.citations}
    passages = sorted(
        (p for p in cited.values() if p.id in texts), key=lambda p: (p.source_id, p.ordinal is None, p.start)
    )
    yield from _section("passages", [f"{p.id}  {texts[p.id]}" for p in passages])
    yield line()
    yield _KEY


def _accused(event: Entity) -> set[str]:
    """Who is accused over an event, by id or description: they do not stand among those who took part without that mark."""
    return {each.value_id or each.value for allegation in event.allegations for each in allegation.accused}


def _by_source(data: Data, entity: Entity) -> str:
    """How many statements rest on each source: a reader of a record should see when one article tells it all."""
    statements = entity.statements()
    counts = Counter(key for each in statements for key in each.works)
    ranked = sorted(counts.items(), key=lambda share: (-share[1], share[0]))
    shares = ", ".join(f"{key} ({data.sources[key].kind}) {count}" for key, count in ranked)
    return f"{_count(len(statements), 'statement')}; by source: {shares}"


def _elsewhere(data: Data, entity: Entity) -> Iterator[tuple[str, list[str]]]:
    """What other records say of it: ties, events with its part in them, allegations by its side of them."""
    if isinstance(entity, Allegation):
        return
    if isinstance(entity, Event):
        yield "said in it", [f"{each.entity_id} {_heard(each)}" for each in entity.said]
    mentions = data._store.named_by_others(entity.id)
    yield (
        "named by others",
        [
            f"{_doubt(s)}{s.entity_id} {s.property}{s._qualification}: {''.join(piece.text for piece in _speech(s))}"
            for s in mentions
            if s.property not in ("participants", "accused", "place", "responses")
        ],
    )
    found, against = entity.allegations, {s.entity_id for s in mentions if s.property == "accused"}
    blamed = {a.event_id for a in found if a.id in against}
    parts: dict[str, list[str]] = {}
    for each in mentions:
        if each.property == "participants":
            marks = [each.standing] * (each.standing != "asserted") + ["accused"] * (each.entity_id in blamed)
            told = f" ({', '.join(marks)})" if marks else ""
            parts.setdefault(each.entity_id, []).append(f"{_doubt(each)}{each.role or ''}{told}")
    yield (
        "events",
        [
            f"{e.id}  {e.date or 'undated'}  {', '.join(dict.fromkeys(parts.get(e.id, ())))}{': ' if e.id in parts else ''}{e.label} ({e.standing})"
            for e in entity.events
        ],
    )
    allegations = [(a.id in against, f"{a.id}  {a.outcome}: {a.summary}") for a in found]
    yield "accused in", [text for accused, text in allegations if accused]
    other = "allegations about it" if isinstance(entity, Event) else "accuses or answers in"
    yield other, [text for accused, text in allegations if not accused]


def _passage(data: Data, found: Passage, texts: dict[str, str]) -> Iterator[Line]:
    """A passage: where it stands, and every statement that rests on it."""
    source = data.sources[found.source_id]
    where = f", {found.section}" if found.section else ""
    yield line(Piece(found.id, "bold"))
    yield line(
        Piece(f"{source.title or source.id} ({source.kind}){where}; code points {found.start} to {found.end}", "dim")
    )
    yield from _cited(found, texts)
    if found.use == "gone":
        kept = f", kept as it was read since {found.gone_since}" if found.gone_since else ""
        became = f"; became {', '.join(found.became)}" if found.became else ""
        yield line(f"gone from its source{kept}{became}")
    if found.reason:
        yield line(f"set aside: {found.reason}{f' ({found.note})' if found.note else ''}")
    for entity, statements in data.resting_on(found.id):
        yield line()
        yield line(Piece(f"{entity.label} [{entity.id}]", "bold"))
        for property, said in groupby(statements, key=lambda statement: statement.property):
            yield line(Piece(f"{property}:", "dim"), indent=2)
            for each in said:
                yield from _statement(each)


def _cited(found: Passage, texts: dict[str, str], indent: int = 0) -> Iterator[Line]:
    if found.opens:
        yield line(f"“{found.opens} … {found.closes}”", indent=indent)
    if found.url:
        yield line(Piece(found.url, "dim"), indent=indent)
    if found.id in texts:
        yield line(texts[found.id], indent=indent)


def _whole(data: Data, found: Statement, texts: dict[str, str]) -> Iterator[Line]:
    """A statement: whom it is about, what it says, and the passages on which it rests."""
    about: Any = data[found.entity_id]
    yield line(Piece(f"{about.label} [{about.id}]", "bold"))
    yield line(Piece(f"statement {found.id}", "dim"))
    yield line()
    yield line(Piece(found.property, "bold"), *([Piece("  contested", "strong")] if found.contested else []))
    yield from _statement(found)
    yield line(f"carried by {', '.join(found.sources)}; works: {', '.join(found.works)}", indent=4)
    for each in found.citations:
        yield line()
        yield line(Piece(each.passage.id, "bold"), f"  {each.role}, origin {each.origin}")
        yield from _cited(each.passage, texts, 2)
    yield line()
    yield _KEY


def _source(data: Data, found: Source) -> Iterator[Line]:
    """A source: what is known of it, and what became of its passages."""
    yield line(Piece(found.title or "untitled", "bold"))
    yield line(Piece(f"source {found.id}", "dim"))
    copies = [each.id for each in data.sources.values() if each.derived_from == found.id]
    facts = {
        "kind": found.kind, "publisher": found.publisher, "author": found.author, "published": found.published,
        "language": found.language, "licence": found.licence, "url": found.url, "copy of": found.derived_from,
        "copied by": ", ".join(copies), "snapshot": f"SHA-256 {found.snapshot_sha256}", "note": found.note,
    }  # fmt: skip
    yield from (line(Piece(f"{name}: ", "dim"), value) for name, value in facts.items() if value)
    cited = f"{found.cited} cited, {found.set_aside} set aside"
    yield line(f"{_count(found.passages, 'passage')}: {cited}; show {found.id}:1 shows the first, and what rests on it")


def _rank(statement: Statement) -> tuple[Any, ...]:
    """Contested ones first, then what most passages say; of names the plain one first and what others say last."""
    named = statement.property == "names"
    order = {"primary": 0, "epithet": 2}.get(statement.role or "", 1) if named else 1
    contested = statement.contested and not named
    return order, not contested, -len(statement.citations), statement.value.casefold()


def _place(statement: Statement) -> tuple[int, str]:
    property = statement.property
    return (_FIRST.index(property) if property in _FIRST else len(_FIRST)), property


def _facts(entity: Entity) -> list[str]:
    if isinstance(entity, Event):
        place = f", {entity.place.label}" if entity.place else ""
        return [
            f"{entity.kind} / {entity.subtype}; {entity.date or 'no undisputed date'}{place}",
            *([entity.summary] if entity.summary else []),
        ]
    if isinstance(entity, Allegation):
        event = entity.event
        about = f"about: {event.label} [{event.id}], {event.date or 'no undisputed date'}" if event else ""
        when = f"date of the act: {entity.date}" if entity.date and not event else ""
        return [
            f"An allegation, not a fact: {entity.summary}",
            f"acts: {', '.join(entity.acts)}; outcome: {entity.outcome}; {_count(entity.origins, 'origin')} (voices, not proof)",
            *filter(None, [about, when]),
        ]
    if isinstance(entity, Group):
        contested = f"; contested: {', '.join(entity.contested)}" if entity.contested else ""
        return [f"kind: {entity.kind}{contested}"]
    if isinstance(entity, Person):
        return [f"public role: {entity.basis}"]
    if isinstance(entity, Place) and entity.latitude is not None and entity.longitude is not None:
        return [f"{entity.latitude:.4f}, {entity.longitude:.4f} ({entity.precision}; {entity.gazetteer})"]
    return []


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _value(statement: Statement) -> list[Piece]:
    pieces = [Piece(statement.value)]
    if statement.value_id and statement.value_id != statement.value:
        pieces.append(Piece(f" [{statement.value_id}]", "dim"))
    pieces.append(Piece(statement._qualification))
    if statement.preferred_because:
        pieces.append(Piece(f"  preferred: {statement.preferred_because}", "bold"))
    return pieces


def _speech(statement: Statement) -> list[Piece]:
    # An answer is its speaker's: that somebody asserts it would read as if somebody else did.
    plain = statement.property == "responses" and statement.standing == "asserted"
    hedge = f"“{statement.hedge}” " if statement.hedge else ""
    said = f"by {statement.voice}"
    said += f" via {', '.join(statement.via)}" if statement.via else ""
    said += f" in {statement.said_in}" if statement.said_in else ""
    cited = [c.passage.id + ("" if c.role == "supports" else f" ({c.role})") for c in statement.citations]
    return [
        Piece("" if plain else f"{statement.standing} {hedge}", statement.standing),
        Piece(f"{said}, {_count(statement.origins, 'origin')}: "),
        Piece(" ".join(cited), "dim"),
    ]


def _doubt(statement: Statement) -> str:
    """The mark of what is contested, denied or refuted; nothing before what stands undisputed."""
    return "✗ " if not statement.affirmative else "≠ " if statement.contested else ""


def _heard(statement: Statement) -> str:
    """What was said elsewhere about a record, in one line."""
    value = "" if statement.property == "occurred" else "".join(piece.text for piece in _value(statement)) + " "
    return f"{statement.property}: {value}{''.join(piece.text for piece in _speech(statement))}"


def _statement(statement: Statement, accused: bool = False) -> Iterator[Line]:
    mark = _doubt(statement) or "• "
    value = [] if statement.property == "occurred" else _value(statement)
    value += [Piece(" (accused)", "strong")] if accused else []
    if sum(len(piece.text) for piece in value) < _SHORT:
        gap = [Piece("  ")] if value else []
        yield line(mark, *value, *gap, *_speech(statement), indent=2, hang=2)
    else:
        yield line(mark, *value, indent=2, hang=2)
        yield line(*_speech(statement), indent=4)
    if statement.note:
        yield line(Piece(f"note: {statement.note}", "italic"), indent=4)


def _section(title: str, said: Iterable[str]) -> Iterator[Line]:
    said = list(said)
    if said:
        yield line()
        yield line(Piece(title, "bold"))
        yield from (line(text, indent=2, hang=2) for text in said)


def listing(found: list[Match]) -> Iterator[Line]:
    """What a search found, for a person: by which name, and who says that it is one."""
    for match in found:
        entity = match.entity
        yield line(Piece(entity.id, "bold"), Piece(f"  {entity.type}  ", "dim"), entity.label, hang=2)
        if match.told or match.name.text != entity.label:
            told = f" ({match.told})" if match.told else ""
            yield line(f"found as: {match.name.text}{told}", indent=2, hang=2)
        others = [name for name in entity.names if name not in (entity.label, match.name.text)][:4]
        if others:
            yield line(Piece(f"also: {', '.join(others)}", "dim"), indent=2, hang=2)
    yield line(Piece(_count(len(found), "record"), "dim"))


def tabbed(match: Match) -> str:
    """What a search found, for a pipe: id, type, label, other names, and how it was found where that must be known."""
    entity = match.entity
    told = f"{match.name.text} ({match.told})" if match.told else ""
    cells = [entity.id, entity.type, entity.label, "; ".join(entity.names[1:]), told]
    return "\t".join(cell.replace("\t", " ") for cell in cells).rstrip("\t")
