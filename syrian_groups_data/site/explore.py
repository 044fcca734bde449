"""The page of all events: rows of time, map and table, and the same as data for the filters."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from markupsafe import Markup

from . import tolls, words
from .links import page
from .mapping import Boundaries, Map
from .periods import Period, periods, place
from .reading import Reading, Row
from .svg import joined, picture, tag, text

# So many rows stand in the page itself; the rest comes with the data.
FIRST = 200
# So many places that are no point of the map stand beside it; the rest is folded.
_BESIDE = 40
# Columns of the data for the page, and of the CSV that it makes.
COLUMNS = (
    "event_id", "title", "type", "subtype", "date", "sort_date", "place_id", "place", "admin1", "country",
    "actors", "killed_low", "killed_high", "injured_low", "injured_high", "contested", "standing", "allegations",
    "outcomes", "origins", "sources", "works", "passages",
)  # fmt: skip


def context(reading: Reading, boundaries: Boundaries | None) -> dict[str, Any]:
    """What the template asks for, with the data under `data`."""
    events = reading.timeline
    rows = periods(row["sort_date"] for row in events if row["sort_date"])
    bins = [place(rows, row["sort_date"]) for row in events]
    drawn = Map(reading, events, boundaries)
    blamed = {e["event_id"]: reading.accused.get(e["event_id"], set[str]()) for e in events}
    accused = {key: sorted(who & reading.entities.keys()) for key, who in blamed.items()}
    involved = {e["event_id"]: _involved(reading, e["event_id"]) for e in events}
    harmed = {e["event_id"]: tolls.short(reading, e["event_id"]) for e in events}
    return {
        "events": events[:FIRST],
        "total": len(events),
        "undated": sum(at is None for at in bins),
        "begins": _edges(rows, events, 0),
        "ends": _edges(rows, events, 1),
        "harmed": harmed,
        "where": where,
        "most_harmed": tolls.SHORT,
        "chart": chart(rows, bins, [words.event_family(row["type"]) for row in events]),
        "map": drawn.whole(),
        "near": drawn.near(),
        "beside": [(i, s, drawn.counts[s.key]) for i, s in enumerate(drawn.spots) if s.kind == "list"],
        "most_beside": _BESIDE,
        "rough": any(spot.kind == "rough" for spot in drawn.spots),
        "areas": any(spot.kind == "area" for spot in drawn.spots),
        "boundaries": boundaries,
        "choices": _choices(reading, events, involved, accused),
        "accused": accused,
        "data": {
            "columns": COLUMNS,
            "rows": [[_cell(row[name]) for name in COLUMNS] for row in events],
            "more": [
                [
                    words.when(row["date"]),
                    where(row),
                    -1 if at is None else at,
                    spot,
                    words.event_family(row["type"]),
                    involved[row["event_id"]],
                    accused[row["event_id"]],
                    reading.chain(row["place_id"]),
                    page("event", row["event_id"]),
                    [
                        [each.text, [*each.works, *each.standings], each.id, each.contested]
                        for each in harmed[row["event_id"]]
                    ],
                ]
                for row, at, spot in zip(events, bins, drawn.of_event, strict=True)
            ],
            "periods": [[each.first, each.last, each.label] for each in rows],
            "spots": [[spot.kind, spot.label, spot.place] for spot in drawn.spots],
            "first": FIRST,
            "most": tolls.SHORT,
            "chart": [_LEFT, _SPAN],
        },
    }


def where(event: Row) -> str:
    """The place of an event and how near to it: in Baniyas, near Tartus."""
    how = event["place_precision"] if event["place_precision"] in ("in", "near") else ""
    return f"{how} {event['place'] or ''}".strip() if event["place"] else ""


def _cell(value: Any) -> Any:
    return words.iso(value)


def _involved(reading: Reading, event: str) -> list[str]:
    return sorted({row["entity_id"] for row in reading.participants.get(event, []) if row["entity_id"]})


Choice = tuple[str, str]


def _edges(rows: list[Period], events: list[Row], end: int) -> list[tuple[str, list[Choice]]]:
    """First days from which to choose, or with `end` last days, by year: of the years and months in which something
    happened, and of the rows that are drawn."""
    found: dict[str, str] = {}
    months = sorted({row["sort_date"].isoformat()[:7] for row in events if row["sort_date"]})
    for month in months:
        year = month[:4]
        found.setdefault(f"{year}-{('01-01', '12-31')[end]}", f"all of {year}")
        # A day 31 compares right with every day of the month.
        found.setdefault(f"{month}-{('01', '31')[end]}", words.when(month))
    for row in rows:
        found.setdefault((row.first, row.last)[end], row.label)
    order = sorted(found.items(), key=lambda one: (one[0][:4], not one[1].startswith("all"), one[0]))
    return [(year, list(held)) for year, held in groupby(order, key=lambda one: one[0][:4])]


def _choices(
    reading: Reading, events: list[Row], involved: dict[str, list[str]], accused: dict[str, list[str]]
) -> dict[str, list[Choice]]:
    """What can be chosen in the filter bar: only what some event has."""
    who = {key for found in (*involved.values(), *accused.values()) for key in found}
    where = {key for row in events for key in reading.chain(row["place_id"])}
    return {
        "who": reading.choices(who),
        "type": [(type, words.plain(type)) for type in sorted({row["type"] for row in events})],
        "standing": [(each, each) for each in sorted({row["standing"] for row in events})],
        "place": reading.choices(where),
        "source": reading.choices({source for row in events for source in row["sources"]}),
    }


_ROW, _LEFT, _WIDTH = 19, 104, 440
_SPAN = _WIDTH - _LEFT - 34


def chart(rows: list[Period], bins: list[int | None], kinds: list[int]) -> Markup:
    """A bar a row of time, its parts coloured by what happened. A program changes the width of the parts."""
    counts = [[0] * len(words.EVENT_FAMILIES) for _ in rows]
    for at, which in zip(bins, kinds, strict=True):
        if at is not None:
            counts[at][which] += 1
    most = max((sum(row) for row in counts), default=0) or 1
    scale = _SPAN / most
    parts: list[Markup] = []
    for i, (row, held) in enumerate(zip(rows, counts, strict=True)):
        y, x = i * _ROW + 2, float(_LEFT)
        parts.append(text(_LEFT - 8, y + 12, row.label, "label", text_anchor="end"))
        for which, number in enumerate(held):
            parts.append(
                tag(
                    "rect",
                    x=x,
                    y=y,
                    width=number * scale,
                    height=_ROW - 5,
                    class_=f"k{which}",
                    data_bin=i,
                    data_kind=which,
                )
            )
            x += number * scale
        parts.append(text(x + 5, y + 12, str(sum(held) or ""), "number", data_total=i))
        parts.append(tag("rect", x=0, y=y - 2, width=_WIDTH, height=_ROW, class_="hit", data_row=i))
    return picture(_WIDTH, len(rows) * _ROW + 4, "Events by time; the table holds the same", parts, class_="chart")


def legend() -> Markup:
    """What the colours of the chart mean."""
    return joined(
        tag("li", joined([tag("i", class_=f"k{i}"), " ", name])) for i, name in enumerate(words.EVENT_FAMILIES)
    )
