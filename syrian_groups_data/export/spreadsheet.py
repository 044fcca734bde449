"""Rows as a spreadsheet shows them: who says so stands beside the value, so that a copied row is still true.

CSV for spreadsheets is made here too: UTF-8 with a byte order mark, CR LF, one table a file.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any

from .source import TABLES, Row, Source

BOM = "\ufeff"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
# Two columns that are added beside the value of every table that holds claims.
STANDING, VOICE = "how it is said", "who says so"
_VALUE = {
    "statements": "value", "names": "name", "relations": "described", "attributes": "value", "estimates": "high",
    "participants": "role", "parties": "role", "responses": "stance", "groups": "name", "people": "name",
    "events": "title", "timeline": "title", "allegations": "summary", "ledger": "summary",
}  # fmt: skip
# What the wide tables show, by the property of the statements that say it.
_SHOWN = {
    "groups": ("founded", "dissolved", "status", "based_in", "part_of", "strength"),
    "people": ("born", "died", "born_in", "member_of"),
    "events": ("occurred",),
    "timeline": ("occurred",),
    "allegations": ("accused",),
    "ledger": ("accused",),
}


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
        said = _said(source, table, row)
        standings = dict.fromkeys(_presented(each) for each in said)
        # Of several that say it differently, each stands with its own way of saying it.
        voices = dict.fromkeys(
            f"{source.voice(each)} ({_presented(each)})" if len(standings) > 1 else source.voice(each) for each in said
        )
        yield row | {STANDING: "; ".join(standings) or None, VOICE: "; ".join(voices) or None}


def _said(source: Source, table: str, row: Row) -> list[Row]:
    """The statements that a row shows."""
    if key := row.get("statement_id"):
        return [source.statements[key]]
    found = [each for each in source.about[row[TABLES[table].key[0]]] if each["property"] in _SHOWN[table]]
    return [each for each in found if source.plain(each)] if table in ("groups", "people") else found


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
