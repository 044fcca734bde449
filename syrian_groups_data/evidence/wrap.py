"""Text that was broken at a fixed width, as it comes out of a PDF."""

from __future__ import annotations

from itertools import pairwise

from .lines import NUMBER, Line, lines
from .sentences import stopped

_WIDEST, _NARROWEST, _DEEP = 150, 30, 20


def looks_wrapped(text: str) -> bool:
    """Whether many lines break where the next word would not have fitted, and not where a sentence ends."""
    found = list(lines(text, 0, len(text)))
    width = _width(found)
    if not _NARROWEST <= width <= _WIDEST:
        return False
    broken = [
        _full(text, above, line, width)
        for above, line in pairwise(found)
        if not (line.apart or above.level or above.kind == "row" or stopped(text, above.start, above.end))
    ]
    return len(broken) > 0.25 * len(found) and sum(broken) > 0.7 * len(broken)


def unwrapped(text: str, found: list[Line]) -> list[Line]:
    """Lines put together again that were one before they were wrapped."""
    width = _width(found)
    whole: list[Line] = []
    above: Line | None = None
    for line in found:
        if above and _goes_on(text, above, line, width):
            whole[-1] = whole[-1]._replace(end=line.end)
        else:
            whole.append(line)
        above = line
    return whole


def _goes_on(text: str, above: Line, line: Line, width: int) -> bool:
    """Whether a line is the rest of the one above."""
    if line.apart or line.level or above.level or "row" in (line.kind, above.kind) or line.kind == "item":
        return False
    item = above.kind != "text" or NUMBER.match(text, above.start, above.end)
    if not item and _indent(text, line) > _indent(text, above) + 1:
        return False
    full = _full(text, above, line, width)
    if line.kind == "dash" or NUMBER.match(text, line.start, line.end):
        # An item of a list, or just where the line broke; if a sentence ends before it, it is parted anyhow.
        return full and text[above.end - 1] not in ":;؛"
    return full or text[line.start].islower()


def _full(text: str, above: Line, line: Line, width: int) -> bool:
    """Whether the first word of a line would hardly have fitted on the line above."""
    word = text[line.start : min(line.end, line.start + width)].split(None, 1)[0]
    return above.end - above.start + 1 + len(word) > 0.85 * width


def _indent(text: str, line: Line) -> int:
    """Spaces before a line, as far as they matter."""
    before = text[max(0, line.start - _DEEP) : line.start]
    return len(before) - len(before.rstrip(" \t"))


def _width(found: list[Line]) -> int:
    """A length that few lines pass."""
    lengths = sorted(line.end - line.start for line in found)
    return lengths[len(lengths) * 9 // 10] if lengths else 0
