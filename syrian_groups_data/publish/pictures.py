"""Two pictures for the README, drawn from the rows: what happened when, and who accuses whom."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from html import escape
from typing import Any

from ..model.values import bounds

_STYLE = """<style>
svg { font: 13px system-ui, "Noto Sans", sans-serif; color-scheme: light dark }
.ground { fill: #ffffff } .ink { fill: #1f2328 } .dim { fill: #59636e } .rule { stroke: #d1d9e0 }
.title { font-size: 17px; font-weight: 600 }
.c0 { fill: #0b6bcb; stroke: #0b6bcb } .c1 { fill: #b3261e; stroke: #b3261e } .c2 { fill: #8a5a00; stroke: #8a5a00 }
.c3 { fill: #7b3fb5; stroke: #7b3fb5 } .c4 { fill: #1a7f4b; stroke: #1a7f4b } .c5 { fill: #59636e; stroke: #59636e }
circle { stroke-width: 1.6 }
.cell { fill: #b3261e } .count { fill: #ffffff; font-weight: 600 } .faint { fill: #1f2328 }
@media (prefers-color-scheme: dark) {
.ground { fill: #0d1117 } .ink { fill: #f0f6fc } .dim { fill: #9198a1 } .rule { stroke: #3d444d }
.c0 { fill: #58a6ff; stroke: #58a6ff } .c1 { fill: #ff7b72; stroke: #ff7b72 } .c2 { fill: #e3b341; stroke: #e3b341 }
.c3 { fill: #d2a8ff; stroke: #d2a8ff } .c4 { fill: #56d364; stroke: #56d364 } .c5 { fill: #9198a1; stroke: #9198a1 }
.cell { fill: #ff7b72 } .count { fill: #0d1117 } .faint { fill: #f0f6fc }
}
.open { fill: none }
</style>"""

# Event types by what a reader tells apart at a glance.
_KINDS = {
    "fighting": ("battles",),
    "violence against civilians": ("violence-against-civilians",),
    "explosions, remote violence": ("explosions-remote-violence",),
    "statements": ("statement",),
    "acts of states, protests, movements": ("state-action", "protests", "riots", "movement"),
    "developments, incidents": ("strategic-developments", "incident"),
}


def _svg(width: int, height: int, title: str, description: str, body: Iterable[str]) -> str:
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'role="img" aria-labelledby="t d"><title id="t">{escape(title)}</title><desc id="d">{escape(description)}</desc>'
    )
    return "\n".join([head, _STYLE, f'<rect class="ground" width="{width}" height="{height}"/>', *body, "</svg>", ""])


def _text(x: float, y: float, text: str, kind: str = "ink", anchor: str = "start", turn: int = 0) -> str:
    turned = f' transform="rotate({turn} {x:g} {y:g})"' if turn else ""
    return f'<text x="{x:g}" y="{y:g}" class="{kind}" text-anchor="{anchor}"{turned}>{escape(text)}</text>'


# --- what happened when ---------------------------------------------------------------------------

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def _bins(last: date) -> list[tuple[str, date, date]]:
    """Years to 2023, then months: most of what is recorded happened in a few of them."""
    found = [("to 2010", date.min, date(2010, 12, 31))]
    found += [(str(year), date(year, 1, 1), date(year, 12, 31)) for year in range(2011, 2024)]
    for year in range(2024, last.year + 1):
        for month, name in enumerate(_MONTHS, 1):
            if (year, month) >= (2024, 11) and (year, month) <= (last.year, last.month):
                end = date(year + month // 12, month % 12 + 1, 1)
                found.append((f"{name} {year}", date(year, month, 1), date.fromordinal(end.toordinal() - 1)))
    return found


def timeline(rows: list[Any]) -> str:
    """Dots in columns of time; hollow where no source plainly asserts the event."""
    spans = {row.event_id: bounds(row.date) for row in rows}
    days = [span.latest for span in spans.values() if span.latest]
    bins = _bins(max(days, default=date(2024, 12, 31)))
    kinds = {kind: i for i, kinds in enumerate(_KINDS.values()) for kind in kinds}
    columns: dict[int, list[Any]] = defaultdict(list)
    drawn = 0
    for row in rows:
        span = spans[row.event_id]
        for i, (_, first, final) in enumerate(bins):
            if row.type in kinds and span.latest and first <= (span.earliest or span.latest) and span.latest <= final:
                columns[i].append(row)
                drawn += 1
    tallest = max((len(column) for column in columns.values()), default=1)
    step, left, top = 13, 40, 118
    width, base = left * 2 + 30 * len(bins), top + step * max(tallest, 8)
    height = base + 112
    body = [_text(left, 32, "What happened when, by these sources", "ink title")]
    for i, name in enumerate(_KINDS):
        x, y = left + 260 * (i % 3), 54 + 22 * (i // 3)
        body.append(f'<circle class="c{i} full" cx="{x + 5:g}" cy="{y}" r="5"/>')
        body.append(_text(x + 15, y + 4, name))
    body.append(f'<circle class="c5 open" cx="{left + 5}" cy="98" r="4.4"/>')
    body.append(_text(left + 15, 102, "hollow: claimed, reported or alleged to have happened", "dim"))
    body.append(f'<line class="rule" x1="{left}" x2="{width - left}" y1="{base + 4}" y2="{base + 4}"/>')
    for i, (name, _, _) in enumerate(bins):
        x = left + 30 * i + 15
        body.append(_text(x + 4, base + 20, name, "dim", "end", -55))
        if name.startswith("Nov 2024"):  # years end here and months begin
            body.append(
                f'<line class="rule" stroke-dasharray="3 3" x1="{x - 15}" x2="{x - 15}" y1="{top}" y2="{base + 4}"/>'
            )
        for j, row in enumerate(
            sorted(columns[i], key=lambda row: (kinds[row.type], row.standing != "asserted", row.event_id))
        ):
            look = "full" if row.standing == "asserted" else "open"
            label = f"{row.date}: {row.title} ({row.standing})"
            body.append(
                f'<circle class="c{kinds[row.type]} {look}" cx="{x:g}" cy="{base - 6 - step * j:g}" r="{5 if look == "full" else 4.4}">'
                f"<title>{escape(label)}</title></circle>"
            )
    campaigns = sum(row.type not in kinds for row in rows)
    left_out = len(rows) - drawn - campaigns
    note = f"{drawn} events. Not drawn: {left_out} without an undisputed date that fits one column, {campaigns} campaigns that hold others."
    body.append(_text(left, height - 12, note, "dim"))
    return _svg(width, height, "Events by date", note, body)


# --- who accuses whom -----------------------------------------------------------------------------

_MOST = 12
_REST = "all others"


def _top(allegations: Mapping[str, set[str]]) -> list[str]:
    ranked = sorted(allegations, key=lambda name: (-len(allegations[name]), name))
    return ranked[:_MOST] + ([_REST] if len(ranked) > _MOST else [])


def _short(name: str, most: int = 34) -> str:
    return name if len(name) <= most else name[: most - 1].rstrip() + "…"


def accusations(tables: Mapping[str, Sequence[Any]]) -> str:
    """A table of counts: rows accuse, columns are accused, a cell counts allegations in which the one accuses the other."""
    labels = {row.entity_id: row.label for row in tables["entities"]}
    works = {row.source_id: f"{row.publisher or row.source_id} (in its own voice)" for row in tables["sources"]}
    voices: dict[str, set[str]] = defaultdict(set)
    for row in tables["citations"]:
        if row.role == "supports":
            voices[row.statement_id].add(row.origin)
    # Who accuses and who is accused are paired by the statement: an allegation may hold several of both.
    pairs: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in tables["parties"]:
        if row.role == "accused":
            named = [labels[row.said_by]] if row.said_by else [row.speaker] if row.speaker else None
            for accuser in named or [works[key] for key in voices[row.statement_id]]:
                pairs[accuser, labels.get(row.entity_id) or row.described].add(row.allegation_id)
    accusers: dict[str, set[str]] = defaultdict(set)
    accused: dict[str, set[str]] = defaultdict(set)
    for (accuser, other), allegations in pairs.items():
        accusers[accuser] |= allegations
        accused[other] |= allegations
    down, across = _top(accusers), _top(accused)
    joined: dict[tuple[str, str], set[str]] = defaultdict(set)
    for (accuser, other), allegations in pairs.items():
        joined[accuser if accuser in down else _REST, other if other in across else _REST] |= allegations
    cells = Counter({pair: len(allegations) for pair, allegations in joined.items()})
    most = max(cells.values(), default=1)
    size, left, top = 44, 270, 236
    width, height = left + size * len(across) + 90, top + size * len(down) + 50
    body = [
        _text(24, 34, "Who accuses whom", "ink title"),
        _text(24, 56, "number of allegations; an allegation is not a fact", "dim"),
        _text(left - 12, top - 14, "accuser ↓   accused →", "dim", "end"),
    ]
    for j, name in enumerate(across):
        body.append(_text(left + size * j + size / 2 + 4, top - 12, _short(name), "ink", "start", -50))
    for i, name in enumerate(down):
        y = top + size * i
        body.append(_text(left - 12, y + size / 2 + 4, _short(name), "ink", "end"))
        for j, other in enumerate(across):
            x, count = left + size * j, cells[name, other]
            if count:
                strength = 0.25 + 0.75 * count / most
                title = f"{name} → {other}: {count}"
                body.append(
                    f'<g><title>{escape(title)}</title><rect class="cell" x="{x + 1}" y="{y + 1}" width="{size - 2}" '
                    f'height="{size - 2}" rx="4" opacity="{strength:.2f}"/>'
                    + _text(
                        x + size / 2, y + size / 2 + 5, str(count), "count" if strength > 0.6 else "faint", "middle"
                    )
                    + "</g>"
                )
            else:
                body.append(
                    f'<rect class="rule" x="{x + 1}" y="{y + 1}" width="{size - 2}" height="{size - 2}" rx="4" fill="none"/>'
                )
    count = len(set().union(*pairs.values()))
    note = f"{count} allegations; refuted accusations are not counted. A source that accuses in its own voice stands as the accuser."
    body.append(_text(24, height - 16, note, "dim"))
    return _svg(width, height, "Who accuses whom", note, body)
