"""Account for every passage."""

from __future__ import annotations

from collections import defaultdict
from typing import Any, NamedTuple


class Coverage(NamedTuple):
    """What became of the passages of one source."""

    source_id: str
    passages: int
    cited: int
    set_aside: int
    unread: list[str]


def coverage(sources: list[dict[str, Any]], passages: list[dict[str, Any]]) -> list[Coverage]:
    """Per source: passages cited, set aside, and those (by id) that are neither."""
    unread: dict[str, list[str]] = defaultdict(list)
    for row in passages:
        if row["use"] == "unread":
            unread[row["source_id"]].append(row["passage_id"])
    return [
        Coverage(row["source_id"], row["passages"], row["cited"], row["set_aside"], unread[row["source_id"]])
        for row in sources
    ]
