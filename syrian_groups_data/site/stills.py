"""Every picture of a build: two that are drawn from rows, and two of the explorer's drawings by themselves."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from . import lanes, words
from .frame import MARGIN, WIDTH, footed, line
from .mapping import Boundaries, Map
from .pictures import accusations, timeline
from .reading import Reading, Tables
from .svg import tag

_INSET = 10.0


def stills(rows: Mapping[str, Sequence[Any]], tables: Tables, boundaries: Boundaries | None) -> dict[str, bytes]:
    """Pictures by their paths in a package; one that has nothing to show is left out. `rows` and `tables` hold the same."""
    reading = Reading(tables)
    drawn = {
        "timeline": timeline(list(rows["events"])),
        "accusations": accusations(rows),
        "map": _map(reading, boundaries),
        "ties": _ties(reading),
    }
    return {f"tables/{name}.svg": svg.encode() for name, svg in drawn.items() if svg}


def _map(reading: Reading, boundaries: Boundaries | None) -> str | None:
    """Where most of the events lie."""
    drawn = Map(reading, reading.timeline, boundaries, links=False)
    picture = drawn.near() or drawn.whole()
    if picture is None:
        return None
    known, total = drawn.inside(drawn.box), words.count(len(reading.timeline), "event")
    part = drawn.part()
    shown = f"{known} of {total} have a point or an area"
    if part:
        here = drawn.inside(part)
        shown = f"The part with most points: {here} of {total} have a point or an area in it, {known - here} elsewhere"
    rough = " Dashed: roughly there." if any(spot.kind == "rough" for spot in drawn.spots) else ""
    note = (
        f"{shown}; the others lie somewhere in a larger region, or nobody says where. "
        f"A circle grows with its events.{rough} Shaded: somewhere in it. "
        + (f"{boundaries.credit} {boundaries.caveat}" if boundaries else "")
    )
    return _framed("Where it happened, by these sources", "one view of the site's page Explore", picture, note.strip())


def _ties(reading: Reading) -> str | None:
    """Dated ties of the two records that are compared."""
    rows = [row for row in reading.relations if row["subject_id"] in reading.compared]
    years = lanes.years(rows)
    drawn = lanes.lanes(reading, rows, years[0], lanes.dates, WIDTH - 2 * _INSET - 16, 224) if years else None
    if drawn is None:
        return None
    note = (
        "Only ties of which somebody says since when or until when. Paler, with an arrow: nobody gives that end. "
        "Blue: command and membership. Green: alliance and support. Red: enmity. Grey: places."
    )
    return _framed("Ties over time, as somebody says", "one view of the site's page Ties", drawn.picture, note)


def _framed(title: str, under: str, picture: str, note: str) -> str:
    size = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', picture)
    assert size
    width = WIDTH - 2 * _INSET
    height = width * float(size[2]) / float(size[1])
    placed = tag("svg", picture, x=_INSET, y=62.0, width=width, height=height)
    body = [line(MARGIN, 30, title, "title"), line(MARGIN, 50, under, "dim"), str(placed)]
    return footed(62 + height + 24, title, note, body)
