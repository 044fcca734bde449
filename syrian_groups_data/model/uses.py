"""Everything that rests on a passage: citations, and passages that notes, summaries and reasons speak of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from .claims import Base
from .corpus import Corpus, Entry, Loc
from .records import Record

# `key:12`, and what may follow of the same source: `key:12 and 14`, `key:12, 14 or 16`, `key:12-14`.
_NUMBER = r"[1-9][0-9]{0,5}(?![\w:]|[.,][0-9])"
_NUMBERS = rf"{_NUMBER}(?:(?:, and |, or |, | and | or | to |-|–){_NUMBER}(?!-[0-9]))*"
_NAMED = re.compile(rf"(?<![\w:/.-])((?=[0-9-]*[a-z])[a-z0-9]+(?:-[a-z0-9]+)*):({_NUMBERS})")
# `passage 12`, where the claim cites one source.
_PLAIN = re.compile(rf"\b[Pp]assages? ({_NUMBERS})")
_TEXTS = ("note", "preferred", "summary")

Minted = Mapping[str, set[int]]


class Use(NamedTuple):
    """A passage that an authored record names, and where: `role` is cite, context, disputed_by or mention."""

    entry: Entry
    loc: Loc
    passage: str
    role: str

    @property
    def where(self) -> str:
        """Place of it, as problems write it."""
        line, column = self.entry.place(self.loc)
        return f"{self.entry.path}:{line}:{column}"


def uses(corpus: Corpus) -> Iterator[Use]:
    """Every passage that a record cites or mentions, in the order of the records."""
    minted = {key: {passage.number for passage in passages} for key, passages in corpus.passages.items()}
    for entry in corpus.entries.values():
        for name, index, claim in entry.record.evidence():
            for role in ("cite", "context", "disputed_by"):
                for i, passage in enumerate(getattr(claim, role)):
                    yield Use(entry, (name, index, role, i), passage, role)
            for key, text in _written(claim):
                cited = {passage.partition(":")[0] for passage in claim.cite}
                for passage in _mentioned(text, cited, minted):
                    yield Use(entry, (name, index, key), passage, "mention")
        for loc, text in _texts(entry.record):
            for passage in _mentioned(text, {entry.record.id} & minted.keys(), minted):
                yield Use(entry, loc, passage, "mention")


def _written(of: Base) -> Iterator[tuple[str, str]]:
    """What is written in a claim or record itself, in our words."""
    held = vars(of)  # to ask pydantic for a field that there is not takes ten times as long
    return ((key, held[key]) for key in _TEXTS if isinstance(held.get(key), str))


def _texts(record: Record) -> Iterator[tuple[Loc, str]]:
    """Texts of a record outside its claims: its own note or summary, the notes of its ledger."""
    for key, text in _written(record):
        yield (key,), text
    for key in ("set_aside", "kept"):
        for index, item in enumerate(vars(record).get(key, ())):
            if item.note:
                yield (key, index, "note"), item.note


def _mentioned(text: str, cited: set[str], minted: Minted) -> Iterator[str]:
    """Passages that a text names; `cited` are the sources that its claim cites."""
    for found in _NAMED.finditer(text):
        yield from _each(found[1], found[2], minted)
    if len(cited) == 1:
        (key,) = cited
        for found in _PLAIN.finditer(text):
            yield from _each(key, found[1], minted)


def _each(key: str, text: str, minted: Minted) -> Iterator[str]:
    """The first number is meant; of those that follow, the ones that were minted: `and 2012` may be a year."""
    known = minted.get(key, set())
    first, *rest = re.split(r"(-|–| to |\D+)", text)
    last = int(first)
    yield f"{key}:{last}"
    for joint, number in zip(rest[::2], rest[1::2], strict=True):
        if int(number) in known:
            between = range(last + 1, int(number)) if joint in ("-", "–", " to ") else ()
            yield from (f"{key}:{each}" for each in (*between, int(number)) if each in known)
        last = int(number)
