"""Cut a document into passages."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from ..model.values import CELL_PATTERN, normal

# The segmenter stops the interpreter at some of them, so it sees each as a plain space; offsets stay as they are.
_SPACES = re.compile(r"[^\S ]")
_MARKS = re.compile(r"[\s\-*=•]*")
_WIKI_HEADING = re.compile(r"^(=+)\s*(.*?)\s*=+\s*$")
_EDIT_LINK = re.compile(r"^\[\w+\]$")
_MENU_WORDS, _HEADING_WORDS, _PARAGRAPH_WORDS = 8, 9, 20


class Cut(NamedTuple):
    """A passage by its place: a sentence, a heading, an infobox line, without bullets and heading marks."""

    section: str | None
    start: int
    end: int


def cut(text: str, start: int = 0, end: int | None = None, *, language: str, unwrap: bool = False) -> list[Cut]:
    """Cut the part of a snapshot from `start` to `end` (code points) into passages, in reading order.

    Every line that is not blank is cut into sentences; a line of eight words at most is one passage. List
    bullets and heading marks lie outside the spans.
    """
    from sentencex import get_sentence_boundaries

    found: list[Cut] = []
    for line_start, line, section in _lines(text, start, len(text) if end is None else end):
        at = line_start
        plain = _SPACES.sub(" ", line)
        whole = len(line.split()) <= _MENU_WORDS
        pieces = [line] if whole else [piece["text"] for piece in get_sentence_boundaries(language, plain)]
        if sum(map(len, pieces)) != len(line):
            raise ValueError(f"the segmenter lost text of the line at {line_start}")
        for each in pieces:
            piece = text[at : at + len(each)]
            skipped = _MARKS.match(piece)
            left = at + (skipped.end() if skipped else 0)
            right = at + len(piece.rstrip(" \t\r\n=\u00a0"))
            at += len(piece)
            if left < right:
                found.append(Cut(section, left, right))
    return found


def looks_wrapped(text: str) -> bool:
    """Whether lines of a text were broken at one width."""
    return False


def _lines(text: str, start: int, end: int) -> Iterator[tuple[int, str, str | None]]:
    """Each line that is not blank, with its place and the headings that it stands under."""
    lines, at = [], start
    for raw in text[start:end].split("\n"):
        lines.append((at, raw))
        at += len(raw) + 1
    path: list[str] = []
    for i, (at, raw) in enumerate(lines):
        if not raw.strip():
            continue
        if found := _WIKI_HEADING.match(raw):
            path[max(0, len(found[1]) - 2) :] = [found[2]] if len(found[1]) > 1 else []
        elif _is_heading(lines, i):
            path = [raw.strip()]
        yield at, raw, _cell(" / ".join(path))


def _is_heading(lines: list[tuple[int, str]], i: int) -> bool:
    """Whether an unmarked line is a heading: short, no full stop, alone, above a paragraph."""
    line = lines[i][1].strip()
    if not line[0].isalpha() or len(line.split()) > _HEADING_WORDS or line[-1] in ".?!:,;":
        return False
    before = lines[i - 1][1] if i else ""
    after = [raw.strip() for _, raw in lines[i + 1 : i + 8]]
    below = next((raw for raw in after if raw and not _EDIT_LINK.match(raw)), "")
    return not before.strip() and not (after or [""])[0] and len(below.split()) >= _PARAGRAPH_WORDS


def _cell(text: str) -> str | None:
    """Text as a cell may hold it: normal form, nothing invisible; None where it would start a formula."""
    kept = normal("".join(c for c in text if c.isspace() or unicodedata.category(c)[0] != "C"))
    return kept if re.match(CELL_PATTERN, kept) else None
