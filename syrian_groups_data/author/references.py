"""Where ids stand in raw/: replacing one by another in every reference, mention and citation, and in nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ..model.corpus import Entry, Loc

# Keys that hold an id, or a list of ids, of a record or source.
_IDS = frozenset(
    ["said_by", "via", "said_in", "of", "by", "parent", "event", "derived_from", "version_of", "distinct_from"]
)
_PASSAGES = frozenset(["cite", "context", "disputed_by"])
_PROSE = frozenset(["note", "summary", "preferred", "part", "gazetteer"])


def replaced(text: str, entry: Entry, old: str, new: str, valued: Iterable[Loc]) -> str:
    """The text of a record with `old` replaced where it is an id: `valued` are the values of claims that are ids."""
    lines = text.splitlines(keepends=True)
    places = {loc: entry.marks[loc] for loc in (*valued, *_named(entry)) if loc in entry.marks}
    # From the end of each line on, so that the columns of what stands before stay true.
    for loc, (line, column) in sorted(places.items(), key=lambda item: item[1], reverse=True):
        row = lines[line - 1]
        head, tail = row[: column - 1], row[column - 1 :]
        lines[line - 1] = head + _first(tail, old, new, _role(loc))
    return "".join(lines)


def _named(entry: Entry) -> Iterator[Loc]:
    """Places of every id, passage and prose in a record."""
    for loc in entry.marks:
        if _role(loc):
            yield loc


def _role(loc: Loc) -> str:
    names = [part for part in loc if isinstance(part, str)]
    last = names[-1] if names else ""
    if loc == ("id",) or last in _IDS or (last == "value" and isinstance(loc[-1], str)):
        return "id"
    return "passage" if last in _PASSAGES else "prose" if last in _PROSE else ""


def _first(tail: str, old: str, new: str, role: str) -> str:
    """A value at the start of a text, with the id in it replaced."""
    if role == "prose":
        # An id without a hyphen is a word like others: only before a number it is known to be one.
        meant = r"(?![\w-])" if "-" in old else r"(?=:[0-9])"
        return re.sub(rf"(?<![\w-]){re.escape(old)}{meant}", new, tail)
    follow = r"(?=:[0-9])" if role == "passage" else r"(?![\w:-])"
    return re.sub(rf"^([\"']?){re.escape(old)}{follow}", rf"\g<1>{new}", tail, count=1)
