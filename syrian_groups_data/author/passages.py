"""Passages of a source: the one authored file that a program writes."""

from __future__ import annotations

import csv
import re
from pathlib import Path

from ..model import values
from ..model.problem import Problem, Problems, visible
from ..model.records import Passage
from .text import MAX_CSV_BYTES, read_text


def read_passages(path: Path, name: str) -> list[Passage]:
    """Passages of a source, as `segment` wrote them."""
    text = read_text(path, name, MAX_CSV_BYTES)
    rows = csv.reader(text.splitlines(), strict=True)
    problems, passages = [], []
    fix = "write it again with syrian-groups-data segment"
    try:
        header = next(rows, [])
        if tuple(header) != Passage._fields:
            raise Problems([Problem(name, 1, 1, "csv-syntax", f"columns are {', '.join(header)}", fix)])
        for row in rows:
            try:
                passages.append(_passage(row))
            except (ValueError, TypeError) as error:
                problems.append(Problem(name, rows.line_num, 1, "csv-syntax", visible(str(error)), fix))
    except csv.Error as error:
        problems.append(Problem(name, max(1, rows.line_num), 1, "csv-syntax", visible(str(error)), fix))
    if problems:
        raise Problems(problems)
    return passages


def _passage(row: list[str]) -> Passage:
    if len(row) != len(Passage._fields):
        raise ValueError(f"{len(row)} cells, not {len(Passage._fields)}")
    ordinal, section, start, end, sha256, opens, closes = row
    if not re.fullmatch(r"[0-9a-f]{64}", sha256):
        raise ValueError(f"{sha256[:70]!r} is no SHA-256")
    for cell in (section, opens, closes):
        if cell and not re.match(values.CELL_PATTERN, cell):
            raise ValueError(f"{cell[:60]!r} is not a cell that a spreadsheet takes as text")
    numbers = [int(cell) for cell in (ordinal, start, end) if re.fullmatch(r"[0-9]{1,9}", cell)]
    if len(numbers) != 3:
        raise ValueError("ordinal, start and end are whole numbers")
    return Passage(numbers[0], section or None, numbers[1], numbers[2], sha256, opens or None, closes or None)
