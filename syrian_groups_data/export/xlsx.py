"""One workbook: what it is, the ledger and the timeline first, then every table a sheet."""

from __future__ import annotations

import io
import re
from math import ceil
from typing import Any

from .source import Source, writable
from .spreadsheet import STANDING, VOICE, cell, columns, rows

_FIRST = ("ledger", "timeline")
# Letters of a column, and of a cell (UTF-16) and a link, that Excel takes; and links of a sheet.
_WIDEST, _LONGEST, _LINK, _LINKS = 60, 32_767, 2_079, 65_530
# Points of a line of text, and of the highest row that there is; letters of a line on the first sheet.
_LINE, _HIGHEST, _PAGE = 15, 409, 110
_A4 = 9
_WHO = "the speaker, else the sources in their own voice; of what is refuted, the sources that refute it"
_WEB = ("http://", "https://")
_CUT = " … (cut here: a cell holds no more)"
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_LETTER = re.compile(r"[^\W\d_]")


def export(source: Source) -> dict[str, bytes]:
    """`NAME.xlsx`. Cells are text where a spreadsheet would guess (dates, ids); no cell is a formula."""
    from xlsxwriter import Workbook

    out = io.BytesIO()
    # No string is taken for a number, a formula or a link: what a cell is, is said cell by cell.
    plain = {f"strings_to_{what}": False for what in ("numbers", "formulas", "urls")}
    with Workbook(out, {"in_memory": True, **plain}) as book:
        book.set_properties({"title": source.title, "author": source.name, "created": source.stamp})
        looks = _Looks(book)
        names = [*_FIRST, *(name for name in source.names if name not in _FIRST)]
        _about(_paper(book.add_worksheet("read me")), looks, source, names)
        places = {row["passage_id"]: at for at, row in enumerate(source.rows("passages"), 2)}
        for name in names:
            _Sheet(_paper(book.add_worksheet(name)), looks, places).fill(source, name)
    return {f"{source.name}.xlsx": out.getvalue()}


def _paper(sheet: Any) -> Any:
    """A sheet that prints so that it can be read: columns go on on the next page, with the first one repeated."""
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.set_print_scale(60)
    sheet.print_across()
    return sheet


def _height(text: str, width: int) -> int:
    """Points that a text takes when it is wrapped: not every program works out the height of a row by itself."""
    lines = sum(ceil(len(part) * 1.1 / width) or 1 for part in text.split("\n"))
    return min(lines * _LINE, _HIGHEST) if not text.startswith(_WEB) else _LINE  # nobody reads a long address


def _fitting(text: str) -> str:
    """A text that a cell takes; what is cut off is said."""
    units = text.encode("utf-16-le")
    if len(units) <= 2 * _LONGEST:
        return text
    return units[: 2 * (_LONGEST - len(_CUT))].decode("utf-16-le", "ignore") + _CUT


class _Looks:
    """Every format that a cell can have, made once: `text`, or `rtl` for Arabic, each as a link too; and numbers."""

    def __init__(self, book: Any) -> None:
        base = {"valign": "top", "text_wrap": True}
        link = {"font_color": "#0563C1", "underline": 1}
        rtl = {"reading_order": 2, "align": "right"}
        self.text = {
            (right, linked): book.add_format(
                {**base, "num_format": "@", **(rtl if right else {}), **(link if linked else {})}
            )
            for right in (False, True)
            for linked in (False, True)
        }
        self.number = book.add_format({"valign": "top"})
        self.head = book.add_format({**base, "bold": True, "bg_color": "#DDE3EA"})
        self.title = book.add_format({**base, "bold": True, "font_size": 14})


def _about(sheet: Any, looks: _Looks, source: Source, names: list[str]) -> None:
    licence = f" Licence: {source.licence[0]}, {source.licence[1]}." if source.licence else ""
    lines = [
        (source.title, looks.title),
        (source.description, looks.text[False, False]),
        (f"Version {source.version}.{licence}", looks.text[False, False]),
        ("How to read it", looks.head),
        *((line, looks.text[False, False]) for line in (
            "Each row is a claim, or is made of claims. Beside its value stand how the text says it and who says so: keep "
            "the three together; where the values of a row are said differently, it is told of each. Asserted is plainly stated, claimed is by a party about itself, judged an opinion, "
            "reported hedged, alleged said against another; denied and refuted claims stand in the sheet statements only.",
            "An allegation is not a fact. Never copy an accused without the accuser, the standing and the answers: "
            "the sheet ledger keeps them in one row.",
            "Contested says that another statement or passage speaks against it. Origins count voices, not proof. "
            "Numbers overlap and must not be added up.",
            "A cell with passages leads to the first of them in the sheet passages; an address there opens the page "
            "at the sentence.",
            "Dates are text as precise as the source (EDTF): 2013, 2013-05, ../2011 is by 2011. The columns that end in "
            "earliest and latest bound them.",
        )),
        ("Sheets", looks.head),
    ]  # fmt: skip
    sheet.set_column(0, 0, _PAGE)
    for row, (text, look) in enumerate(lines):
        sheet.write_string(row, 0, text, look)
        sheet.set_row(row, _height(text, _PAGE) if look is not looks.title else 3 * _LINE)
    for row, name in enumerate(names, len(lines)):
        sheet.write_url(row, 0, f"internal:'{name}'!A1", looks.text[False, True], f"{name}: {source.described(name)}")


class _Sheet:
    """One sheet being filled; `places` are the rows of the passages in theirs."""

    def __init__(self, sheet: Any, looks: _Looks, places: dict[str, int]) -> None:
        self.sheet, self.looks, self.places = sheet, looks, places
        self.links = 0

    def fill(self, source: Source, name: str) -> None:
        """Head, notes on what each column means, rows, filters."""
        heads = columns(source, name)
        meaning = {field["name"]: field["description"] for field in source.fields(name)}
        meaning |= {STANDING: "how the text presents it", VOICE: _WHO}
        texts = [
            {
                at: self._cell(line, at, head, row[head], name)
                for at, head in enumerate(heads)
                if row[head] not in (None, [])
            }
            for line, row in enumerate(rows(source, name), 1)
        ]
        widths = [
            min(max([len(head) + 4, *(len(text.get(at, "")) for text in texts)]) + 2, _WIDEST)
            for at, head in enumerate(heads)
        ]
        for line, text in enumerate(texts, 1):
            self.sheet.set_row(line, max([_LINE, *(_height(each, widths[at]) for at, each in text.items())]))
        for at, head in enumerate(heads):
            self.sheet.write_string(0, at, head, self.looks.head)
            self.sheet.write_comment(0, at, meaning[head], {"x_scale": 2})
            rtl = self.looks.text[True, False] if head.endswith("_ar") else None
            self.sheet.set_column(at, at, widths[at], rtl)
        self.sheet.freeze_panes(1, 1)
        self.sheet.repeat_rows(0)
        self.sheet.repeat_columns(0)
        self.sheet.autofilter(0, 0, len(texts), len(heads) - 1)

    def _cell(self, line: int, at: int, head: str, value: Any, name: str) -> str:
        """Whole and decimal numbers stay numbers; all else is text, so that nothing is guessed and nothing is a formula."""
        if isinstance(value, int | float) and not isinstance(value, bool):
            self.sheet.write_number(line, at, value, self.looks.number)
            return str(value)
        text = _fitting(writable(cell(value)))
        right = 2 * len(_RIGHT_TO_LEFT.findall(text)) > len(_LETTER.findall(text))
        target = self._target(head, value, name)
        if target and self.links < _LINKS:
            self.links += 1
            self.sheet.write_url(line, at, target, self.looks.text[right, True], text)
        else:
            self.sheet.write_string(line, at, text, self.looks.text[right, False])
        return text

    def _target(self, head: str, value: Any, name: str) -> str | None:
        """Where a cell leads: an address to itself, passages to the first of them in the sheet of passages."""
        if head in ("passages", "passage_id") and name != "passages":
            first = value[0] if isinstance(value, list) else value
            return f"internal:'passages'!A{self.places[first]}" if first in self.places else None
        only = value[0] if isinstance(value, list) and len(value) == 1 else value
        if isinstance(only, str) and only.startswith(_WEB) and len(only) <= _LINK:
            return only
        return None
