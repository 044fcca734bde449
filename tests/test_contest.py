"""When statements conflict, by the ruling on contested values."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syrian_groups_data.model import contest
from syrian_groups_data.model.claims import Attribute, Claim, Dated, Evidence, Location, Number
from syrian_groups_data.model.contest import best, contested
from syrian_groups_data.model.ranges import date_range, number_range, validity


def number(low: int | None = None, high: int | None = None, qualifier: str = "exact", **more: Any) -> Number:
    named = {name.rstrip("_"): value for name, value in more.items()}
    return Number.model_validate({"low": low, "high": high, "qualifier": qualifier, "cite": ["a:1"], **named})


def dated(value: str, **more: Any) -> Dated:
    return Dated(value=value, cite=["a:1"], **more)


def around(place: str) -> list[str]:
    """Towns lie in the land, and the square in a town."""
    return {"town": ["town", "land"], "square": ["square", "town", "land"]}.get(place, [place])


def conflict(name: str, a: Claim, b: Claim) -> bool:
    found = contested([(name, a), (name, b)], around)
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
        (number(5, 5, as_of="2013"), number(9, 9, as_of="2013-05"), True),
        (number(5, 5, as_of="2013"), number(9, 9, as_of="../2013"), True),
        (number(5, 5, as_of="2012"), number(9, 9, as_of="../2013"), False),
        (number(5, 5, as_of="2013"), number(9, 9), False),
        (number(5, 5), number(9, 9), True),
        (number(5, 5, since="2013", until="2014"), number(9, 9, since="2015"), False),
        (number(None, None, "worded", words="many"), number(9, 9), False),
    ],
)
def test_numbers(a: Number, b: Number, expected: bool) -> None:
    assert conflict("killed", a, b) is expected


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [("2024-12", "2024-12-29", False), ("2011", "2012", True), ("../2011", "2012", True), ("../2011", "2011-05", False),
     ("../2025-02-01", "2025-01-31", False), ("../2025-02-01", "2025-02-02", True), ("../2011", "../1990", False),
     ("../2011", "2012/..", True), ("../2018-01", "198X", False),
     ("2012~", "2012", False), ("2024-12-08/..", "2025-03", False)],
)  # fmt: skip
def test_dates(a: str, b: str, expected: bool) -> None:
    assert conflict("founded", dated(a), dated(b)) is expected


def test_places_agree_when_one_lies_in_the_other() -> None:
    town, square, land, sea = (Location(value=value, cite=["a:1"]) for value in ("town", "square", "land", "sea"))
    assert not conflict("place", town, land)
    assert not conflict("place", square, land)
    assert conflict("place", town, sea)
    claims = [("place", place) for place in (town, square, land, sea)]
    assert contested(claims, around) == {0, 1, 2, 3}
    assert contested(claims[:3], around) == set()


def test_places_that_two_texts_put_into_each_other_agree() -> None:
    one, two = (("place", Location(value=value, cite=["a:1"])) for value in ("one", "two"))
    assert contested([one, two], lambda place: ["one", "two"]) == set()


def test_many_valued_properties_do_not_conflict() -> None:
    one, two = (Attribute(value=value, cite=["a:1"]) for value in ("One", "Two"))
    assert not conflict("ideology", one, two)
    assert conflict("command", one, two)


def test_a_passage_against_it_and_a_denial_make_contested() -> None:
    plain = Attribute(value="One", cite=["a:1"])
    disputed = Attribute(value="Two", cite=["a:1"], disputed_by=["a:2"])
    denial = Attribute(value="One", cite=["a:3"], standing="denied", said_by=["b"])
    assert contested([("goal", plain), ("goal", disputed), ("goal", denial)], around) == {0, 1}


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


def test_a_final_count_is_the_last_word_and_of_running_ones_the_latest() -> None:
    first, last, final = number(3, 3, as_of="2013-05-02"), number(7, 7, as_of="2013-05-05"), number(5, 5)
    assert best([first, last], [False, False], final=True) is last
    assert best([first, last, final], [False] * 3, final=True) is final
    rough = number(4, 9, "between")
    assert best([first, rough], [False, False], final=True) is rough
    # A strength of a known day says more than one of no day.
    assert best([first, last, final], [False] * 3) is last


# --- against the definition, pair by pair ---------------------------------------------------------

DATES = st.sampled_from(["2011", "2012", "2012-05", "../2011", "2011/2012", "2012/..", "201X", "2013-01-01"])
PLACES = {key: {key, *wider} for key, wider in {"a": "bc", "b": "c", "c": "", "d": "c", "e": ""}.items()}


@st.composite
def claims_on_one(draw: st.DrawFn) -> list[tuple[str, Evidence]]:
    name = draw(st.sampled_from(["killed", "date", "status", "place"]))
    found: list[tuple[str, Evidence]] = []
    for _ in range(draw(st.integers(0, 7))):
        period = {key: draw(DATES) for key in ("since", "until") if draw(st.booleans())}
        if name == "killed":
            low = draw(st.integers(0, 4))
            dates = {"as_of": draw(DATES)} if draw(st.booleans()) else period
            found.append((name, number(low, low + draw(st.integers(0, 2)), "between", class_="all", **dates)))
        elif name == "date":
            found.append((name, dated(draw(DATES), **period)))
        elif name == "status":
            found.append((name, Attribute(value=draw(st.sampled_from(["active", "dormant"])), cite=["a:1"], **period)))
        else:
            found.append((name, Location(value=draw(st.sampled_from(sorted(PLACES))), cite=["a:1"], **period)))
    return found


def meet(a: tuple[float, float], b: tuple[float, float]) -> bool:
    return a[0] <= b[1] and b[0] <= a[1]


def against(a: Any, b: Any) -> bool:
    if not meet(validity(a), validity(b)):
        return False
    if isinstance(a, Number):
        one, two = number_range(a), number_range(b)
        assert one
        assert two
        return (a.as_of is None) == (b.as_of is None) and not meet(one, two)
    if isinstance(a, Dated):
        return not meet(date_range(a.value), date_range(b.value))
    if isinstance(a, Location):
        return a.value not in PLACES[b.value] and b.value not in PLACES[a.value]
    return bool(a.value != b.value)


@given(claims_on_one())
def test_sorting_finds_what_pairs_find(claims: list[tuple[str, Evidence]]) -> None:
    expected = {i for i, (_, a) in enumerate(claims) if any(against(a, b) for _, b in claims)}
    # Periods that end before they begin are none; check refuses them.
    if all(period[0] <= period[1] for period in (validity(claim) for _, claim in claims)):  # type: ignore[arg-type]
        assert contested(claims, PLACES.__getitem__) == expected


@pytest.mark.parametrize("name", ["killed", "date", "status", "place"])
def test_the_work_grows_with_the_claims_and_not_with_their_pairs(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every claim is looked at a fixed number of times: calls are counted, not seconds."""
    days = [f"{year}-{month:02}" for year in range(1800, 2050) for month in range(1, 13)]
    values: dict[str, Any] = {
        "killed": lambda i: number(i % 7, i % 7, as_of=days[i]),
        "date": lambda i: dated(days[i]),
        "status": lambda i: Attribute(value=("active", "dormant")[i % 2], since=days[i], cite=["a:1"]),
        "place": lambda i: Location(value=f"p{i}", cite=["a:1"]),
    }
    counts = []
    for size in (300, 3000):
        calls = 0

        def counting(claim: Claim) -> tuple[float, float]:
            nonlocal calls
            calls += 1
            return validity(claim)

        monkeypatch.setattr(contest, "validity", counting)
        contested([(name, values[name](i)) for i in range(size)], around)
        counts.append(calls)
    assert counts[1] == 10 * counts[0] > 0
