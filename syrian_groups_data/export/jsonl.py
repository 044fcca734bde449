"""JSON Lines: a row a line, lists as lists, dates as ISO 8601 text."""

from __future__ import annotations

import json

from .source import Source


def export(source: Source) -> dict[str, bytes]:
    """One file a table."""
    return {
        f"{name}.jsonl": "".join(
            json.dumps(row, ensure_ascii=False, default=str) + "\n" for row in source.rows(name)
        ).encode()
        for name in source.names
    }
