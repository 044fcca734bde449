"""The pictures follow the data: their scales, their height, and no year that would break them."""

from __future__ import annotations

import random
import re
from datetime import date
from itertools import pairwise
from typing import NamedTuple
from xml.etree import ElementTree

import pytest

from syrian_groups_data.author import load
from syrian_groups_data.flatten import flatten
from syrian_groups_data.model.event_types import EVENT_TYPES
from syrian_groups_data.model.values import bounds
from syrian_groups_data.site import pictures
from syrian_groups_data.site.pictures import _bins
from syrian_groups_data.site.words import EVENT_FAMILIES
from tests.conftest import EXAMPLE, ROOT


class Happened(NamedTuple):
    """As much of an event as is drawn."""

    event_id: str
    date: str | None
    type: str = "battles"
    title: str = "An event"
    standing: str = "asserted"
    part_of: str | None = None


def drawn(*dates: str) -> str:
    return pictures.timeline([Happened(f"e{i}", text) for i, text in enumerate(dates)])


def labels(*dates: str) -> list[str]:
    return [each.label for each in _bins([bounds(text) for text in dates])]


def test_years_and_months_are_those_of_the_data() -> None:
    assert labels("1992", "1994-03", "1995") == ["1992", "1993", "1994", "1995"]
    assert labels("2019", *["2021-02"] * 6, "2021-03", "2021-04") == [
        "2019", "2020–Jan 2021", "Feb 2021", "Mar 2021", "Apr 2021",
    ]  # fmt: skip
    assert labels(*["2020-11"] * 6, "2021-03") == ["Nov 2020", "Dec 2020", "Jan–Feb 2021", "Mar 2021"]
    assert labels("1900", "1950", "2000") == ["1900", "1901–1949", "1950", "1951–1999", "2000"]
    assert labels() == labels("2011/..") == []


def test_old_years_are_one_row_where_there_are_many() -> None:
    found = labels(*map(str, range(1900, 2000)))
    assert (len(found), found[0], found[-1]) == (30, "to 1970", "1999")


@pytest.mark.parametrize(
    "dates", [["9999"], ["9999-12-31"], ["0001", "9999-12"], ["2014", "2924-12-08"], ["0001-01-01"]]
)
def test_no_year_breaks_the_picture_or_makes_it_long(dates: list[str]) -> None:
    svg = drawn(*dates)
    height = int(re.search(r'height="(\d+)"', svg)[1])  # type: ignore[index]
    assert height < 900
    assert svg.count("<title>") == len(dates)


def test_every_event_that_fits_is_in_one_row() -> None:
    rng = random.Random(1)
    for _ in range(200):
        spans = []
        for _ in range(rng.randrange(1, 60)):
            day = date.fromordinal(rng.randrange(date(1900, 1, 1).toordinal(), date(2026, 1, 1).toordinal()))
            spans.append(bounds(day.isoformat()[: rng.choice([4, 7, 10])]))
        bins = _bins(spans)
        assert len(bins) <= 30
        assert all(a.last < b.first for a, b in pairwise(bins))
        held = [sum(each.holds(span) for each in bins) for span in spans]
        assert set(held) <= {0, 1}
        # What is not in a row is wider than any that it could be in.
        assert all(count or span.precision == "year" for span, count in zip(spans, held, strict=True))


def test_all_small_print_is_inside_the_picture() -> None:
    for name in ("timeline", "accusations"):
        svg = (ROOT / "tables" / f"{name}.svg").read_text(encoding="utf-8")
        width, height = (int(re.search(rf' {key}="(\d+)"', svg)[1]) for key in ("width", "height"))  # type: ignore[index]
        for x, y, anchor, text in re.findall(
            r'<text x="([\d.]+)" y="([\d.]+)" class="[^"]*" text-anchor="(\w+)">([^<]*)<', svg
        ):
            assert float(y) + 4 <= height, text
            span = 6.4 * len(text)  # a wide guess at 13 pixels
            left = float(x) - (span if anchor == "end" else 0)
            assert left >= 0, text
            assert left + span <= width + 12, text


def test_no_text_lies_over_dots_or_another_text() -> None:
    svg = (ROOT / "tables" / "timeline.svg").read_text(encoding="utf-8")
    texts = re.findall(r'<text x="([\d.]+)" y="([\d.]+)" class="[^"]*" text-anchor="(\w+)">([^<]*)<', svg)
    boxes = [
        (float(x) - (6.4 * len(said) if anchor == "end" else 0), float(y) - 4, said) for x, y, anchor, said in texts
    ]
    dots = [(float(x), float(y)) for x, y in re.findall(r'<circle class="[^"]*" cx="([\d.]+)" cy="([\d.]+)"', svg)]
    for left, middle, said in boxes:
        across = (left, left + 6.4 * len(said))
        assert not [dot for dot in dots if abs(dot[1] - middle) < 6 and across[0] < dot[0] < across[1]], said
        for other, at, more in boxes:
            apart = said is more or abs(at - middle) > 9 or other >= across[1] or other + 6.4 * len(more) <= across[0]
            assert apart, (said, more)


@pytest.mark.parametrize("name", ["map", "ties"])
def test_views_of_the_explorer_stand_alone(name: str) -> None:
    svg = (ROOT / "tables" / f"{name}.svg").read_text(encoding="utf-8")
    root = ElementTree.fromstring(svg)
    assert len(svg) < 40_000
    assert not [each for each in root.iter() if each.tag.endswith(("}a", "}script", "}image"))]
    assert "href" not in svg
    # Every colour that a class asks for is one that the picture has.
    assert set(re.findall(r"var\((--\w+)\)", svg)) <= set(re.findall(r"(--\w+):", svg))
    height = float(root.get("height") or 0)
    inside = next(each for each in root if each.tag.endswith("}svg"))
    assert float(inside.get("y") or 0) + float(inside.get("height") or 0) < height
    assert float(inside.get("x") or 0) + float(inside.get("width") or 0) < float(root.get("width") or 0)


def test_the_families_of_events_have_a_colour_each_and_hold_types_that_exist() -> None:
    css = (ROOT / "syrian_groups_data" / "site" / "assets" / "drawing.css").read_text(encoding="utf-8")
    for i, types in enumerate(EVENT_FAMILIES.values()):
        assert css.count(f"--k{i}:") == 2, "light and dark"
        assert set(types) <= set(EVENT_TYPES)
    svg = (ROOT / "tables" / "timeline.svg").read_text(encoding="utf-8")
    assert all(name in svg for name in EVENT_FAMILIES)


def test_bars_of_many_allegations_stay_inside() -> None:
    tables = dict(flatten(load(EXAMPLE / "raw")))
    party = next(each for each in tables["parties"] if each.role == "accused")
    allegation = tables["allegations"][0]
    tables["parties"] = [party._replace(allegation_id=f"a{i}") for i in range(300)]
    tables["allegations"] = [allegation._replace(allegation_id=f"a{i}") for i in range(300)]
    svg = pictures.accusations(tables)
    for x, width in re.findall(r'<rect class="bar" x="([\d.]+)" y="[\d.]+" width="([\d.]+)"', svg):
        assert float(x) + float(width) < 440
