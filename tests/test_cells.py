"""What Arrow proves of a CSV is what is read cell by cell, whatever the bytes."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from syrian_groups_data.validate.cells import proved, read_cells, read_csv

PIECES = st.sampled_from(
    [
        b"a",
        b"bc",
        "ä".encode(),
        b",",
        b",",
        b"\n",
        b"\n",
        b'"',
        b'""',
        b"\r",
        b"\r\n",
        b" ",
        b"\0",
        b"\xff",
        b"\xef\xbb\xbf",
    ]
)
CELLS = st.sampled_from(["", "", "a", "NULL", "nan", "ä b", '"x,y"', '"""q"""', '""', '"two\nlines"', " 1", "#", "\\"])


def check(data: bytes, columns: list[str]) -> None:
    found, problems = read_csv("x.csv", data, columns)
    wanted, told = read_cells("x.csv", data, columns)
    assert problems == told
    assert (found and found.to_pydict()) == (wanted and wanted.to_pydict())
    assert (found and found.schema.types) == (wanted and wanted.schema.types)


@settings(max_examples=400, deadline=None)
@given(st.lists(PIECES, max_size=14), st.integers(1, 3))
def test_any_bytes(pieces: list[bytes], width: int) -> None:
    columns = ["x", "y", "z"][:width]
    check(b",".join(name.encode() for name in columns) + b"\n" + b"".join(pieces), columns)
    check(b"".join(pieces), columns)


@settings(max_examples=400, deadline=None)
@given(
    st.lists(st.lists(CELLS, min_size=1, max_size=3), max_size=5),
    st.sampled_from(["x,y", '"x","y"', '"x"y']),
    st.sampled_from(["\n", ""]),
)
def test_any_cells(rows: list[list[str]], head: str, end: str) -> None:
    text = "\n".join([head, *map(",".join, rows)]) + end
    check(text.encode(), ["x", "y"])


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("x,y\n1,2\n", True),
        ('x,y\n"a, b",\n,"say ""no"""\n', True),
        ('x,y\n"",""\n', True),
        ('"x","y"\n"a",2\n', True),
        ('"x,y\n"a",2\n', False),
        ('"x\n","y"\n"a",2\n', False),
        ("x,y\n", True),
        ("x,y\n1,2", False),
        ("x,y\n1,2\n\n3,4\n", False),
        ("x,y\n1,2,3\n", False),
        ("x,y\n1\n", False),
        ("y,x\n1,2\n", False),
        ("\ufeffx,y\n1,2\n", False),
        ("x,y\r\n1,2\r\n", False),
        ('x,y\n"a"b,2\n', False),
        ('x,y\na"b,c"d,2\n', False),
        ('x,y\n"a,2\n', False),
        ('x,y\n"a\nb",2\n', False),
        (f"x,y\n{'a' * 131_073},2\n", False),
    ],
)
def test_what_is_proved(text: str, plain: bool) -> None:
    assert (proved(text.encode(), ["x", "y"]) is not None) == plain
    check(text.encode(), ["x", "y"])
