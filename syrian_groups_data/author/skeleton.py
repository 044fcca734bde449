"""A new record as text: what is known of it, and marks for what must be there and is not."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from ..model.records import Record
from ..model.values import TODO
from .layout import inline
from .schema import modeline

_NAME = {"value": TODO, "lang": TODO, "cite": [TODO]}
_BODIES: dict[str, dict[str, Any]] = {
    "group": {"kind": TODO, "names": [_NAME]},
    "person": {"basis": TODO, "names": [_NAME]},
    "place": {"kind": TODO, "names": [_NAME], "precision": "none"},
    "event": {
        "type": TODO,
        "subtype": TODO,
        "title": TODO,
        "occurred": [{"cite": [TODO]}],
        "date": [{"value": TODO, "cite": [TODO]}],
    },
    "allegation": {"acts": [TODO], "summary": TODO, "accused": [{"value": TODO, "cite": [TODO]}]},
    "source": {"kind": TODO, "language": TODO},
}


def skeleton(model: type[Record], key: str, known: dict[str, Any], claimed: Collection[str] = ()) -> str:
    """The text of a new record with values that are known, and without the claims that are written into it next."""
    body = {name: value for name, value in _BODIES[model.type].items() if name not in claimed}
    if "title" in known and model.type == "group":
        body.pop("names", None)  # what is only described has no name
    if claimed:
        body.pop("date", None)  # an event that no text dates has none
    return "".join(
        [
            f"{modeline(model.type)}\n",
            f"id: {key}\n",
            *(f"{name}: {inline(value)}\n" for name, value in (body | known).items()),
        ]
    )
