"""From an id, as somebody has it, to what it stands for now; and what to say where it stands for nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import Any

from .columns import Column
from .entities import KINDS, Entity
from .errors import AGAIN, Damaged
from .statements import Statement
from .store import Store

PLURALS = {"group": "groups", "person": "people", "place": "places", "event": "events", "allegation": "allegations"}
SINGULARS = {plural: name for name, plural in PLURALS.items()} | {
    "sources": "source", "passages": "passage", "statements": "statement",
}  # fmt: skip
_PASSAGE = re.compile(r"([^:]+):\d+")
_STATEMENT = re.compile(r"s?[0-9a-f]{12,}")
_OLD = 12  # digits of a statement's id in releases of 1.0: those that the new one begins with, after its `s`


class Lookup:
    """What a release holds, by the plural of its kind and by id."""

    def __init__(self, store: Store, named: Callable[[str], Iterable[Entity]]) -> None:
        self._store, self._named = store, named
        self._redirects: dict[str, str] = store.tables.descriptor.get("redirects", {})

    def ids(self, plural: str) -> Sequence[str]:
        """Ids of all that there are, in the order of their table."""
        if plural == "sources":
            return list(self._store.sources)
        if plural in ("passages", "statements"):
            return self._column(plural, f"{SINGULARS[plural]}_id")
        return self._store.ids[SINGULARS[plural]]

    def some(self, plural: str, keys: Sequence[str]) -> list[Any]:
        """Those that there are of the ids, in their order; former ids lead on."""
        if plural == "statements":
            return self._statements(keys)
        keys = [self._led(key) for key in keys]
        if plural == "sources":
            return [self._store.sources[key] for key in keys if key in self._store.sources]
        if plural == "passages":
            found = self._store.passages(keys)
            return [found[key] for key in keys if key in found]
        return self._store.records(KINDS[SINGULARS[plural]], keys)

    def _led(self, key: str) -> str:
        """The id that took the place of a former one, of a record or of a passage's source; else the same."""
        source, colon, number = key.partition(":")
        return f"{self._redirects.get(source, source)}{colon}{number}"

    def plural(self, key: str) -> str | None:
        """Of what kind something is, by its id, former ones included."""
        kind = self._store.kind(self._led(key))
        if kind is not None:
            return PLURALS[kind.__name__.lower()]
        return next((plural for plural in ("sources", "passages", "statements") if self._may_be(plural, key)), None)

    def _may_be(self, plural: str, key: str) -> bool:
        form = {"passages": _PASSAGE, "statements": _STATEMENT}.get(plural)
        return (form is None or form.fullmatch(key) is not None) and bool(self.some(plural, [key]))

    # --- statements -------------------------------------------------------------------------------

    def _statements(self, keys: Sequence[str]) -> list[Statement]:
        made = {each.id: each for each in self._store.complete("statement_id", set(keys))}
        former = {key: found for key in keys if key not in made and (found := self._successor(key))}
        made |= {each.id: each for each in self._store.complete("statement_id", set(former.values()) - made.keys())}
        now = [former.get(key, key) for key in keys]
        return [made[key] for key in now if key in made]

    def _successor(self, key: str) -> str | None:
        """Id of the statement that an id of an older release stands for now; None for none."""
        seen: set[str] = set()
        while key not in seen and _STATEMENT.fullmatch(key):
            seen.add(key)
            if self._store.rows("statements", "statement_id", [key]):
                return key
            if len(key) == _OLD and (longer := self._begun(self._column("statements", "statement_id"), key)):
                return longer
            change = self._change(key)
            if change is None or change["new_id"] is None:
                return None
            key = change["new_id"]
        return None

    def _change(self, key: str) -> dict[str, Any] | None:
        return self._changes.get(key) or self._changes.get(self._begun(self._changes, key) or "")

    @staticmethod
    def _begun(ids: Iterable[str], key: str) -> str | None:
        return next((each for each in ids if each.startswith(f"s{key}")), None) if len(key) == _OLD else None

    @cached_property
    def _changes(self) -> dict[str, dict[str, Any]]:
        """What became of statements that were corrected or withdrawn, by their former ids."""
        text = [
            Column(name, "str", nullable=name != "old_id") for name in ("old_id", "new_id", "kind", "reason", "since")
        ]
        try:
            self._store.tables.columns("changes")
        except LookupError:  # a package of 1.0
            return {}
        return {row["old_id"]: row for row in self._store.all("changes", *text)}

    def _column(self, table: str, name: str) -> list[str]:
        return [row[name] for row in self._store.all(table, Column(name, "str"))]

    # --- messages ---------------------------------------------------------------------------------

    def missing(self, name: str, key: object) -> str:
        """That there is no such thing, and what may have been meant; `name` is what was asked for: group, record …"""
        said = f"no {name} {key!r}"
        if not isinstance(key, str):
            return f"{said}: an id is text"
        plural = self.plural(key)
        if plural is not None:
            if SINGULARS[plural] == name:
                raise Damaged(
                    f"tables/{plural}.parquet has no row for {key}, which tables/entities.parquet names; {AGAIN}"
                )
            return f"{said}: it is a {SINGULARS[plural]}; see data.{plural}[{key!r}]"
        if (source := _PASSAGE.fullmatch(key)) and source[1] in self._store.sources:
            found = [each for each in self.ids("passages") if each.startswith(f"{source[1]}:")]
            return f"{said}: {source[1]} has {len(found)} passages, {found[0]} to {found[-1]}" if found else said
        if _STATEMENT.fullmatch(key) and (change := self._change(key)):
            since = f" in {change['since']}" if change["since"] else ""
            return f"{said}: it was given up{since} ({change['kind']}): {change['reason']}"
        return f"{said}{self._near(name, key)}"

    def _near(self, name: str, key: str) -> str:
        """`; near: …`: records of whatever type that have such a name, and ids that are spelled alike."""
        from difflib import get_close_matches

        plurals = [plural for plural, singular in SINGULARS.items() if singular == name and plural != "statements"]
        ids = [each for plural in plurals or PLURALS.values() for each in self.ids(plural)]
        named = [entity.id for entity in list(self._named(key))[:3]]
        found = list(dict.fromkeys([*named, *get_close_matches(key, ids, 3, 0.6)]))[:4]
        return f"; near: {', '.join(found)}" if found else ""
