"""The ledger of statement ids that were given up: authored, like passages, by a program."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from pathlib import Path

from ..model import vocab
from ..model.changes import FORMER_PATTERN, Change
from ..model.corpus import Place
from ..model.problem import Problem, Problems, near, visible
from ..model.values import CELL_PATTERN
from .text import MAX_CSV_BYTES, read_text

CHANGES = "changes.csv"
_FIX = "write it with syrian-groups-data changes"


def read_changes(path: Path, name: str) -> list[tuple[Change, Place]]:
    """Rows of the ledger, each with its place. Raises Problems."""
    rows = csv.reader(read_text(path, name, MAX_CSV_BYTES).splitlines(), strict=True)
    problems: list[Problem] = []
    found: list[tuple[Change, Place]] = []
    try:
        header = next(rows, [])
        if tuple(header) != Change._fields:
            raise Problems([Problem(name, 1, 1, "csv-syntax", f"columns are {', '.join(header)}", _FIX)])
        for row in rows:
            what = _wrong(row)
            if what:
                problems.append(Problem(name, rows.line_num, 1, "malformed-change", visible(what), _FIX))
            else:
                found.append((Change(*row), (rows.line_num, 1)))
    except csv.Error as error:
        problems.append(Problem(name, max(1, rows.line_num), 1, "csv-syntax", visible(str(error)), _FIX))
    if problems:
        raise Problems(problems)
    return found


def _wrong(row: list[str]) -> str | None:
    if len(row) != len(Change._fields):
        return f"{len(row)} cells, not {len(Change._fields)}"
    change = Change(*row)
    if not re.fullmatch(FORMER_PATTERN, change.old):
        return f"old: {change.old[:60]!r} is no id of a statement"
    if change.new and (len(change.new) != 21 or not re.fullmatch(FORMER_PATTERN, change.new)):
        return f"new: {change.new[:60]!r} is no id of a statement"
    if change.kind not in vocab.CHANGE_KINDS:
        return f"kind: {change.kind[:60]!r} is not in its list{near(change.kind, vocab.CHANGE_KINDS)}"
    if (change.kind == "withdrawn") == bool(change.new):
        return "withdrawn says that nothing took its place, and every other kind what did"
    for key in ("reason", "since"):
        text = getattr(change, key)
        if not fits(text):
            return f"{key}: {text[:60]!r} is not a cell that a spreadsheet takes as text"
    return None if change.since else "since: no release is named"


def fits(text: str) -> bool:
    """Whether a text may stand in the ledger: one line, no formula, or nothing."""
    return not text or bool(re.fullmatch(CELL_PATTERN, text))


def changes_text(changes: Iterable[Change]) -> str:
    """The ledger as it is stored: sorted by the old id."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(Change._fields)
    writer.writerows(sorted(changes))
    return out.getvalue()
