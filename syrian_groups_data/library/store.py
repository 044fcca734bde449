"""A release as records ask for it: by id, from only those rows that hold it, for many ids at once where many are held."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING, Any, Generic, TypeVar, get_args

from ..model.vocab import MEASURES
from . import columns, descriptor
from .columns import Column, shape, taken
from .entities import KINDS, E, Entity, Named
from .errors import AGAIN, Damaged
from .names import PropertyName
from .statements import Citation, Passage, Source, Statement
from .tables import Tables

if TYPE_CHECKING:
    from .search import Name

T = TypeVar("T")
Row = dict[str, Any]

_TOGETHER = 256  # records that are asked for in a row share one look at a table


def store_of(tables: Tables) -> Store:
    """The store of a release; one for all who hold it."""
    held = vars(tables)
    if "_store" not in held:
        held["_store"] = Store(tables)
    found: Store = held["_store"]
    return found


def published(tables: Tables, name: str, only: Sequence[str] | None = None) -> list[Row]:
    """Rows of a table with all its columns, or some. Raises Damaged where those that readers know are not as they should be."""
    kinds = {"sources": Source, "passages": Passage, "statements": Statement}
    known = shape(kinds[name]).values() if name in kinds else (_STATEMENT, *_CITED) if name == "citations" else ()
    wanted = {each.name: each for each in known if only is None or each.name in only}
    with _there(name):
        found = tables.table(name, only)
    for field in found.schema:
        if field.name not in wanted:
            wanted[field.name] = Column(field.name, columns.kind(field.type), nullable=True)
    return columns.rows(found, wanted.values(), f"tables/{name}.parquet")


class Shelf(Generic[T]):
    """What is known of each record, fetched with that of those which were made after it."""

    def __init__(
        self, fetch: Callable[[list[str]], dict[str, list[T]]], order: dict[str, int], keys: list[str]
    ) -> None:
        self._fetch, self._order, self._keys = fetch, order, keys
        self._found: dict[str, Sequence[T]] = {}

    def __getitem__(self, key: str) -> Sequence[T]:
        if key not in self._found:
            place = self._order.get(key, len(self._keys))
            following = self._keys[place + 1 : place + _TOGETHER]
            wanted = [key, *(each for each in following if each not in self._found)]
            found = self._fetch(wanted)
            self._found |= {each: found.get(each, ()) for each in wanted}
        return self._found[key]

    def __contains__(self, key: str) -> bool:
        return key in self._found


class Store:
    """Records, statements and passages of a release, each made once, when it is asked for."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self._records: dict[tuple[type[Entity], str], Entity] = {}
        self._order: dict[str, int] = {}
        self._keys: list[str] = []
        self._passages: dict[str, Passage] = {}
        self._names = self._shelf(self._fetch_names)
        self._statements = self._shelf(self._fetch_statements)
        self._mentions = self._shelf(self._fetch_mentions)
        self._involved = self._shelf(self._fetch_involved)
        self._blamed = self._shelf(self._fetch_blamed)
        self._people = self._shelf(self._fetch_people)

    def __reduce__(self) -> tuple[Any, ...]:
        return store_of, (self.tables,)

    @cached_property
    def second_language(self) -> str:
        """Language of the second names, as the groups have them."""
        names = (name.partition("name_")[2] for name in self.tables.columns("groups") if name.startswith("name_"))
        return next(names, "")

    def _shelf(self, fetch: Callable[[list[str]], dict[str, list[T]]]) -> Shelf[T]:
        return Shelf(fetch, self._order, self._keys)

    # --- rows -------------------------------------------------------------------------------------

    def rows(self, table: str, column: str, values: Collection[str], *wanted: Column) -> list[Row]:
        """Rows of a table whose column holds one of the values: that column and the wanted ones."""
        asked = {column: Column(column, "str", nullable=True)} | {each.name: each for each in wanted}
        with _there(table):
            found = self.tables.where(table, column, values, list(asked))
        return columns.rows(found, asked.values(), f"tables/{table}.parquet")

    def all(self, table: str, *wanted: Column) -> list[Row]:
        """All rows of a table."""
        with _there(table):
            found = self.tables.table(table, [each.name for each in wanted])
        return columns.rows(found, wanted, f"tables/{table}.parquet")

    # --- records ----------------------------------------------------------------------------------

    @cached_property
    def ids(self) -> dict[str, list[str]]:
        """Ids of all records by their type."""
        found: dict[str, list[str]] = {kind: [] for kind in KINDS}
        for row in self.all("entities", Column("entity_id", "str"), Column("type", "str")):
            if row["type"] in found:
                found[row["type"]].append(row["entity_id"])
        return found

    def kind(self, key: str) -> type[Entity] | None:
        """What kind of record has an id; None for none."""
        found = self.rows("entities", "entity_id", [key], Column("type", "str"))
        return KINDS.get(found[0]["type"]) if found else None

    def records(self, kind: type[E], keys: Sequence[str]) -> list[E]:
        """Records by their ids, those that there are of that kind; in the order of the ids."""
        if new := [key for key in keys if (kind, key) not in self._records]:
            self._make(kind, new)
        return [self._records[kind, key] for key in keys if (kind, key) in self._records]  # type: ignore[misc]

    def record(self, kind: type[E], key: str) -> E:
        """A record that another one names. Raises Damaged where it is not there."""
        for found in self.records(kind, [key]):
            return found
        raise Damaged(f"tables/{kind._table}.parquet has no row for {key}, which another table names; {AGAIN}")

    def _make(self, kind: type[Entity], keys: Collection[str]) -> None:
        wanted = {
            name: each._replace(name=each.name.replace("*", self.second_language))
            for name, each in shape(kind).items()
            if self.second_language or "*" not in each.name
        }
        absent: dict[str, Any] = {name: None for name in shape(kind) if name not in wanted}
        key = wanted.pop("id").name
        for row in self.rows(kind._table, key, set(keys), *wanted.values()):
            record = kind(id=row[key], **taken(row, wanted), **absent)
            record.__dict__["_library"] = self
            self._records[kind, record.id] = record
            self._order[record.id] = len(self._keys)
            self._keys.append(record.id)

    def all_names(self) -> Iterator[Name]:
        """Every name of every record with who says so; labels and second names that are no such names."""
        from .search import Name

        own, told = shape(Name), set()
        for row in self.all("names", *own.values()):
            told.add((row["entity_id"], row["name"]))
            yield Name(**taken(row, own))
        for row in self.all("entities", Column("entity_id", "str"), Column("label", "str")):
            if (row["entity_id"], row["label"]) not in told:
                yield Name(entity_id=row["entity_id"], text=row["label"])
        for kind in KINDS.values():
            if issubclass(kind, Named) and self.second_language:
                key, second = shape(kind)["id"], Column(f"name_{self.second_language}", "str", nullable=True)
                for row in self.all(kind._table, key, second):
                    if row[second.name]:
                        yield Name(entity_id=row[key.name], text=row[second.name], role="alias")

    # --- what records ask -------------------------------------------------------------------------

    def names(self, key: str) -> Sequence[str]:
        """Names of a record, epithets left out."""
        return self._names[key]

    def statements(self, key: str) -> Sequence[Statement]:
        """Statements about it."""
        return self._statements[key]

    def mentions(self, key: str) -> Sequence[Statement]:
        """Statements about others whose value it is."""
        return self._mentions[key]

    def named_by_others(self, key: str) -> Sequence[Statement]:
        """As `mentions`, without what takes most of the time to read, and is not shown: values, notes, days."""
        return self._mentions[key] if key in self._mentions else self.complete("value_entity_id", [key], _TOLD)

    def said_in(self, key: str) -> Sequence[Statement]:
        """Statements that were made in an event, by whom they are about."""
        return sorted(self.complete("said_in", [key]), key=lambda each: (each.entity_id, each.property, each.id))

    def involved(self, key: str) -> Sequence[str]:
        """Ids of events in which it takes part, or that lie at it."""
        return self._involved[key]

    def blamed(self, key: str) -> Sequence[str]:
        """Ids of allegations that name it."""
        return self._blamed[key]

    def people_of(self, key: str) -> Sequence[str]:
        """Ids of people who lead or belong to a group."""
        return self._people[key]

    def ties(self, statements: Iterable[Statement]) -> set[str]:
        """Ids of those statements that are ties."""
        return {row["statement_id"] for row in self.rows("relations", "statement_id", {s.id for s in statements})}

    @cached_property
    def properties(self) -> list[str]:
        """Properties that a statement may be on: those that the descriptor lists, else the vocabulary's own."""
        return descriptor.terms(self.tables.descriptor, "statements", "property") or list(get_args(PropertyName))

    @cached_property
    def _measures(self) -> Collection[str]:
        return descriptor.terms(self.tables.descriptor, "estimates", "measure") or MEASURES

    def known(self, property: str) -> None:
        """Raises LookupError, with the nearest names, for a property that does not exist."""
        if property not in self.properties:
            from difflib import get_close_matches

            close = get_close_matches(str(property), self.properties, 3, 0.5)
            hint = f"near: {', '.join(close)}" if close else f"there are {', '.join(sorted(self.properties))}"
            raise LookupError(f"no property {property!r}; {hint}")

    # --- fetching ---------------------------------------------------------------------------------

    def _fetch_names(self, keys: list[str]) -> dict[str, list[str]]:
        rows = self.rows("names", "entity_id", keys, Column("name", "str"), Column("role", "str"))
        return _grouped((row["entity_id"], row["name"]) for row in rows if row["role"] != "epithet")

    def _fetch_statements(self, keys: list[str]) -> dict[str, list[Statement]]:
        return _grouped((each.entity_id, each) for each in self.complete("entity_id", keys))

    def _fetch_mentions(self, keys: list[str]) -> dict[str, list[Statement]]:
        return _grouped((each.value_id or "", each) for each in self.complete("value_entity_id", keys))

    def _fetch_involved(self, keys: list[str]) -> dict[str, list[str]]:
        rows = self.rows("participants", "entity_id", keys, Column("event_id", "str"))
        pairs = {(row["entity_id"], row["event_id"]) for row in rows}
        for column in ("place_id", "part_of"):
            pairs |= {
                (row[column], row["event_id"]) for row in self.rows("events", column, keys, Column("event_id", "str"))
            }
        return _grouped(sorted(pairs))

    def _fetch_blamed(self, keys: list[str]) -> dict[str, list[str]]:
        pairs = set()
        named = Column("allegation_id", "str", nullable=True)
        for table, column in (("parties", "entity_id"), ("responses", "entity_id"), ("allegations", "event_id")):
            found = self.rows(table, column, keys, named)
            pairs |= {(row[column], row["allegation_id"]) for row in found if row["allegation_id"]}
        return _grouped(sorted(pairs))

    def _fetch_people(self, keys: list[str]) -> dict[str, list[str]]:
        rows = self.all("people", Column("person_id", "str"), Column("groups", "tuple[str, ...]"))
        wanted = set(keys)
        return _grouped((group, row["person_id"]) for row in rows for group in row["groups"] if group in wanted)

    def complete(self, column: str, values: Collection[str], only: frozenset[str] = frozenset()) -> list[Statement]:
        """Statements whose column holds one of the values, with their passages, and what the tables of their kind add.

        With `only`, those of their fields, the passages, and None for all others.
        """
        wanted = {name: each for name, each in shape(Statement).items() if not only or name in only}
        rows = self.rows("statements", column, values, *wanted.values())
        details, cited = {} if only else self._details(rows), self._citations(rows)
        blank: Row = dict.fromkeys(shape(Statement)) | _NOTHING
        found = []
        for row in rows:
            key, own = row["statement_id"], taken(row, wanted)
            citations = tuple(cited.get(key, ()))
            if "works" not in own:  # a package of 1.0
                own["works"] = tuple(sorted({each.work for each in citations if each.role == "supports"}))
            if stray := set(own["works"]) - self.works.keys():
                raise self._no_source(stray.pop(), key)
            found.append(Statement(**blank | own | details.get(key, {}), citations=citations))
        return found

    def _details(self, rows: list[Row]) -> dict[str, Row]:
        """What a statement's row leaves to the table of its kind, by the statement's id."""
        found: dict[str, Row] = {}
        for table, key, properties in (
            ("estimates", "entity_id", self._measures), ("participants", "event_id", ["participants"]),
        ):  # fmt: skip
            wanted = shape(Statement, table)
            entities = {row["entity_id"] for row in rows if row["property"] in properties}
            for row in self.rows(table, key, entities, _STATEMENT, *wanted.values()) if entities else ():
                found[row["statement_id"]] = taken(row, wanted)
        return found

    def _citations(self, rows: list[Row]) -> dict[str, list[Citation]]:
        """Passages of statements, by the statement's id."""
        keys = {row["statement_id"] for row in rows}
        found = self.rows("citations", "statement_id", keys, *_CITED)
        passages = self.passages({row["passage_id"] for row in found})
        cited = defaultdict(list)
        for row in found:
            passage = passages.get(row["passage_id"])
            if passage is None:
                raise Damaged(f"tables/passages.parquet has no row for {row['passage_id']}, which is cited; {AGAIN}")
            work = self.works.get(passage.source_id)
            if work is None:
                raise self._no_source(passage.source_id, passage.id)
            cited[row["statement_id"]].append(
                Citation(passage=passage, role=row["role"], origin=row["origin"], work=work)
            )
        return cited

    def passages(self, keys: Iterable[str]) -> dict[str, Passage]:
        """Passages by their ids, those that there are."""
        if new := {key for key in keys if key not in self._passages}:
            wanted = shape(Passage)
            for row in self.rows("passages", "passage_id", new, *wanted.values()):
                self._passages[row["passage_id"]] = Passage(**taken(row, wanted))
        return self._passages

    @cached_property
    def sources(self) -> dict[str, Source]:
        """All sources by their ids."""
        wanted = shape(Source)
        rows = self.all("sources", *wanted.values())
        return {row["source_id"]: Source(**taken(row, wanted)) for row in rows}

    @cached_property
    def works(self) -> dict[str, str]:
        """Each source, and the one whose text it is: that which it copies, or another version of it."""
        found = {key: one.work or one.derived_from or key for key, one in self.sources.items()}
        for key, root in found.items():
            if root not in found:
                raise self._no_source(root, key)
        return found

    @staticmethod
    def _no_source(key: str, of: str) -> Damaged:
        return Damaged(f"tables/sources.parquet has no row for {key}, which {of} goes back to; {AGAIN}")


_TOLD = frozenset([
    "id", "entity_id", "property", "role", "since", "until", "said_by", "speaker", "via", "said_in", "standing", "hedge",
    "contested", "origins", "works",
])  # fmt: skip
_STATEMENT = Column("statement_id", "str")
_CITED = (Column("passage_id", "str"), Column("role", "str"), Column("origin", "str"))
_NOTHING: Row = {name: None for table in ("estimates", "participants") for name in shape(Statement, table)}


@contextmanager
def _there(table: str) -> Iterator[None]:
    try:
        yield
    except KeyError:
        raise Damaged(f"{descriptor.NAME} names no table {table}; {AGAIN}") from None


def _grouped(pairs: Iterable[tuple[str, T]]) -> dict[str, list[T]]:
    found: dict[str, list[T]] = defaultdict(list)
    for key, value in pairs:
        found[key].append(value)
    return found
