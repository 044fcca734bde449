"""Cut a document into passages."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import NamedTuple

from .. import files
from ..model.records import Passage
from ..model.values import digest, normal
from .blocks import blocks, cell
from .languages import OURS, SEGMENTER
from .sentences import sentences
from .wrap import looks_wrapped as looks_wrapped

_EDGE_WORDS = 3

# Languages with rules of their own here; LANGUAGES has those too that only the segmenter knows.
LANGUAGES = SEGMENTER | OURS.keys()


class Cut(NamedTuple):
    """A passage by its place: a sentence, a heading, a row of a table, without bullets and heading marks."""

    section: str | None  # the headings that it stands under, outermost first
    start: int  # code points of the snapshot
    end: int


def cut(text: str, start: int = 0, end: int | None = None, *, language: str, unwrap: bool = False) -> list[Cut]:
    """Cut the part of a snapshot from `start` to `end` (code points) into passages, in reading order.

    `language` is a tag like `en`, `tr` or `ar-SY`; see `how` for what it does. Every line is cut into sentences; with
    `unwrap` the lines of a paragraph are put together first, so that a passage may have line breaks inside.
    """
    code, found = primary(language), []
    for section, left, right, whole in blocks(text, start, len(text) if end is None else end, unwrap):
        if whole:
            found.append(Cut(section, left, right))
        else:
            found += [Cut(section, *place) for place in sentences(text, left, right, code)]
    return found


def how(language: str) -> str:
    """How text of a language is cut, in words."""
    code = primary(language)
    if code in OURS:
        return f"by rules for {code}"
    return f"by general rules and the segmenter's list for {code}" if code in SEGMENTER else "by general rules"


def primary(language: str) -> str:
    """The language of a tag, without script and region."""
    return language.replace("_", "-").split("-")[0].lower()


def segment(text: str, start: int = 0, end: int | None = None) -> list[Passage]:
    """Cut the part of a snapshot from `start` to `end` (code points) into passages."""
    passages = []
    for number, (section, left, right) in enumerate(cut(text, start, end, language="en"), start=1):
        said = text[left:right]
        passages.append(Passage(number, section, left, right, digest(said), *_edges(said)))
    return passages


def _edges(said: str) -> tuple[str | None, str | None]:
    """First and last words: as many as together are at most half of the passage, three at most."""
    words = normal(said).split()
    for count in range(min(_EDGE_WORDS, len(words) // 4), 0, -1):
        opens, closes = cell(" ".join(words[:count])), cell(" ".join(words[-count:]))
        if opens and closes and len(opens) + len(closes) <= len(normal(said)) / 2:
            return opens, closes
    return None, None


def to_csv(passages: list[Passage]) -> str:
    """Passages as they stand in `raw/sources/<key>.csv`."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(Passage._fields)
    writer.writerows(["" if cell is None else cell for cell in passage] for passage in passages)
    return out.getvalue()


def write(root: Path, name: str, passages: list[Passage]) -> None:
    """Put passages in place of a file below `root`, whole or not at all. Raises Environment."""
    files.write(root, name, to_csv(passages).encode())
