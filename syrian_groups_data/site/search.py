"""What the search page looks through: names with the table that folds them, and the words of what is said."""

from __future__ import annotations

from typing import Any

from ..model.fold import fold_table
from .links import page
from .reading import TABLE_OF, Reading

# A record's text for the search by words ends here.
_MOST = 4000


def data(reading: Reading) -> dict[str, Any]:
    """Names as the terminal looks at them, texts of ours, and the rule by which both are folded."""
    order = {key: place for place, key in enumerate(reading.entities)}
    return {
        "fold": fold_table(),
        "records": [
            [key, row["type"], row["label"], page(row["type"], key), row["statements"], _summary(reading, key)]
            for key, row in reading.entities.items()
        ],
        "names": [[order[key], *rest] for key, *rest in _names(reading)],
        "texts": [_text(reading, key) for key in reading.entities],
        "types": list(TABLE_OF),
    }


def _summary(reading: Reading, key: str) -> str:
    row = reading.wide[reading.entities[key]["type"]][key]
    return row.get("summary") or row.get("kind") or row.get("basis") or ""


Name = tuple[str, str, str | None, str | None, str | None]


def _names(reading: Reading) -> list[Name]:
    """Record, name, role, standing and speaker of every name, as the terminal has them."""
    names = [
        (key, row["name"], row["role"], row["standing"], row["said_by"] or row["speaker"])
        for key, rows in reading.names.items()
        for row in rows
    ]
    told = {name[:2] for name in names}
    labels: list[Name] = [(key, row["label"], None, None, None) for key, row in reading.entities.items()]
    second: list[Name] = [
        (key, name, "alias", None, None) for key in reading.entities if (name := reading.second_name(key))
    ]
    return list(dict.fromkeys([*names, *(name for name in labels if name[:2] not in told), *second]))


def _text(reading: Reading, key: str) -> str:
    """Values of a record's statements, each once: our words, not those of the sources."""
    values = dict.fromkeys(row["value"] for row in reading.about.get(key, []) if row["property"] != "names")
    return " · ".join(values)[:_MOST]
