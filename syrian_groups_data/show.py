"""A record in the terminal: every value with who says so, how, and on which passages."""

from __future__ import annotations

import unicodedata
from itertools import groupby
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from .library import Allegation, Entity, Event, Person, Place, Statement

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


def _isolated(text: str, terminal: bool) -> str:
    right = any(unicodedata.bidirectional(c) in ("R", "AL") for c in text)
    return f"{_ISOLATE}{text}{_END}" if right and terminal else text


def render(entity: Entity, texts: dict[str, str], console: Console | None = None) -> None:
    """Print a record. `texts` holds the text of passages, where the documents are at hand."""
    out = console or Console(highlight=False, soft_wrap=not Console().is_terminal)
    out.print(Text(_isolated(entity.label, out.is_terminal), style="bold"))
    out.print(Text(f"{entity.type} {entity.id}", style="dim"))
    for line in _facts(entity):
        out.print(Text(line))
    for property, found in groupby(entity.statements(), key=lambda statement: statement.property):
        statements = list(found)
        out.print()
        heading = Text(property, style="bold")
        if any(each.contested and each.affirmative for each in statements):
            heading.append("  contested", style="bold red")
        out.print(heading)
        for each in sorted(statements, key=lambda s: (not s.contested, s.value.casefold())):
            _statement(out, each, texts)
    if not isinstance(entity, Allegation):
        _links(out, "events", [f"{e.id}  {e.date or 'undated'}  {e.label} ({e.standing})" for e in entity.events])
        _links(out, "allegations", [f"{a.id}  {a.outcome}: {a.summary}" for a in entity.allegations])


def _facts(entity: Entity) -> list[str]:
    if isinstance(entity, Event):
        place = f", {entity.place.label}" if entity.place else ""
        return [f"{entity.kind} / {entity.subtype}; {entity.date or 'no undisputed date'}{place}", *([entity.summary] if entity.summary else [])]
    if isinstance(entity, Allegation):
        return [
            "An allegation is not a fact.",
            f"acts: {', '.join(entity.acts)}; outcome: {entity.outcome}; {entity.origins} origins (voices, not proof)",
        ]
    if isinstance(entity, Person):
        return [f"public role: {entity.basis}"]
    if isinstance(entity, Place) and entity.latitude is not None:
        return [f"{entity.latitude:.4f}, {entity.longitude:.4f} ({entity.precision}; {entity.gazetteer})"]
    return []


def _value(statement: Statement, terminal: bool) -> Text:
    text = Text(_isolated(statement.value, terminal))
    if statement.value_id and statement.value_id != statement.value:
        text.append(f" [{statement.value_id}]", style="dim")
    if statement.role:
        text.append(f" ({statement.role})")
    if statement.since or statement.until:
        text.append(f" [{statement.since or '..'} – {statement.until or '..'}]")
    if statement.as_of:
        text.append(f" as of {statement.as_of}")
    if statement.preferred_because:
        text.append(f"  preferred: {statement.preferred_because}", style="bold")
    return text


def _speech(statement: Statement) -> Text:
    text = Text(statement.standing, style=_STYLES[statement.standing])
    if statement.hedge:
        text.append(f" “{statement.hedge}”")
    text.append(f" by {statement.voice}", style="default")
    if statement.via:
        text.append(f" via {', '.join(statement.via)}", style="default")
    if statement.said_in:
        text.append(f" in {statement.said_in}", style="default")
    count = statement.origins
    text.append(f", {count} origin{'' if count == 1 else 's'}: ", style="default")
    cited = [c.passage.id + ("" if c.role == "supports" else f" ({c.role})") for c in statement.citations]
    text.append(" ".join(cited), style="dim")
    return text


def _statement(out: Console, statement: Statement, texts: dict[str, str]) -> None:
    mark = "≠" if statement.contested and statement.affirmative else "✗" if not statement.affirmative else "•"
    line = Text() if statement.property == "occurred" else _value(statement, out.is_terminal)
    rows = Table.grid(padding=(0, 1))
    rows.add_row(mark, line + Text("  ") + _speech(statement) if len(line) < 40 else line)
    if len(line) >= 40:
        rows.add_row("", _speech(statement))
    if statement.note:
        rows.add_row("", Text(f"note: {statement.note}", style="italic"))
    for citation in statement.citations:
        if citation.passage.id in texts:
            text = _isolated(texts[citation.passage.id], out.is_terminal)
            rows.add_row("", Text(f"{citation.passage.id} │ {text}", style="dim"))
    out.print(Padding(rows, (0, 0, 0, 2)))


def _links(out: Console, title: str, lines: list[str]) -> None:
    if lines:
        out.print()
        out.print(Text(title, style="bold"))
        for line in lines:
            out.print(Padding(Text(line), (0, 0, 0, 2)))


def listing(found: list[Entity]) -> None:
    """Print what a search found."""
    out = Console(highlight=False, soft_wrap=not Console().is_terminal)
    if not out.is_terminal:
        for entity in found:
            print(f"{entity.id}\t{entity.type}\t{entity.label}")
        return
    table = Table(box=None, header_style="bold")
    for column in ("id", "type", "label", "other names"):
        table.add_column(column)
    for entity in found:
        others = ", ".join(_isolated(name, True) for name in entity.names[1:4])
        table.add_row(entity.id, entity.type, _isolated(entity.label, True), others)
    out.print(table)


def as_json(entity: Entity, texts: dict[str, str]) -> dict[str, Any]:
    """A record for programs: the same content as `render` prints."""
    from dataclasses import asdict, fields

    own = {f.name: getattr(entity, f.name) for f in fields(entity) if f.name != "data"}
    statements = []
    for each in entity.statements():
        row = {f.name: getattr(each, f.name) for f in fields(each) if f.name != "citations"}
        row["citations"] = [
            {"role": c.role, "origin": c.origin, **asdict(c.passage), **({"text": texts[c.passage.id]} if c.passage.id in texts else {})}
            for c in each.citations
        ]
        statements.append({key: str(value) if key.endswith(("earliest", "latest")) and value else value for key, value in row.items()})
    return {
        "type": entity.type,
        **own,
        "names": entity.names,
        "statements": statements,
        "events": [e.id for e in entity.events],
        "allegations": [a.id for a in entity.allegations],
    }
