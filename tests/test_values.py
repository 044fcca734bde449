"""Dates and text."""

from __future__ import annotations

import argparse
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syrian_groups_data.commands import segment
from syrian_groups_data.model.values import bounds, digest, is_id, language_script, normal


@pytest.mark.parametrize(
    ("text", "earliest", "latest", "precision", "approximate"),
    [
        ("2013", date(2013, 1, 1), date(2013, 12, 31), "year", False),
        ("2013-02", date(2013, 2, 1), date(2013, 2, 28), "month", False),
        ("2012-02", date(2012, 2, 1), date(2012, 2, 29), "month", False),
        ("2013-07-04", date(2013, 7, 4), date(2013, 7, 4), "day", False),
        ("2013-07-04~", date(2013, 7, 4), date(2013, 7, 4), "day", True),
        ("197X", date(1970, 1, 1), date(1979, 12, 31), "decade", False),
        ("2013-05-02/2013-05-03", date(2013, 5, 2), date(2013, 5, 3), "interval", False),
        ("1977/198X", date(1977, 1, 1), date(1989, 12, 31), "interval", False),
        ("../2011", None, date(2011, 12, 31), "open", False),
        ("2024-12-08/..", date(2024, 12, 8), None, "open", False),
    ],
)
def test_bounds(text: str, earliest: date | None, latest: date | None, precision: str, approximate: bool) -> None:
    assert bounds(text) == (earliest, latest, precision, approximate)


@pytest.mark.parametrize(
    "text",
    ["", "13", "2013-13", "2013-00", "2013-02-30", "0000", "2014/2013", "2013-05-03/2013-05-02", "../..", "/2013", "2013/",
     "2013\n", " 2013", "2013-7", "20X", "2013?", "٢٠١٣", "2013-02~/", "no"],
)  # fmt: skip
def test_refused_dates(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - the message differs by the mistake
        bounds(text)


@given(st.dates(date(1000, 1, 1), date(9999, 12, 31)), st.sampled_from([10, 7, 4]))
def test_bounds_agree_with_the_edtf_package(day: date, length: int) -> None:
    edtf = pytest.importorskip("edtf", reason="the oracle for dates is not installed")
    text = day.isoformat()[:length]
    parsed = edtf.parse_edtf(text)
    found = bounds(text)
    assert (found.earliest, found.latest) == (date(*parsed.lower_strict()[:3]), date(*parsed.upper_strict()[:3]))


@given(st.text(max_size=12))
def test_any_text_is_a_date_or_a_value_error(text: str) -> None:
    try:
        found = bounds(text)
    except ValueError:
        return
    assert found.earliest is None or found.latest is None or found.earliest <= found.latest


def test_digest_folds_white_space_and_composition() -> None:
    assert digest("a  b\n c") == digest("a b c")
    assert digest("e\u0301") == digest("\u00e9")
    assert digest("a b") != digest("a c")
    assert normal(" a\tb ") == "a b"


def test_script() -> None:
    assert (language_script("علي كيالي"), language_script("Ali"), language_script("123")) == ("Arab", "Latn", "Zyyy")
    assert language_script("Битва") == "Cyrl"


@pytest.mark.parametrize(
    "key", ["a\n", "a\r", "con", "nul", "lpt9", "na", "a" * 61, "", "A", "a--b", "a/b", "..", "a\0"]
)
def test_what_no_system_takes_as_the_name_of_a_file_is_no_id(key: str) -> None:
    assert not is_id(key)
    with pytest.raises(argparse.ArgumentTypeError):
        segment._key(key)
    assert segment._key("a" * 60)
