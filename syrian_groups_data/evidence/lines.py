"""The lines of a document, without the marks of headings, bullets and tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from .sentences import BULLETS, MARKS, SPACE, STRETCH, UNSEEN, stopped

_BREAKS = "\n\r\v\f\x85\u2028\u2029"
_LINE = re.compile(rf"[^\s{UNSEEN}][^{_BREAKS}]*")
_BREAK = re.compile(rf"\r\n|[{_BREAKS}]")
_HEADING = re.compile(rf"[{_BREAKS}{UNSEEN}][ \t]*(?:[=#]|---)")  # what is none may look so, too
_DIVIDER = re.compile(rf"[-=*_~+|:#>{{}}\s{UNSEEN}]*")
_EMPHASIS = re.compile(r"[*_]{1,3}(?=[^\s*_])")
_CELLS = re.compile(r"(?<=\S)(?:(?: *\t\s*| {4,}| +\|+ +)|(?<![.!?؟…]) {3})(?=\S)")
_GAP = rf"(?:[^\S{_BREAKS}]|[{UNSEEN}])"
RING = re.compile(rf"o{_GAP}+(?=[^\W\d_a-z])")
_RINGS = re.compile(rf"(?:^|[{_BREAKS}]){_GAP}*{RING.pattern}")
NUMBER = re.compile(  # "12.", "(a)", "iv)", "3.2", "12-"
    r"(?:[(\[]?(?:\d{1,3}(?:\.\d{1,3}){0,4}|[a-zA-Z]|[ivxlcIVXLC]{1,6}|[أ-ي])[.)\]]|\d{1,3}(?:\.\d{1,3}){1,4}|\d{1,3}[-–])\s+"
)
_HEADING_WORDS, _HEADING_LETTERS, _LEVELS = 9, 200, 6


class Line(NamedTuple):
    """A line that says something."""

    start: int
    end: int
    apart: bool  # a blank line stands above
    level: int  # of a heading that is marked as one; 0 for all other lines
    kind: str  # "text", "row" of a table, "item" with a bullet, "dash" that may be one


def lines(text: str, start: int, end: int) -> Iterator[Line]:
    """The lines of `text[start:end]` that say something."""
    tables = _CELLS.search(text, start, end) is not None
    # Word processors make such bullets; a single one may be a word.
    rings = len(_RINGS.findall(text, start, end)) > 1
    held: Line | None = None  # until it is known that no rule stands below
    above = -1
    for match in _LINE.finditer(text, start, end):
        left, right = match.span()
        apart = above < 0 or (left - above > 1 and len(_BREAK.findall(text, above, left)) > 1)
        above = right
        if text[right - 1] in SPACE:
            right = left + len(text[left:right].rstrip(SPACE))
        level, kind = 0, "text"
        first = text[left]
        if not first.isalnum() or first == STRETCH:
            if first in "-=*_~+|:#>{}" and _DIVIDER.fullmatch(text, left, right):
                if held and not apart and first in "-=" and held.kind == "text" and is_short(text, held):
                    held = held._replace(level=1 if first == "=" else 2)
                continue
            left, right, level, kind = _marked(text, left, right)
            if left >= right:
                continue
        elif rings and first == "o" and (ring := RING.match(text, left, right)):
            left, kind = ring.end(), "item"
        if tables and not level and _is_row(text, left, right):
            kind = "row"
        if held:
            yield held
        held = Line(left, right, apart, level, kind)
    if held:
        yield held


def levels(text: str, start: int, end: int) -> list[int]:
    """Levels of all lines that are marked as headings, 0 for a first line that is none; empty without any heading."""
    if not _HEADING.search("\n" + text[start:end]):
        return []
    found = [line.level for i, line in enumerate(lines(text, start, end)) if line.level or not i]
    return found if any(found) else []


def is_short(text: str, line: Line) -> bool:
    """Whether a line may be a heading by its length and its end."""
    if line.end - line.start > _HEADING_LETTERS or stopped(text, line.start, line.end):
        return False
    return len(text[line.start : line.end].split()) <= _HEADING_WORDS


def _marked(text: str, left: int, right: int) -> tuple[int, int, int, str]:
    """Place of a line without its marks, the level of a heading, the kind of line."""
    line = text[left:right]
    first = line[0]
    if (first == "=" == line[-1] or (first == "#" and line.lstrip("#")[:1].isspace())) and len(
        line
    ) <= _HEADING_LETTERS:
        inner = line.strip(first + SPACE)
        level = min(len(line) - len(line.lstrip(first)), _LEVELS)
        left += line.index(inner)
        return left, left + len(inner), level, "text"
    if first == "|" or (first == "!" and "!!" in line):
        inner = line.strip("|!" + SPACE)
        left += line.index(inner)
        return left, left + len(inner), 0, "row"
    kind = "text"
    if bullet := MARKS.match(text, left, right):
        left, kind = bullet.end(), "item" if first in BULLETS else "dash"
    if emphasis := _EMPHASIS.match(text, left, right):
        run = emphasis[0]
        within, after = left + len(run), right - len(run)
        if text.endswith(run, within + 1, right):
            return within, after, 0, kind
        if text.find(run, within, right) < 0:
            return (within, right, 0, "dash") if run[0] == "*" else (left, right, 0, kind)
    return left, right, 0, kind


def _is_row(text: str, left: int, right: int) -> bool:
    """Whether a line has cells side by side."""
    number = NUMBER.match(text, left, right)
    gaps = list(_CELLS.finditer(text, number.end() if number else left, right))
    if len(gaps) != 1:
        return bool(gaps)
    # One gap may be a slip, or stand behind the number of a paragraph or the end of a sentence.
    return (
        "\t" in gaps[0][0] and text[gaps[0].start() - 1] not in ".!?؟…" and not text[left : gaps[0].start()].isdigit()
    )
