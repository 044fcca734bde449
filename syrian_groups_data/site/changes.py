"""What differs from an earlier release of the same data, and the ledger of ids that were given up."""

from __future__ import annotations

from typing import Any

from ..model.changes import short
from .reading import Reading, Row, Tables

# Longer lists end with a number.
MOST = 400


def context(reading: Reading, previous: Tables | None) -> dict[str, Any]:
    """Records and statements that came and went; without an earlier release only the ledger."""
    base = {"ledger": reading.changes, "previous": None, "most": MOST}
    if previous is None:
        return base
    old: list[Row] = previous.table("statements").to_pylist()
    entities: list[Row] = previous.table("entities").to_pylist()
    before = {short(row["statement_id"]): row for row in old}
    now = {short(key): row for key, row in reading.by_id.items()}
    known = {row["entity_id"]: row for row in entities}
    given_up = {short(row["old_id"]): row for row in reading.changes}
    gone = [row for key, row in before.items() if key not in now]
    new = [row for key, row in now.items() if key not in before]
    contested = [row for key, row in now.items() if key in before and row["contested"] != before[key]["contested"]]
    return base | {
        "previous": {
            "name": previous.descriptor.get("name"),
            "version": previous.descriptor.get("version"),
            "records_new": [row for key, row in reading.entities.items() if key not in known],
            "records_gone": [row for key, row in known.items() if key not in reading.entities],
            "new": new,
            "gone": [(row, given_up.get(short(row["statement_id"]))) for row in gone],
            "contested": contested,
            "same": len(reading.by_id) - len(new),
        }
    }
