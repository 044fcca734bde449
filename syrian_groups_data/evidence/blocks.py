"""What is cut into sentences: lines, or paragraphs that were wrapped, under their headings."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from ..model.values import CELL_PATTERN, normal
from .lines import NUMBER, Line, is_short, lines
from .sentences import STOP
from .wrap import unwrapped

_EDIT_LINK = re.compile(r"\[\w+\]")
_PARAGRAPH_WORDS, _PARAGRAPH_LETTERS, _TIGHT_WORDS = 20, 2000, 5


class Block(NamedTuple):
    """A line, or several that were one before they were wrapped, without bullets and heading marks."""

    section: str | None  # the headings that it stands under
    start: int
    end: int
    whole: bool  # a heading, a headline or a row of a table: not to be cut


def blocks(text: str, start: int, end: int, unwrap: bool) -> Iterator[Block]:
    """The lines of `text[start:end]` that say something; with `unwrap` the lines of a paragraph are one block."""
    found = lines(text, start, end)
    levels = [line.level for line in found if line.level]
    # A heading at the top, above all others, is the title and no section.
    titled = bool(levels) and found[0].level == min(levels) and levels.count(min(levels)) == 1
    top = min(levels, default=1) + titled
    if unwrap:
        found = unwrapped(text, found)
    path: list[str] = []
    section = None
    for i, line in enumerate(found):
        level = line.level - top + 1 if line.level else 0
        if line.apart and not levels and line.kind == "text":
            level = _plain_heading(text, found, i, unwrap)
        if line.level or level:
            path[max(0, level - 1) :] = [text[line.start : line.end]] if level else []
            section = cell(" / ".join(path))
            yield Block(section, line.start, line.end, True)
        else:
            one = line.kind == "row" or (
                line.kind == "text" and STOP.search(text, line.start, line.end) is not None and is_short(text, line)
            )
            yield Block(section, line.start, line.end, one)


def _plain_heading(text: str, found: list[Line], i: int, unwrap: bool) -> int:
    """Level of a heading without marks, else 0: short, no full stop, a blank line above, prose below."""
    line = found[i]
    if i + 1 == len(found) or not is_short(text, line):
        return 0
    number = NUMBER.match(text, line.start, line.end)
    left = number.end() if number else line.start
    if not text[left].isalpha():
        return 0
    below = next((b for b in found[i + 1 : i + 4] if not _EDIT_LINK.fullmatch(text, b.start, b.end)), line)
    words = len(text[below.start : min(below.end, below.start + _PARAGRAPH_LETTERS)].split())
    if found[i + 1].apart or unwrap:
        prose = words >= _PARAGRAPH_WORDS or STOP.match(text, below.end - 1) is not None
    else:
        said = text[left : line.end]
        prose = (
            words >= _PARAGRAPH_WORDS
            and len(said.split()) <= _TIGHT_WORDS
            and not said[0].islower()
            and "." not in said
        )
    return 1 + (number[0].strip().rstrip(".)").count(".") if number else 0) if prose else 0


def cell(text: str) -> str | None:
    """Text as a cell may hold it: normal form, nothing invisible; None where it would start a formula."""
    kept = normal("".join(c for c in text if c.isspace() or unicodedata.category(c)[0] != "C"))
    return kept if re.match(CELL_PATTERN, kept) else None
