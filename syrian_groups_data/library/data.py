"""Typed records over a release's tables: what `load` gives."""

from __future__ import annotations

from collections.abc import ItemsView, Iterator, Mapping, ValuesView
from functools import cached_property
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import pyarrow as pa

from .columns import Column
from .entities import KINDS, Allegation, Entity, Event, Group, Person, Place
from .errors import AGAIN, Damaged, Unknown
from .lookup import PLURALS, SINGULARS, Lookup
from .notebook import grid
from .statements import Passage, Source, Statement
from .store import store_of
from .tables import Tables

if TYPE_CHECKING:
    from .search import Index, Match

T = TypeVar("T")
_TOGETHER = 256  # records that are made at once when all are asked for


class Collection(Mapping[str, T], Generic[T]):
    """Records by id, each made when it is asked for.

    A former id leads to its record; a wrong one raises KeyError, with the nearest ids or with where it is.
    """

    def __init__(self, data: Data, plural: str) -> None:
        self._data, self._plural = data, plural

    def __getitem__(self, key: str) -> T:
        found: list[T] = self._data._lookup.some(self._plural, [key]) if isinstance(key, str) else []
        if not found:
            raise Unknown(self._data._lookup.missing(SINGULARS[self._plural], key))
        return found[0]

    def __contains__(self, key: object) -> bool:
        return isinstance(key, str) and bool(self._data._lookup.some(self._plural, [key]))

    def __iter__(self) -> Iterator[str]:
        return iter(self._data._lookup.ids(self._plural))

    def __len__(self) -> int:
        return len(self._data._lookup.ids(self._plural))

    def values(self) -> ValuesView[T]:
        """All records."""
        return _Values(self)

    def items(self) -> ItemsView[str, T]:
        """All records with their ids."""
        return _Items(self)

    def _all(self) -> Iterator[T]:
        ids = list(self)
        for start in range(0, len(ids), _TOGETHER):
            yield from self._data._lookup.some(self._plural, ids[start : start + _TOGETHER])

    def __copy__(self) -> Collection[T]:
        return self

    def __deepcopy__(self, memo: object) -> Collection[T]:
        return self

    def __reduce__(self) -> tuple[Any, ...]:
        return getattr, (self._data, self._plural)

    def __repr__(self) -> str:
        ids = list(self)
        return f"<{len(ids)} {self._plural}: {', '.join(ids[:4])}{', …' if len(ids) > 4 else ''}>"

    def _repr_html_(self) -> str:
        return grid(self._plural, ("id", ""), ((record.id, repr(record)) for record in self._all()), len(self))  # type: ignore[attr-defined]

    def _ipython_key_completions_(self) -> list[str]:
        return list(self)


class _Values(ValuesView[T]):
    _mapping: Collection[T]

    def __iter__(self) -> Iterator[T]:
        return self._mapping._all()


class _Items(ItemsView[str, T]):
    _mapping: Collection[T]

    def __iter__(self) -> Iterator[tuple[str, T]]:
        return ((record.id, record) for record in self._mapping._all())  # type: ignore[attr-defined]


class Data:
    """A release as records, whose rows are read when they are asked for.

    Two are equal where their content is. A pickle of one, or of a record, says where the release lies, and holds no
    copy of it; that of a release in memory holds its tables.
    """

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self.name: str = tables.descriptor.get("name", "")
        self.version: str = tables.descriptor.get("version", "")
        self._store = store_of(tables)
        self._lookup = Lookup(self._store, self.find)
        self.groups: Collection[Group] = Collection(self, "groups")
        self.people: Collection[Person] = Collection(self, "people")
        self.places: Collection[Place] = Collection(self, "places")
        self.events: Collection[Event] = Collection(self, "events")
        self.allegations: Collection[Allegation] = Collection(self, "allegations")
        self.sources: Collection[Source] = Collection(self, "sources")
        self.passages: Collection[Passage] = Collection(self, "passages")
        self.statements: Collection[Statement] = Collection(self, "statements")

    def __getitem__(self, key: str) -> Entity | Source | Passage | Statement:
        """Whatever has an id: a record of any type, a source, a passage, a statement. A former id leads on."""
        plural = self._lookup.plural(key) if isinstance(key, str) else None
        if plural is None:
            raise Unknown(self._lookup.missing("record", key))
        found: Entity | Source | Passage | Statement = getattr(self, plural)[key]
        return found

    def __contains__(self, key: object) -> bool:
        return isinstance(key, str) and self._lookup.plural(key) is not None

    def __iter__(self) -> Iterator[str]:
        """Ids of all records."""
        for plural in PLURALS.values():
            yield from self._lookup.ids(plural)

    @property
    def second_language(self) -> str:
        """Language of the second names of records, such as `name_ar`."""
        return self._store.second_language

    def find(self, text: str) -> list[Entity]:
        """Records that have all words of a text in one of their names, best first.

        Case, marks, Arabic letter variants, the article, and the spellings of several languages do not matter. A whole
        name comes before words of one, the same spelling before the same sound. `search` says what matched.
        """
        return [match.entity for match in self.search(text)]

    def search(self, text: str) -> list[Match]:
        """As `find`, each with the name that matched, how closely, and who says that it is one."""
        from .search import Match

        found = self._index.find(text)
        kinds = {key: KINDS[kind] for kind, ids in self._store.ids.items() for key in ids}
        if stray := [name.entity_id for name, _ in found if name.entity_id not in kinds]:
            raise self._stray(stray[0])
        for kind in KINDS.values():  # all of a kind at once
            self._store.records(kind, [name.entity_id for name, _ in found if kinds[name.entity_id] is kind])
        return [
            Match(entity=self._store.record(kinds[name.entity_id], name.entity_id), name=name, closeness=closeness)
            for name, closeness in found
        ]

    @cached_property
    def _index(self) -> Index:
        from .search import Index

        return Index(self._store.all_names())

    def resting_on(self, passage: str) -> list[tuple[Entity, list[Statement]]]:
        """Every statement that rests on a passage, or names it as context or dispute, by entity.

        Raises KeyError for a passage that does not exist.
        """
        key = self.passages[passage].id
        cited = {row["statement_id"] for row in self._store.rows("citations", "passage_id", [key], _STATEMENT)}
        found: dict[str, list[Statement]] = {}
        for each in self._store.complete("statement_id", cited):
            found.setdefault(each.entity_id, []).append(each)
        return [(self._entity(entity), statements) for entity, statements in sorted(found.items())]

    def _entity(self, key: str) -> Entity:
        kind = self._store.kind(key)
        if kind is None:
            raise self._stray(key)
        return self._store.record(kind, key)

    @staticmethod
    def _stray(key: str) -> Damaged:
        return Damaged(f"tables/entities.parquet has no row for {key}, which another table names; {AGAIN}")

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Data):
            return NotImplemented
        mine, theirs = self.tables, other.tables
        if mine is theirs or (mine.descriptor == theirs.descriptor and mine.descriptor.get("resources")):
            return True
        return self.version == other.version and all(_held(mine, name) == _held(theirs, name) for name in _CONTENT)

    def __hash__(self) -> int:
        return hash(("Data", self.version))

    def __copy__(self) -> Data:
        return self

    def __deepcopy__(self, memo: object) -> Data:
        return self

    def __reduce__(self) -> tuple[Any, ...]:
        return Data, (self.tables,)

    def __repr__(self) -> str:
        counts = ", ".join(f"{len(self._lookup.ids(plural))} {plural}" for plural in PLURALS.values())
        name = self.tables.descriptor.get("name", "package")
        return f"<{name} {self.version}: {counts}, {len(self.statements)} statements>"

    def _repr_html_(self) -> str:
        rows = [(plural, len(getattr(self, plural))) for plural in SINGULARS]
        return grid(f"{self.tables.descriptor.get('name', 'package')} {self.version}", ("", "records"), rows, len(rows))

    def _ipython_key_completions_(self) -> list[str]:
        return list(self)


def _held(tables: Tables, name: str) -> pa.Table | None:
    try:
        return tables.table(name)
    except KeyError:
        return None


_STATEMENT = Column("statement_id", "str")
_CONTENT = ("sources", "passages", "entities", "statements", "citations", "names", *PLURALS.values())
