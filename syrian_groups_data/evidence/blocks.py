"""What is cut into sentences: lines, or paragraphs that were wrapped, under their headings."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from ..model.values import as_cell
from .lines import NUMBER, Line, is_short, levels, lines
from .sentences import STOP
from .wrap import unwrapped

_EDIT_LINK = re.compile(r"\[\w+\]")
_PARAGRAPH_WORDS, _PARAGRAPH_LETTERS, _TIGHT_WORDS, _AHEAD = 20, 2000, 5, 4


class Block(NamedTuple):
    """A line, or several that were one before they were wrapped, without bullets and heading marks."""

    section: str | None  # the headings that it stands under
    start: int
    end: int
    whole: bool  # one passage: a heading, a headline, a row of a table, a line without a full stop


def blocks(text: str, start: int, end: int, unwrap: bool) -> Iterator[Block]:
    """The lines of `text[start:end]` that say something; with `unwrap` the lines of a paragraph are one block."""
    marked = levels(text, start, end)
    below = [level for level in marked if level]
    # A heading at the top, above all others, is the title and no section.
    top = min(below, default=1)
    titled = marked[:1] == [top] and below.count(top) == 1
    found = lines(text, start, end)
    path: list[str] = []
    section = None
    for ahead in _ahead(iter(unwrapped(text, list(found))) if unwrap else found):
        line = ahead[0]
        left, right, level, kind = line.start, line.end, line.level, line.kind
        if level:
            level -= top - 1 + titled
            path[max(0, level - 1) :] = [text[left:right]] if level else []
        elif line.apart and not marked and kind == "text" and (level := _plain_heading(text, ahead, unwrap)):
            path[level - 1 :] = [text[left:right]]
        else:
            one = kind == "row" or not STOP.search(text, left, right) or (kind == "text" and is_short(text, line))
            yield Block(section, left, right, one)
            continue
        section = as_cell(" / ".join(path))
        yield Block(section, left, right, True)


def _ahead(found: Iterator[Line]) -> Iterator[deque[Line]]:
    """Each line, with the few that come after it."""
    held = deque(islice(found, _AHEAD))
    while held:
        yield held
        held.popleft()
        held.extend(islice(found, 1))


def _plain_heading(text: str, ahead: deque[Line], unwrap: bool) -> int:
    """Level of a heading without marks, else 0: short, no full stop, a blank line above, prose below."""
    line = ahead[0]
    if len(ahead) == 1 or not is_short(text, line):
        return 0
    number = NUMBER.match(text, line.start, line.end)
    left = number.end() if number else line.start
    if not text[left].isalpha():
        return 0
    below = next((b for b in islice(ahead, 1, None) if not _EDIT_LINK.fullmatch(text, b.start, b.end)), line)
    words = len(text[below.start : min(below.end, below.start + _PARAGRAPH_LETTERS)].split())
    if ahead[1].apart or unwrap:
        prose = words >= _PARAGRAPH_WORDS or STOP.match(text, below.end - 1) is not None
    else:
        said = text[left : line.end]
        few = len(said.split()) <= _TIGHT_WORDS and not said[0].islower() and "." not in said
        prose = few and words >= _PARAGRAPH_WORDS
    return 1 + (number[0].strip().rstrip(".)").count(".") if number else 0) if prose else 0
