"""When statements conflict, by the ruling on contested values."""

from __future__ import annotations

from typing import Any

import pytest

from syrian_groups_data.model.claims import Attribute, Claim, Dated, Location, Number
from syrian_groups_data.model.contest import best, contested, number_range


def number(low: int | None = None, high: int | None = None, qualifier: str = "exact", **more: Any) -> Number:
    named = {name.rstrip("_"): value for name, value in more.items()}
    return Number.model_validate({"low": low, "high": high, "qualifier": qualifier, "cite": ["a:1"], **named})


def dated(value: str, **more: Any) -> Dated:
    return Dated(value=value, cite=["a:1"], **more)


def conflict(name: str, a: Claim, b: Claim) -> bool:
    found = contested([(name, a), (name, b)], lambda x, y: (x, y) == ("town", "land"))
    assert found in (set(), {0, 1})
    return bool(found)


MORE_200 = number(201, None, "more-than")


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        (MORE_200, number(150, 250, "between"), False),
        (MORE_200, number(401, None, "more-than"), True),
        (number(1500, 1500, "about"), number(1600, 1600), False),
        (number(1500, 1500, "about"), number(1700, 1700), True),
        (number(None, 1999, "fewer-than"), number(250, 250), False),
        (number(None, 1999, "fewer-than"), number(199, 199), True),
        (number(200, 999, "worded", words="hundreds"), number(2000, 2000), True),
        (number(5, 5, class_="civilians"), number(9, 9, class_="fighters"), False),
        (number(5, 5, of="a"), number(9, 9, of="b"), False),
        (number(5, 5, as_of="2013"), number(9, 9, as_of="2014"), False),
        (number(5, 5, as_of="2013"), number(9, 9), True),
        (number(5, 5, since="2013", until="2014"), number(9, 9, since="2015"), False),
        (number(None, None, "worded", words="many"), number(9, 9), False),
    ],
)
def test_numbers(a: Number, b: Number, expected: bool) -> None:
    assert conflict("killed", a, b) is expected


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [("2024-12", "2024-12-29", False), ("2011", "2012", True), ("../2011", "2012", True), ("../2011", "2011-05", False),
     ("2012~", "2012", False), ("2024-12-08/..", "2025-03", False)],
)  # fmt: skip
def test_dates(a: str, b: str, expected: bool) -> None:
    assert conflict("founded", dated(a), dated(b)) is expected


def test_places_agree_when_one_lies_in_the_other() -> None:
    town, land, sea = (Location(value=value, cite=["a:1"]) for value in ("town", "land", "sea"))
    assert not conflict("place", town, land)
    assert conflict("place", town, sea)


def test_many_valued_properties_do_not_conflict() -> None:
    one, two = (Attribute(value=value, cite=["a:1"]) for value in ("One", "Two"))
    assert not conflict("ideology", one, two)
    assert conflict("command", one, two)


def test_a_passage_against_it_and_a_denial_make_contested() -> None:
    plain = Attribute(value="One", cite=["a:1"])
    disputed = Attribute(value="Two", cite=["a:1"], disputed_by=["a:2"])
    denial = Attribute(value="One", cite=["a:3"], standing="denied", said_by=["b"])
    assert contested([("goal", plain), ("goal", disputed), ("goal", denial)], lambda a, b: False) == {0, 1}


def test_bounds_for_comparison_only() -> None:
    assert number_range(MORE_200) == (201, 400)
    assert number_range(number(None, 999, "fewer-than")) == (100, 999)
    assert number_range(number(54000, None, "at-least")) == (54000, 108000)


def test_best_is_preferred_then_narrowest_and_never_alleged() -> None:
    year, day = dated("2024-12"), dated("2024-12-29")
    assert best([year, day], [False, False]) is day
    assert best([year, day], [True, True]) is None
    chosen = dated("2011", preferred="dated by the founders")
    assert best([chosen, dated("2012")], [True, True]) is chosen
    assert best([dated("2011", standing="alleged", said_by=["x"])], [False]) is None
