"""Patterns of a descriptor, run by RE2 alone: in linear time, and to the same effect whatever engine runs the rest."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from ..library.columns import texts

# RE2 bounds the size of what it compiles. So many copies must fit, so that one of them is a small part of that.
_COPIES = 32

# Cells of these types, as Table Schema writes them.
FORMS = {
    "integer": r"\A-?[0-9]+\z",
    "number": r"\A(?:[-+]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?|(?i:nan|-?inf))\z",
    "date": r"\A[0-9]{4}-[0-9]{2}-[0-9]{2}\z",
    "boolean": r"\A(?:true|false)\z",
}


def whole(pattern: str) -> str:
    """A pattern that fits whole cells, as Table Schema has it, in RE2's syntax.

    Raises ValueError, with the reason, for what RE2 does not take, and for what is so large that it would be slow.
    """
    found = rf"\A(?:{pattern})\z"
    try:
        _compiles(pattern)  # by itself too: in brackets `a)(b` is a pattern
        _compiles(found)
    except pa.ArrowInvalid as error:
        reason = str(error).removeprefix("Invalid regular expression: ")
        raise ValueError(f"no pattern of RE2: {reason[:80]}") from None
    try:
        _compiles(found * _COPIES)
    except pa.ArrowInvalid:
        raise ValueError("its repetitions are too large") from None
    return found


def _compiles(pattern: str) -> None:
    matches(texts([""]), pattern)  # of no cell at all, Arrow would not look at the pattern


def misfits(column: pa.Array | pa.ChunkedArray, pattern: str) -> list[int]:
    """Rows, from 0, whose cell does not fit a pattern made by `whole`. Empty cells are not looked at."""
    if not len(column):  # Arrow 17 ends the process over a column without rows
        return []
    rows: list[int] = pc.indices_nonzero(pc.invert(matches(column, pattern))).to_pylist()
    return rows


def matches(column: pa.Array | pa.ChunkedArray, pattern: str) -> pa.Array | pa.ChunkedArray:
    """Whether each cell fits a pattern made by `whole`; null where it is empty."""
    return pc.match_substring_regex(column, pattern=pattern)
