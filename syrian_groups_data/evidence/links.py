"""Text fragments: whether a passage's first and last words, and which of its neighbours', mark it in its text alone."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ..model.passages import Passage

_WORD = re.compile(r"[^\W_]+")
Words = tuple[str, ...]


class _Tried(NamedTuple):
    """A passage by its words in the text, and the words that a link to it may name."""

    first: int
    after: int
    opens: Words
    closes: Words
    before: Words
    beyond: Words


def linked(text: str, passages: Sequence[Passage]) -> list[Passage]:
    """Passages of a text, in reading order, each with the kind of link that leads to it, or None.

    A browser takes the first place at which the words stand, whatever their case, accents and punctuation: so does
    this, and a link that would mark another place gets the words before or after the passage too, or is none.
    """
    said, places = _words(text)
    tried = [_try(text, places, passages, i) for i in range(len(passages))]
    firsts = _firsts(said, (words for each in tried if each for words in (each.opens, each.before + each.opens)))
    return [
        passage._replace(link=_link(said, firsts, each) if each else None)
        for passage, each in zip(passages, tried, strict=True)
    ]


def _words(text: str) -> tuple[list[str], list[int]]:
    said, places = [], []
    for found in _WORD.finditer(text):
        said.append(_plain(found.group()))
        places.append(found.start())
    return said, places


def _plain(text: str) -> str:
    if text.isascii():
        return text.lower()
    return "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))


def _split(text: str | None) -> Words:
    return tuple(map(_plain, _WORD.findall(text or "")))


def _try(text: str, places: list[int], passages: Sequence[Passage], i: int) -> _Tried | None:
    passage = passages[i]
    opens, closes = _split(passage.opens), _split(passage.closes)
    if not opens or not closes:
        return None
    first, after = bisect_left(places, passage.start), bisect_left(places, passage.end)
    before: Words = ()
    beyond: Words = ()
    if i and bisect_left(places, passages[i - 1].end) == first:
        before = _split(passages[i - 1].closes)
    if i + 1 < len(passages) and bisect_left(places, passages[i + 1].start) == after:
        beyond = _split(passages[i + 1].opens)
    return _Tried(first, after, opens, closes, before, beyond)


def _firsts(said: list[str], wanted: Iterable[Words]) -> dict[Words, int]:
    """Where each run of words stands first."""
    lengths: dict[str, set[int]] = defaultdict(set)
    missing = set(wanted)
    for words in missing:
        lengths[words[0]].add(len(words))
    found: dict[Words, int] = {}
    for i, word in enumerate(said):
        for length in lengths.get(word, ()):
            words = tuple(said[i : i + length])
            if words in missing:
                found.setdefault(words, i)
    return found


def _link(said: list[str], firsts: dict[Words, int], each: _Tried) -> str | None:
    prefix = suffix = False
    if firsts.get(each.opens) != each.first:
        prefix = bool(each.before) and firsts.get(each.before + each.opens) == each.first - len(each.before)
        if not prefix:
            return None
    last = each.after - len(each.closes)
    if not _only(said, each.closes, each.first + len(each.opens), last):
        suffix = bool(each.beyond) and _only(said, each.closes + each.beyond, each.first + len(each.opens), last)
        if not suffix:
            return None
    return "both" if prefix and suffix else "prefix" if prefix else "suffix" if suffix else "plain"


def _only(said: list[str], words: Words, start: int, last: int) -> bool:
    """Whether a run of words stands at a place, and nowhere between another and it."""
    return all(
        said[i] != words[0] or tuple(said[i : i + len(words)]) != words for i in range(start, last)
    ) and words == tuple(said[last : last + len(words)])
