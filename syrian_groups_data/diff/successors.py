"""Statements of a former release that raw/ no longer makes -> the rows of raw/changes.csv that say what became of them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher
from typing import Any, NamedTuple

from ..model.changes import SHORT, Change, full, lost

_MANNER = ("role", "class", "of", "as_of", "since", "until", "via", "standing", "hedge")
_IDS = ("entity_id", "value_entity_id", "said_by", "of", "said_in")


class Said(NamedTuple):
    """A statement, as far as it matters for what succeeds it. `row` is its row in `statements`."""

    id: str
    row: Mapping[str, Any]
    passages: frozenset[str]

    def label(self) -> str:
        """Whom and what it is about, and its value."""
        return f"{self.row['entity_id']} {self.row['property']}: {self.row['value']}"


def said(statements: Iterable[Mapping[str, Any]], citations: Iterable[Mapping[str, Any]]) -> dict[str, Said]:
    """Statements by id, from the rows of two tables; ids of 1.0.0 are given their `s`."""
    cited: dict[str, set[str]] = defaultdict(set)
    for row in citations:
        if row["role"] == "supports":
            cited[row["statement_id"]].add(row["passage_id"])
    found = {}
    for row in statements:
        key = full(row["statement_id"])
        found[key] = Said(key, row, frozenset(cited[row["statement_id"]]))
    return found


def said_in(tables: Mapping[str, list[Any]]) -> dict[str, Said]:
    """Statements by id, from rows that are not published yet."""
    from ..model.rows import Citations, Statements  # pydantic, which comparing two releases does without
    from ..model.table import by_column

    return said(*(by_column(table, tables[table.table]) for table in (Statements, Citations)))


class Why(NamedTuple):
    """What new rows say of themselves."""

    kind: str
    reason: str
    since: str


def ledger(
    former: Mapping[str, Said],
    current: Mapping[str, Said],
    known: Iterable[Change],
    redirects: Mapping[str, str],
    why: Why,
) -> tuple[list[Change], list[str]]:
    """The whole ledger as it should stand, and a line for each row that is new, led elsewhere or deleted.

    `known` are its rows as they stand, `redirects` lead from record ids given up to those that took their place.
    """
    before = {change.old: change for change in known}
    rows = {old: change for old, change in before.items() if not _stale(change, former, current)}
    choose = _Successors(former, current, redirects)
    for key in lost(former, current, rows.values()):
        new = choose(former[key])
        kind = (choose.kind(former[key], new) or why.kind) if new else "withdrawn"
        rows[key] = Change(key, new.id if new else "", kind, why.reason, why.since)
    for old, change in rows.items():
        # What a former successor became, its predecessor became: chains are cut short.
        if change.new and change.new not in current and (later := rows.get(change.new)):
            rows[old] = change._replace(new=later.new, kind=change.kind if later.new else "withdrawn")
    lines = [_line(rows[old], former, current) for old in sorted(rows) if rows[old] != before.get(old)]
    return sorted(rows.values()), lines + [f"{old}: its row goes" for old in sorted(before.keys() - rows.keys())]


def _stale(change: Change, former: Mapping[str, Said], current: Mapping[str, Said]) -> bool:
    """Whether a row has to be made anew: its old id is in use, or its successor is gone and the former claim at hand."""
    if any(key[: len(change.old)] == change.old for key in current):
        return True
    return bool(change.new) and change.new not in current and change.old in former


def _line(change: Change, former: Mapping[str, Said], current: Mapping[str, Said]) -> str:
    was = f": {former[change.old].label()}" if change.old in former else ""
    became = f" -> {current[change.new].row['value']}" if change.new in current else ""
    return f"{change.old} -> {change.new or 'nothing'}: {change.kind}{was}{became}"


class _Successors:
    """The statement that took the place of another: same record and property, most passages shared, nearest value."""

    def __init__(self, former: Mapping[str, Said], current: Mapping[str, Said], redirects: Mapping[str, str]) -> None:
        self.redirects = redirects
        self.entities = {each.row["entity_id"] for each in former.values()}
        self.old = {found for key in former for found in (key, key[:SHORT])}
        self.on: dict[tuple[str, str, str], list[Said]] = defaultdict(list)
        for each in current.values():
            for passage in each.passages:
                self.on[each.row["entity_id"], each.row["property"], passage].append(each)

    def __call__(self, old: Said) -> Said | None:
        entity, name = self._now(old.row["entity_id"]), old.row["property"]
        found = [each for passage in old.passages for each in self.on.get((entity, name, passage), ())]
        shared = Counter(each.id for each in found)
        candidates = {each.id: each for each in found if self._possible(old, each)}
        ranked = sorted(((shared[key], *self._nearness(old, each)), key) for key, each in candidates.items())
        if not ranked or (len(ranked) > 1 and ranked[-1][0] == ranked[-2][0]):
            return None  # nothing, or more than one that could be it
        return candidates[ranked[-1][1]]

    def _now(self, key: str | None) -> str:
        """The id that a record has now."""
        return self.redirects.get(key or "", key or "")

    def _same(self, old: Said, new: Said) -> bool:
        if new.row["value_entity_id"]:
            return bool(self._now(old.row["value_entity_id"]) == new.row["value_entity_id"])
        return bool(old.row["value"] == new.row["value"])

    def _possible(self, old: Said, new: Said) -> bool:
        """One that the former release had beside the old one succeeds it only with the same value."""
        return self._same(old, new) or not (new.id in self.old or new.id[:SHORT] in self.old)

    def _nearness(self, old: Said, new: Said) -> tuple[float, bool, int]:
        """How near another statement is: by value, by speaker, by what else qualifies it."""
        value = 1.0 if self._same(old, new) else SequenceMatcher(None, old.row["value"], new.row["value"]).ratio()
        speaker = (
            self._now(old.row["said_by"]) == (new.row["said_by"] or "") and old.row["speaker"] == new.row["speaker"]
        )
        return value, speaker, sum(old.row[key] == new.row[key] for key in _MANNER)

    def kind(self, old: Said, new: Said) -> str | None:
        """`rename` or `merge` where only ids of records differ; None where the claim does."""
        if any(self._now(old.row[key]) != (new.row[key] or "") for key in _IDS):
            return None
        if any(old.row[key] != new.row[key] for key in _MANNER if key not in ("of", "via")):
            return None
        moved = [self._now(old.row[key]) for key in _IDS if self._now(old.row[key]) != (old.row[key] or "")]
        if not moved:
            return None
        return "merge" if any(key in self.entities for key in moved) else "rename"
