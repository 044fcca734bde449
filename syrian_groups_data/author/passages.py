"""Passages of a source: the one authored file that a program writes."""

from __future__ import annotations

import csv
import re
from pathlib import Path

from ..model import values, vocab
from ..model.passages import LIST_BYTES, Passage
from ..model.problem import Problem, Problems, visible
from .text import read_text

_DIGEST, _NUMBER, _CELL = re.compile(r"[0-9a-f]{64}"), re.compile(r"[0-9]{1,9}"), re.compile(values.CELL_PATTERN)
_FIX = "restore the file; only syrian-groups-data segment writes it"


def read_passages(path: Path, name: str) -> list[Passage]:
    """Passages of a source, as `segment` wrote them."""
    text = read_text(path, name, LIST_BYTES)
    rows = csv.reader(text.splitlines(), strict=True)
    problems, passages = [], []
    try:
        header = next(rows, [])
        if tuple(header) != Passage._fields:
            raise Problems([Problem(name, 1, 1, "csv-syntax", f"columns are {visible(', '.join(header))[:200]}", _FIX)])
        for row in rows:
            try:
                passages.append(_passage(row))
            except (ValueError, TypeError) as error:
                problems.append(Problem(name, rows.line_num, 1, "csv-syntax", visible(str(error)), _FIX))
    except csv.Error as error:
        problems.append(Problem(name, max(1, rows.line_num), 1, "csv-syntax", visible(str(error)), _FIX))
    if problems:
        raise Problems(problems)
    return passages


def _passage(row: list[str]) -> Passage:
    if len(row) != len(Passage._fields):
        raise ValueError(f"{len(row)} cells, not {len(Passage._fields)}")
    cells = dict(zip(Passage._fields, row, strict=True))
    for name in ("sha256", "words_sha256", "snapshot"):
        if not _DIGEST.fullmatch(cells[name]) and (cells[name] or name != "snapshot"):
            raise ValueError(f"{cells[name][:70]!r} is no SHA-256")
    for name in ("section", "opens", "closes"):
        if cells[name] and not _CELL.match(cells[name]):
            raise ValueError(f"{cells[name][:60]!r} is not a cell that a spreadsheet takes as text")
    for name, terms in (("link", vocab.PASSAGE_LINKS), ("state", vocab.PASSAGE_STATES)):
        if cells[name] and cells[name] not in terms:
            raise ValueError(f"{name} is one of {', '.join(terms)}, not {cells[name][:60]!r}")
    if bool(cells["state"]) != bool(cells["snapshot"]):
        raise ValueError("a row with a state names its snapshot, and no other row does")
    number, start, end, letters = (_whole(name, cells[name]) for name in ("number", "start", "end", "letters"))
    return Passage(
        number,
        cells["section"] or None,
        start,
        end,
        cells["sha256"],
        cells["words_sha256"],
        letters,
        cells["opens"] or None,
        cells["closes"] or None,
        cells["link"] or None,
        cells["state"] or None,
        cells["snapshot"] or None,
        tuple(_whole("became", each) for each in cells["became"].split()),
    )


def _whole(name: str, cell: str) -> int:
    if not _NUMBER.fullmatch(cell):
        raise ValueError(f"{name} is a whole number, not {cell[:60]!r}")
    return int(cell)
