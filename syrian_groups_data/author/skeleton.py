"""A new record as text: what must be there, and comments for what may be."""

from __future__ import annotations

from typing import Any

from ..model.records import Record
from .layout import inline
from .schema import modeline

_BODIES = {
    "group": "kind: TODO\nnames:\n  - {value: TODO, lang: TODO, cite: [TODO]}\n",
    "person": "basis: TODO\nnames:\n  - {value: TODO, lang: TODO, cite: [TODO]}\n",
    "place": "kind: TODO\nnames:\n  - {value: TODO, lang: TODO, cite: [TODO]}\n",
    "event": (
        "type: TODO\nsubtype: TODO\ntitle: TODO\noccurred:\n  - {cite: [TODO]}\n"
        "date:\n  - {value: TODO, cite: [TODO]}\n"
    ),
    "allegation": "acts: [TODO]\nsummary: TODO\naccused:\n  - {value: TODO, cite: [TODO]}\n",
    "source": "kind: TODO\nlanguage: TODO\n",
}


def skeleton(model: type[Record], key: str, filled: dict[str, Any]) -> str:
    """The text of a new record. TODO marks what `check` will ask for; `filled` are values that are known."""
    lines = [modeline(model.type), f"id: {key}"]
    given = "".join(f"{name}: {value if name != 'gazetteer' else inline(value)}\n" for name, value in filled.items())
    if model.type == "place" and not filled:
        given = "precision: none\n"
    return "\n".join(lines) + "\n" + _BODIES[model.type] + given
