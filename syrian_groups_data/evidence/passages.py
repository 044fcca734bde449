"""Passages as they are listed: from places in a text to rows, and from rows to a file."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from ..model.passages import Passage
from ..model.values import as_cell, digest, normal
from .cut import Cut
from .words import letters, words_digest

_EDGE_WORDS = 3


def listed(text: str, number: int, place: Cut) -> Passage:
    """The row of a passage at a place of a text; its link is for `links` to try."""
    said = text[place.start : place.end]
    known = digest(said), words_digest(said), len(letters(said))
    return Passage(number, place.section, place.start, place.end, *known, *edges(said))


def edges(said: str) -> tuple[str | None, str | None]:
    """First and last words: as many as together are at most half of the passage, three at most."""
    words = normal(said).split()
    for count in range(min(_EDGE_WORDS, len(words) // 4), 0, -1):
        opens, closes = as_cell(" ".join(words[:count])), as_cell(" ".join(words[-count:]))
        if opens and closes and len(opens) + len(closes) <= len(normal(said)) / 2:
            return opens, closes
    return None, None


def to_csv(passages: Iterable[Passage]) -> bytes:
    """A list of passages as it stands in `raw/sources/<key>.csv`."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(Passage._fields)
    for passage in passages:
        cells = passage._replace(became=" ".join(map(str, passage.became)))  # type: ignore[arg-type]
        writer.writerow(["" if cell is None else cell for cell in cells])
    return out.getvalue().encode()


def segmenter() -> str:
    """What finds sentences here, and its version. Raises ModuleNotFoundError where it is not installed."""
    from importlib.metadata import version

    import sentencex

    return f"{sentencex.__name__} {version(sentencex.__name__)}"
