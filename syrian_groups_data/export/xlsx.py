"""One workbook: what it is, the ledger and the timeline first, then every table a sheet."""

from __future__ import annotations

import io
import re
from datetime import date, datetime
from typing import Any

from .source import Source
from .spreadsheet import cell

_FIRST = ("ledger", "timeline")
_WIDEST, _LONGEST = 60, 32_000  # characters of a column, and of a cell (Excel takes 32,767)
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")


def export(source: Source) -> dict[str, bytes]:
    """`NAME.xlsx`. Cells are text where a spreadsheet would guess (dates, ids); no cell is a formula."""
    from openpyxl import Workbook

    book = Workbook()
    stamp = datetime.fromisoformat(str(source.descriptor.get("created", "2000-01-01"))[:10])
    book.properties.created = book.properties.modified = stamp
    book.properties.creator = source.name
    _about(book.active, source)
    names = [*_FIRST, *(name for name in source.names if name not in _FIRST)]
    for name in names:
        _sheet(book.create_sheet(name), source, name)
    out = io.BytesIO()
    book.save(out)
    return {f"{source.name}.xlsx": _dated(out.getvalue(), stamp)}


def _dated(data: bytes, stamp: datetime) -> bytes:
    """The same workbook with one date on every part, so that it comes out the same each time."""
    import zipfile

    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "docProps/core.xml":
                text = f"{stamp:%Y-%m-%dT%H:%M:%SZ}"
                part = re.sub(rb">[^<]*</dcterms:modified>", f">{text}</dcterms:modified>".encode(), part)
            new.writestr(
                zipfile.ZipInfo(name, (max(stamp.year, 1980), stamp.month, stamp.day, 0, 0, 0)),
                part,
                zipfile.ZIP_DEFLATED,
            )
    return out.getvalue()


def _about(sheet: Any, source: Source) -> None:
    from openpyxl.styles import Alignment, Font

    sheet.title = "read me"
    licences = ", ".join(each.get("title") or each.get("name") for each in source.descriptor.get("licenses", []))
    lines = [
        (source.descriptor.get("title", source.name), True),
        (source.descriptor.get("description", ""), False),
        (f"Version {source.version}. Licence: {licences}.", False),
        ("How to read it", True),
        ("Each row of a sheet is a claim, or is made of claims. Standing says how the text presents it: asserted plainly, "
         "claimed by a party about itself, judged, reported with a hedge, alleged against another, denied, refuted.", False),
        ("An allegation is not a fact. Never copy an accused without the accuser, the standing and the answers: "
         "the sheet ledger keeps them in one row.", False),
        ("Contested says that another statement or passage speaks against it. Origins count voices, not proof. "
         "Numbers overlap and must not be added up.", False),
        ("Passages lead to the sentence: look the id up in the sheet passages, whose links open the page at the sentence.", False),
        ("Dates are text as precise as the source (EDTF): 2013, 2013-05, ../2011 is by 2011. x_earliest and x_latest bound them.", False),
        ("Sheets", True),
    ]  # fmt: skip
    for row, (text, bold) in enumerate(lines, 1):
        sheet.cell(row, 1, text).alignment = Alignment(wrap_text=True, vertical="top")
        sheet.cell(row, 1).font = Font(bold=bold, size=14 if row == 1 else 11)
    for row, name in enumerate([*_FIRST, *(n for n in source.names if n not in _FIRST)], len(lines) + 1):
        link = sheet.cell(row, 1, f"{name}: {source.described(name)}")
        link.hyperlink = f"#'{name}'!A1"
        link.style = "Hyperlink"
    sheet.column_dimensions["A"].width = 110


def _sheet(sheet: Any, source: Source, name: str) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    fields = source.fields(name)
    rows = source.rows(name)
    for at, field in enumerate(fields, 1):
        head = sheet.cell(1, at, field["name"])
        head.font, head.fill = Font(bold=True), PatternFill("solid", fgColor="DDE3EA")
        values = [row[field["name"]] for row in rows]
        texts = [cell(value) for value in values[:500]]
        longest = max([len(field["name"]) + 3, *(len(text) for text in texts)], default=10)
        sheet.column_dimensions[get_column_letter(at)].width = min(longest + 2, _WIDEST)
        right = sum(bool(_RIGHT_TO_LEFT.search(text)) for text in texts) * 2 > sum(bool(text) for text in texts)
        for line, value in enumerate(values, 2):
            if value is None or value == []:
                continue
            one = sheet.cell(line, at)
            _put(one, value)
            one.alignment = Alignment(
                vertical="top",
                wrap_text=longest > _WIDEST,
                horizontal="right" if right else None,
                readingOrder=2 if right else 0,
            )
            if isinstance(value, str) and value.startswith(("http://", "https://")):
                one.hyperlink, one.style = value, "Hyperlink"
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(fields))}{len(rows) + 1}"


def _put(one: Any, value: Any) -> None:
    """Whole and decimal numbers stay numbers; all else is text, so that nothing is guessed and nothing is a formula."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        one.value = value
        return
    text = value.isoformat() if isinstance(value, date) else cell(value)
    one.value = _CONTROL.sub("\ufffd", text)[:_LONGEST]
    one.data_type = "s"
    one.number_format = "@"
