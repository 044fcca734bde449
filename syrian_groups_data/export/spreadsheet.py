"""Rows as a spreadsheet shows them: who says so stands beside the value, so that a copied row is still true.

CSV for spreadsheets is made here too: UTF-8 with a byte order mark, CR LF, one table a file.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any

from .said import said
from .source import Row, Source

BOM = "\ufeff"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
# Two columns that are added beside the value of every table that holds claims.
STANDING, VOICE = "how it is said", "who says so"
_VALUE = {
    "entities": "label", "statements": "value", "names": "name", "relations": "described", "attributes": "value", "estimates": "high",
    "participants": "role", "parties": "role", "responses": "stance", "groups": "name", "people": "name",
    "events": "title", "timeline": "title", "allegations": "summary", "ledger": "summary",
}  # fmt: skip


def cell(value: Any) -> str:
    """A value as a person reads it: lists joined by `; `, true and false in words, dates as ISO 8601."""
    if value is None:
        return ""
    if isinstance(value, list):
        return "; ".join(map(str, value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def columns(source: Source, table: str) -> list[str]:
    """Columns of a sheet: those of the table, with two more beside the value where the table holds claims."""
    found = [field["name"] for field in source.fields(table)]
    if value := _VALUE.get(table):
        at = found.index(value) + 1
        found[at:at] = [STANDING, VOICE]
    return found


def rows(source: Source, table: str) -> Iterator[Row]:
    """Rows of a sheet, by column."""
    for row in source.rows(table):
        if table not in _VALUE:
            yield row
            continue
        yield row | _told(source, said(source, table, row))


def _told(source: Source, shown: list[Row]) -> Row:
    """How the statements of a row are said, and by whom. What is not the same for all is told for each of them."""
    ways, voices = set(map(_presented, shown)), set(map(source.voice, shown))
    several = len({each["property"] for each in shown}) > 1
    how, who = [], []
    for each in shown:
        standing, voice, of = _presented(each), source.voice(each), f"{each['property']}: " if several else ""
        how.append(f"{of}{standing}" if len(ways) > 1 else standing)
        marked = f"{voice} ({standing})" if len(ways) > 1 else voice
        who.append(f"{of}{marked}" if len(ways) > 1 or len(voices) > 1 else marked)
    return {name: "; ".join(dict.fromkeys(told)) or None for name, told in ((STANDING, how), (VOICE, who))}


def _presented(statement: Row) -> str:
    hedge = f" “{statement['hedge']}”" if statement["hedge"] else ""
    return f"{statement['standing']}{hedge}{', contested' if statement['contested'] else ''}"


def _inert(value: Any) -> str:
    """A cell that no spreadsheet runs: before text that begins like a formula stands an apostrophe."""
    text = cell(value)
    return f"'{text}" if isinstance(value, str | list) and text.startswith(_FORMULA) else text


def export(source: Source) -> dict[str, bytes]:
    """One file a table."""
    files = {}
    for name in source.names:
        out = io.StringIO(newline="")
        writer = csv.writer(out, lineterminator="\r\n")
        heads = columns(source, name)
        writer.writerow(heads)
        writer.writerows([_inert(row[head]) for head in heads] for row in rows(source, name))
        files[f"{name}.csv"] = (BOM + out.getvalue()).encode()
    return files
