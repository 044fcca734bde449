"""Which statements a row shows, so that it can say who says so: those that give the values which stand in it."""

from __future__ import annotations

from ..model.rows import BY_NAME
from .source import NEGATIVE, PLAIN, Row, Source

# Tables whose rows show several statements: by property, the column that has the value of one (of a number, the two of
# its bounds); None: all of them are shown.
_EVENT = {"occurred": None, "date": "date", "place": "place_id", "killed": "killed", "injured": "injured"}
SHOWN: dict[str, dict[str, str | None]] = {
    "entities": {"names": "label", "occurred": None, "accused": None},
    "groups": {
        "names": "name", "founded": "founded", "dissolved": "dissolved", "status": "status",
        "based_in": "headquarters_id", "part_of": "parent_id", "strength": "strength",
    },
    "people": {"names": "name", "born": "born", "died": "died", "born_in": "born_in_id", "member_of": "groups"},
    "events": {**_EVENT, "part_of": "part_of"},
    "timeline": {**_EVENT, "participants": None},
    "allegations": {"accused": None},
    "ledger": {"accused": None},
}  # fmt: skip


def said(source: Source, table: str, row: Row) -> list[Row]:
    """The statements that a row shows, by property in the order of its columns."""
    if key := row.get("statement_id"):
        return [source.statements[key]]
    about = source.about[row[BY_NAME[table].key[0]]]
    found = [
        each
        for name, column in SHOWN[table].items()
        for each in about
        if each["property"] == name and _gives(source, table, row, column, each)
    ]
    if table == "people":
        found += [
            each
            for each in source.leads.get(row["person_id"], ())
            if each["entity_id"] in row["groups"] and _may(table, each)
        ]
    return found


def _gives(source: Source, table: str, row: Row, column: str | None, statement: Row) -> bool:
    """Whether the value that a row shows is that of a statement, and one that such a row may show.

    Who denies that an event happened, and who had made an accusation that is refuted, is told in their rows.
    """
    if statement["standing"] in NEGATIVE:
        return statement["property"] in ("occurred", "accused")
    if column is None:
        return True
    if not _may(table, statement):
        return False
    if number := source.numbers.get(statement["statement_id"]):
        bounds = row[f"{column}_low"], row[f"{column}_high"]
        return bounds != (None, None) and bounds == (number["low"], number["high"])
    value, shown = statement["value_entity_id"] or statement["value"], row.get(column)  # of a denied number nothing
    return value in shown if isinstance(shown, list) else value == shown


def _may(table: str, statement: Row) -> bool:
    """As the wide tables choose: a name is shown however it is said, anything else if it is plain, or preferred."""
    standing, speaker = statement["standing"], statement["said_by"]
    if statement["property"] == "names":
        return True
    if statement["contested"] and not statement["preferred"]:
        return False
    if table not in ("groups", "people"):
        return standing in PLAIN or standing == "claimed"
    own = bool(speaker) and speaker in (statement["entity_id"], statement["value_entity_id"])
    return standing in PLAIN and not statement["until"] and not own
