"""Cut a document into passages."""

from __future__ import annotations

from typing import NamedTuple

from ..model.passages import LIST_BYTES
from .blocks import blocks
from .languages import OURS, SEGMENTER
from .sentences import sentences
from .wrap import looks_wrapped as looks_wrapped

_MOST = LIST_BYTES // 150  # the row of a passage has two digests and a few numbers at least

# Languages with rules of their own here; LANGUAGES has those too that only the segmenter knows.
LANGUAGES = SEGMENTER | OURS.keys()


class Refused(Exception):
    """What cannot be done with a document or its list; the message says why, and what to do."""


class Cut(NamedTuple):
    """A passage by its place: a sentence, a heading, a row of a table, without bullets and heading marks."""

    section: str | None  # the headings that it stands under, outermost first
    start: int  # code points of the snapshot
    end: int


def cut(text: str, start: int = 0, end: int | None = None, *, language: str, unwrap: bool = False) -> list[Cut]:
    """Cut the part of a snapshot from `start` to `end` (code points) into passages, in reading order.

    `language` is a tag like `en`, `tr` or `ar-SY`; see `how` for what it does. Every line is cut into sentences; with
    `unwrap` the lines of a paragraph are put together first, so that a passage may have line breaks inside.
    Raises Refused for more passages than a list may hold.
    """
    code, found = primary(language), []
    for section, left, right, whole in blocks(text, start, len(text) if end is None else end, unwrap):
        if whole:
            found.append(Cut(section, left, right))
        else:
            found += [Cut(section, *place) for place in sentences(text, left, right, code)]
        if len(found) > _MOST:
            raise Refused(
                f"it has more than {_MOST:,} passages, which a list may not; read it in parts, with --from and --to"
            )
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
