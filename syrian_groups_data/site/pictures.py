"""Two pictures that are drawn from rows: what happened when, and who accuses whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from html import escape
from typing import Any, NamedTuple

from ..model.values import Bounds, bounds
from . import words
from .frame import MARGIN, WIDTH, footed, line, short

# --- what happened when ---------------------------------------------------------------------------

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MOST_MONTHS, _MOST_ROWS = 24, 30


class _Bin(NamedTuple):
    """A row of time, both days inclusive; `month` is 0 for years."""

    first: date
    last: date
    month: int = 0

    def holds(self, span: Bounds) -> bool:
        return bool(span.latest and self.first <= (span.earliest or span.latest) and span.latest <= self.last)

    @property
    def label(self) -> str:
        names = [_MONTHS[day.month - 1] for day in (self.first, self.last)]
        if self.month:
            return f"{'–'.join(dict.fromkeys(names))} {self.last.year}"
        end = f"{self.last.year}" if self.last.month == 12 else f"{names[1]} {self.last.year}"
        if self.first == date.min or (self.first.year == self.last.year and self.last.month < 12):
            return f"to {end}"
        return end if self.first.year == self.last.year else f"{self.first.year}–{end}"


def _bins(spans: list[Bounds]) -> list[_Bin]:
    """Rows that follow the data: years, and months at the end where most of what a month holds lies in two years.

    Empty rows side by side are one, and the oldest ones too where there are more than thirty.
    """
    spans = [span for span in spans if span.latest]
    if not spans:
        return []
    first = min(span.earliest or span.latest for span in spans if span.latest)
    last = max(span.latest for span in spans if span.latest)
    start = _dense(spans, last)
    years = [_Bin(date(year, 1, 1), date(year, 12, 31)) for year in range(first.year, start[0])]
    if start[1] > 1 and (first.year, first.month) < start:
        years.append(_Bin(date(start[0], 1, 1), _month(start[0], start[1] - 1).last))
    months = [_month(*_after(start, i)) for i in range(_apart(start, last) + 1)]
    rows = _merged([*years, *months], spans)
    if len(rows) > _MOST_ROWS:
        old = len(rows) - _MOST_ROWS
        rows[: old + 1] = [_Bin(date.min, rows[old].last)]
    return rows


Month = tuple[int, int]


def _dense(spans: list[Bounds], last: date) -> Month:
    """The month from which rows are months; the January after the last day where none are."""
    pairs = [(span.earliest, span.latest) for span in spans if span.earliest and span.latest]
    found = sorted((a.year, a.month) for a, b in pairs if (a.year, a.month) == (b.year, b.month))
    start = found[len(found) // 4] if found else (last.year + 1, 1)
    rows = _apart(start, last) + 1
    return start if rows <= min(_MOST_MONTHS, len(found)) else (last.year + 1, 1)


def _apart(start: Month, last: date) -> int:
    return (last.year - start[0]) * 12 + last.month - start[1]


def _after(start: Month, months: int) -> Month:
    years, month = divmod(start[1] - 1 + months, 12)
    return start[0] + years, month + 1


def _month(year: int, month: int) -> _Bin:
    span = bounds(f"{year:04}-{month:02}")
    assert span.earliest
    assert span.latest
    return _Bin(span.earliest, span.latest, month)


def _merged(bins: list[_Bin], spans: list[Bounds]) -> list[_Bin]:
    """Rows with those that are empty side by side, of one kind and, of months, of one year, joined."""
    found: list[_Bin] = []
    empty = False  # whether the last row is
    for each in bins:
        now = not any(each.holds(span) for span in spans)
        alike = found and bool(each.month) == bool(found[-1].month)
        if now and empty and alike and (not each.month or each.first.year == found[-1].first.year):
            found[-1] = found[-1]._replace(last=each.last)
        else:
            found.append(each)
        empty = now
    return found


def timeline(rows: list[Any]) -> str:
    """Dots in rows of time; hollow where no source plainly asserts the event. Wholes that hold others are left out."""
    spans = {row.event_id: bounds(row.date) for row in rows}
    kinds = {row.type: words.event_family(row.type) for row in rows if row.type != "campaign"}
    wholes = {row.part_of for row in rows} | {row.event_id for row in rows if row.type not in kinds}
    parts = [row for row in rows if row.event_id not in wholes]
    bins = _bins([spans[row.event_id] for row in parts])
    drawn = [[row for row in parts if each.holds(spans[row.event_id])] for each in bins]
    step, left = 13, 118
    across = (WIDTH - MARGIN - left - 24) // step
    body = [line(MARGIN, 30, "What happened when, by these sources", "ink title")]
    y = 54
    for i, name in enumerate(words.EVENT_FAMILIES):
        body.append(f'<circle class="dot k{i}" cx="{MARGIN + 6}" cy="{y - 4}" r="5"/>')
        body.append(line(MARGIN + 18, y, name))
        y += 19
    body.append(f'<circle class="dot k5 open" cx="{MARGIN + 6}" cy="{y - 4}" r="4.4"/>')
    body.append(line(MARGIN + 18, y, "hollow: claimed, reported or alleged to have happened", "dim"))
    y += 30
    for each, held, before in zip(bins, drawn, [None, *bins], strict=False):
        if each.month and before and not before.month:
            body.append(f'<line class="rule" x1="{MARGIN}" x2="{WIDTH - MARGIN}" y1="{y - 9}" y2="{y - 9}"/>')
            body.append(line(WIDTH - MARGIN, y + 4, "month by month from here", "dim", "end"))
            y += 18  # a row of its own: dots may fill the one below
        body.append(line(left - 12, y + 4, each.label, "dim", "end"))
        order = sorted(held, key=lambda row: (kinds[row.type], row.standing != "asserted", row.event_id))
        at = y
        for j, row in enumerate(order):
            look = "" if row.standing == "asserted" else " open"
            x, at = left + 6 + step * (j % across), y + step * (j // across)
            body.append(
                f'<circle class="dot k{kinds[row.type]}{look}" cx="{x}" cy="{at}" r="{4.4 if look else 5}">'
                f"<title>{escape(f'{row.date}: {row.title} ({row.standing})')}</title></circle>"
            )
        if order:
            body.append(line(x + 11, at + 4, str(len(order)), "dim"))
        y = at + 18
    count = sum(map(len, drawn))
    whole = sum(row.event_id in wholes for row in rows)
    note = (
        f"{count} events. Not drawn: {whole} campaigns and other wholes that hold drawn ones, "
        f"{len(rows) - count - whole} without an undisputed date that fits one row."
    )
    return footed(y + 14, "Events by date", note, body)


# --- who accuses whom -----------------------------------------------------------------------------

_MOST = 4
_SHOWN = 7


def _ranked(counts: Mapping[str, set[str]]) -> list[str]:
    return sorted(counts, key=lambda name: (-len(counts[name]), name))


def _pairs(tables: Mapping[str, Sequence[Any]]) -> dict[tuple[str, str], set[str]]:
    """Allegations by accused and accuser, paired by the statement: an allegation may hold several of both."""
    labels = {row.entity_id: row.label for row in tables["entities"]}
    works = {row.source_id: f"{row.publisher or row.source_id}, its own voice" for row in tables["sources"]}
    voices: dict[str, set[str]] = defaultdict(set)
    for row in tables["citations"]:
        if row.role == "supports":
            voices[row.statement_id].add(row.origin)
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in tables["parties"]:
        if row.role == "accused":
            named = [labels[row.said_by]] if row.said_by else [row.speaker] if row.speaker else None
            for accuser in named or [works[key] for key in voices[row.statement_id]]:
                found[labels.get(row.entity_id) or row.described, accuser].add(row.allegation_id)
    return found


def accusations(tables: Mapping[str, Sequence[Any]]) -> str:
    """Under each of those most accused, bars for those who accuse them: how many allegations."""
    by_accused: dict[str, set[str]] = defaultdict(set)
    by_accuser: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for (accused, accuser), allegations in _pairs(tables).items():
        by_accused[accused] |= allegations
        by_accuser[accused][accuser] |= allegations
    outcomes = {row.allegation_id: row.outcome for row in tables["allegations"]}
    body = [
        line(MARGIN, 30, "Who accuses whom", "ink title"),
        line(MARGIN, 52, "number of allegations; an allegation is not a fact", "dim"),
    ]
    shown = _ranked(by_accused)[:_SHOWN]
    y, left = 84, 236
    longest = max((len(held) for accused in shown for held in by_accuser[accused].values()), default=1)
    unit = min(15, (WIDTH - MARGIN - left - 24) / longest)
    for accused in shown:
        held = by_accused[accused]
        answered = sum(outcomes[key] != "unanswered" for key in held)
        body.append(line(MARGIN, y, short(accused), "ink strong"))
        body.append(line(WIDTH - MARGIN, y, f"in {len(held)}, {answered} of them answered", "dim", "end"))
        y += 20
        accusers = by_accuser[accused]
        ranked = _ranked(accusers)
        for accuser in ranked[:_MOST]:
            count = len(accusers[accuser])
            body.append(line(left - 10, y, short(accuser), "ink", "end"))
            body.append(
                f'<rect class="bar" x="{left}" y="{y - 10}" width="{unit * count:g}" height="11" rx="2">'
                f"<title>{escape(f'{accuser} → {accused}: {count}')}</title></rect>"
            )
            body.append(line(left + unit * count + 6, y, str(count), "dim"))
            y += 18
        if rest := ranked[_MOST:]:
            text = f"{len(rest)} more accuser{'s' if len(rest) > 1 else ''}"
            body.append(line(left - 10, y, text, "dim", "end"))
            y += 18
        y += 12
    everyone = set[str]().union(*by_accused.values())
    note = (
        f"{len(everyone)} allegations against {len(by_accused)} accused, of whom the {len(shown)} most often accused are drawn; "
        "an allegation counts under each whom it names. Refuted accusations are left out. Answered says that these "
        "sources hold an answer, and unanswered does not mean undisputed."
    )
    return footed(y + 4, "Who accuses whom", note, body)
