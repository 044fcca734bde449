"""A record in the terminal: every value with who says so, how, and on which passages."""

from __future__ import annotations

import unicodedata
from collections import Counter
from itertools import groupby
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from .data import Data
from .entities import Allegation, Citation, Entity, Event, Group, Passage, Person, Place, Statement

_STYLES = {
    "asserted": "green",
    "claimed": "cyan",
    "judged": "blue",
    "reported": "yellow",
    "alleged": "magenta",
    "denied": "red",
    "refuted": "red",
}
# Isolates keep Arabic in its own direction without pulling the rest of the line along.
_ISOLATE, _END = "\u2068", "\u2069"
# What a person looks for first; the rest follows by name.
_FIRST = (
    "names", "occurred", "date", "place", "participants", "accused", "responses", "founded", "dissolved", "active",
    "born", "died", "status", "led_by", "founded_by", "part_of", "member_of", "strength", "killed", "injured",
)  # fmt: skip
# A value up to this long shares its line with who says so.
_SHORT = 40


def _isolated(text: str, terminal: bool) -> str:
    right = any(unicodedata.bidirectional(c) in ("R", "AL") for c in text)
    return f"{_ISOLATE}{text}{_END}" if right and terminal else text


class _Console(Console):
    def on_broken_pipe(self) -> None:
        """`show … | head` is no error; rich would exit with 1."""
        raise BrokenPipeError


def console() -> Console:
    """Colour and width of the terminal; in a pipe plain, one line a line."""
    terminal = _Console(highlight=False)
    return terminal if terminal.is_terminal else _Console(highlight=False, width=1_000_000, no_color=True)


def _line(out: Console, text: Text | str, indent: int = 0, style: str = "") -> None:
    out.print(Padding(Text(text, style=style) if isinstance(text, str) else text, (0, 0, 0, indent), expand=False))


def render(entity: Entity, texts: dict[str, str], only: str | None = None) -> None:
    """Print a record, or one property of it. `texts` holds the text of passages, where the documents are at hand."""
    out = console()
    if not isinstance(entity, Allegation):  # it has no name: its label is a sentence
        _line(out, _isolated(entity.label, out.is_terminal), style="bold")
    _line(out, f"{entity.type} {entity.id}", style="dim")
    for line in _facts(entity):
        _line(out, line)
    if only is None:
        _line(out, _by_source(entity), style="dim")
    shown = sorted(entity.statements(only), key=_place)
    for property, found in groupby(shown, key=lambda statement: statement.property):
        statements = list(found)
        out.print()
        heading = Text(property, style="bold")
        if any(each.contested and each.affirmative for each in statements):
            heading.append("  contested", style="bold red")
        _line(out, heading)
        for each in sorted(statements, key=_rank):
            _statement(out, each)
    if only is None:
        for title, lines in _elsewhere(entity):
            _section(out, title, lines)
    cited = {c.passage.id: c.passage for each in shown for c in each.citations}
    passages = sorted(
        (p for p in cited.values() if p.id in texts), key=lambda p: (p.source_id, p.ordinal is None, p.start)
    )
    _section(out, "passages", [f"{p.id}  {_isolated(texts[p.id], out.is_terminal)}" for p in passages])
    out.print()
    _line(out, "≠ contested, ✗ denied or refuted; origins count voices, not proof", style="dim")


def _by_source(entity: Entity) -> str:
    """How many statements rest on each source: a reader of a record should see when one article tells it all."""
    statements = entity.statements()
    counts = Counter(key for each in statements for key in {c.work for c in each.citations if c.role == "supports"})
    kinds = {key: source["kind"] for key, source in entity.data.sources.items()}
    shares = ", ".join(f"{key} ({kinds[key]}) {count}" for key, count in counts.most_common())
    return f"{_count(len(statements), 'statement')}; by source: {shares}"


def _elsewhere(entity: Entity) -> list[tuple[str, list[str]]]:
    """What other records say of it: ties, events with its part in them, allegations by its side of them."""
    if isinstance(entity, Allegation):
        return []
    ties = [
        f"{s.entity_id} {s.property}{f' ({s.role})' if s.role else ''}: {_speech(s).plain}"
        for s in entity.mentions
        if s.property not in ("participants", "accused", "place", "responses")
    ]
    parts: dict[str, list[str]] = {}
    for each in entity.mentions:
        if each.property == "participants":
            parts.setdefault(each.entity_id, []).append(each.role or "")
    events = [
        f"{e.id}  {e.date or 'undated'}  {', '.join(dict.fromkeys(parts.get(e.id, ())))}{': ' if e.id in parts else ''}{e.label} ({e.standing})"
        for e in entity.events
    ]
    against = {s.entity_id for s in entity.mentions if s.property == "accused"}
    accused = [f"{a.id}  {a.outcome}: {a.summary}" for a in entity.allegations if a.id in against]
    others = [f"{a.id}  {a.outcome}: {a.summary}" for a in entity.allegations if a.id not in against]
    word = "allegations about it" if isinstance(entity, Event) else "accuses or answers in"
    return [("named by others", ties), ("events", events), ("accused in", accused), (word, others)]


def render_passage(data: Data, passage: Passage, texts: dict[str, str]) -> None:
    """Print a passage: where it stands, and every statement that rests on it."""
    out = console()
    _line(out, passage.id, style="bold")
    source = data.sources[passage.source_id]
    where = f", {passage.section}" if passage.section else ""
    _line(
        out, f"{source['title']} ({source['kind']}){where}; code points {passage.start} to {passage.end}", style="dim"
    )
    if passage.opens:
        _line(out, f"“{passage.opens} … {passage.closes}”")
    if passage.url:
        _line(out, passage.url, style="dim")
    if passage.id in texts:
        _line(out, _isolated(texts[passage.id], out.is_terminal))
    if passage.use == "gone":
        kept = f", kept as it was read since {passage.gone_since}" if passage.gone_since else ""
        _line(out, f"gone from its source{kept}{'; became ' + ', '.join(passage.became) if passage.became else ''}")
    if passage.reason:
        _line(out, f"set aside: {passage.reason}{f' ({passage.note})' if passage.note else ''}")
    for entity, statements in data.resting_on(passage.id):
        out.print()
        _line(out, f"{entity.label} [{entity.id}]", style="bold")
        for property, found in groupby(statements, key=lambda statement: statement.property):
            _line(out, f"{property}:", 2, "dim")
            for each in found:
                _statement(out, each)


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
    if isinstance(entity, Place) and entity.latitude is not None:
        return [f"{entity.latitude:.4f}, {entity.longitude:.4f} ({entity.precision}; {entity.gazetteer})"]
    return []


def _value(statement: Statement, terminal: bool) -> Text:
    text = Text(_isolated(statement.value, terminal))
    if statement.value_id and statement.value_id != statement.value:
        text.append(f" [{statement.value_id}]", style="dim")
    text.append(statement.qualified.removeprefix(statement.value))
    if statement.preferred_because:
        text.append(f"  preferred: {statement.preferred_because}", style="bold")
    return text


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _speech(statement: Statement) -> Text:
    # An answer is its speaker's: that somebody asserts it would read as if somebody else did.
    plain = statement.property == "responses" and statement.standing == "asserted"
    text = Text("" if plain else statement.standing + " ", style=_STYLES[statement.standing])
    if statement.hedge:
        text.append(f"“{statement.hedge}” ")
    text.append(f"by {statement.voice}", style="default")
    if statement.via:
        text.append(f" via {', '.join(statement.via)}", style="default")
    if statement.said_in:
        text.append(f" in {statement.said_in}", style="default")
    text.append(f", {_count(statement.origins, 'origin')}: ", style="default")
    cited = [c.passage.id + ("" if c.role == "supports" else f" ({c.role})") for c in statement.citations]
    text.append(" ".join(cited), style="dim")
    return text


def _statement(out: Console, statement: Statement) -> None:
    mark = "≠ " if statement.contested and statement.affirmative else "• " if statement.affirmative else "✗ "
    value = Text() if statement.property == "occurred" else _value(statement, out.is_terminal)
    lines = [value + Text("  " if value else "") + _speech(statement)]
    if len(value) >= _SHORT:
        lines = [value, _speech(statement)]
    if statement.note:
        lines.append(Text(f"note: {statement.note}", style="italic"))
    if not out.is_terminal:
        for i, line in enumerate(lines):
            _line(out, Text("    " if i else f"  {mark}") + line)
        return
    # A grid keeps wrapped lines under the value, clear of the mark.
    grid = Table.grid()
    for i, line in enumerate(lines):
        grid.add_row("" if i else mark, line)
    out.print(Padding(grid, (0, 0, 0, 2), expand=False))


def _section(out: Console, title: str, lines: list[str]) -> None:
    if lines:
        out.print()
        _line(out, title, style="bold")
        for line in lines:
            _line(out, line, 2)


_WIDE = 100


def listing(found: list[Entity]) -> None:
    """Print what a search found."""
    out = console()
    if not out.is_terminal:
        for entity in found:
            print("\t".join([entity.id, entity.type, entity.label, "; ".join(entity.names[1:])]))
        return
    wide = out.width >= _WIDE
    table = Table(box=None, header_style="bold", show_header=wide)
    table.add_column("id", no_wrap=True, overflow="fold")
    table.add_column("type")
    if wide:
        table.add_column("label")
        table.add_column("other names")
    for entity in found:
        label, others = (_isolated(text, True) for text in (entity.label, ", ".join(entity.names[1:4])))
        if wide:
            table.add_row(entity.id, entity.type, label, others)
        else:
            _line(out, f"{entity.id}  [{entity.type}]", style="bold")
            _line(out, label, 2)
    if wide:
        out.print(table)
    _line(out, _count(len(found), "record"), style="dim")


def as_json(entity: Entity, texts: dict[str, str], only: str | None = None) -> dict[str, Any]:
    """A record, or one property of it, for programs: the same content as `render` prints."""
    from dataclasses import fields

    language = entity.data.second_language
    left_out = {"data"} if language else {"data", "second_name"}
    renamed = {"second_name": f"name_{language}"}
    own = {renamed.get(f.name, f.name): getattr(entity, f.name) for f in fields(entity) if f.name not in left_out}
    return {
        "type": entity.type,
        **own,
        "names": entity.names,
        "statements": [_as_json(each, texts) for each in entity.statements(only)],
        "mentions": [_as_json(each, texts) for each in entity.mentions if only in (None, each.property)],
        "events": [e.id for e in entity.events],
        "allegations": [a.id for a in entity.allegations],
    }


def passage_as_json(data: Data, passage: Passage, texts: dict[str, str]) -> dict[str, Any]:
    """A passage for programs: where it stands, and every statement that rests on it."""
    resting = [each for _, statements in data.resting_on(passage.id) for each in statements]
    return {**_passage_as_json(passage, texts), "statements": [_as_json(each, texts) for each in resting]}


def _passage_as_json(passage: Passage, texts: dict[str, str]) -> dict[str, Any]:
    from dataclasses import asdict

    return asdict(passage) | ({"text": texts[passage.id]} if passage.id in texts else {})


def _as_json(statement: Statement, texts: dict[str, str]) -> dict[str, Any]:
    from dataclasses import fields

    def cited(citation: Citation) -> dict[str, Any]:
        return {"role": citation.role, "origin": citation.origin, **_passage_as_json(citation.passage, texts)}

    row = {f.name: getattr(statement, f.name) for f in fields(statement) if f.name != "citations"}
    days = {key: str(row[key]) for key in ("since_earliest", "until_latest") if row[key]}
    return {**row, **days, "citations": [cited(each) for each in statement.citations]}
