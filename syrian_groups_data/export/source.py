"""What every format reads: the rows of a package, labels, who says so, and which ties may travel unmarked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property
from typing import Any, Protocol

Row = dict[str, Any]

# Standings of which a map, a graph or a profile may show the claim without a mark.
PLAIN = frozenset({"asserted", "reported"})
NEGATIVE = frozenset({"denied", "refuted"})


class Tables(Protocol):
    """A package: its descriptor, and its tables by name."""

    @property
    def descriptor(self) -> dict[str, Any]:
        """The parsed `datapackage.json`."""
        ...

    def table(self, name: str) -> Any:
        """A `pyarrow.Table`."""
        ...


class Source:
    """A package as its exports read it. `everything` lets marked claims travel too."""

    def __init__(self, tables: Tables, everything: bool = False) -> None:
        self.tables, self.everything = tables, everything
        self.descriptor = tables.descriptor
        self._rows: dict[str, list[Row]] = {}

    @property
    def names(self) -> list[str]:
        """Names of the tables, in the order of the descriptor."""
        return [each["name"] for each in self.descriptor["resources"] if each.get("schema")]

    def fields(self, table: str) -> list[dict[str, Any]]:
        """Fields of a table as the descriptor has them."""
        return next(each["schema"]["fields"] for each in self.descriptor["resources"] if each["name"] == table)

    def described(self, table: str) -> str:
        """What one row of a table is."""
        found = next(each for each in self.descriptor["resources"] if each["name"] == table)
        return str(found.get("description", ""))

    def rows(self, table: str) -> list[Row]:
        """Rows of a table."""
        if table not in self._rows:
            self._rows[table] = self.tables.table(table).to_pylist()
        return self._rows[table]

    @property
    def name(self) -> str:
        """Name of the package."""
        return str(self.descriptor.get("name", "package"))

    @property
    def version(self) -> str:
        """Version of the data."""
        return str(self.descriptor.get("version", ""))

    @cached_property
    def labels(self) -> dict[str, str]:
        """What to call each entity."""
        return {row["entity_id"]: row["label"] for row in self.rows("entities")}

    @cached_property
    def types(self) -> dict[str, str]:
        """Type of each entity."""
        return {row["entity_id"]: row["type"] for row in self.rows("entities")}

    @cached_property
    def sources(self) -> dict[str, Row]:
        """Sources by id."""
        return {row["source_id"]: row for row in self.rows("sources")}

    @cached_property
    def passages(self) -> dict[str, Row]:
        """Passages by id."""
        return {row["passage_id"]: row for row in self.rows("passages")}

    @cached_property
    def statements(self) -> dict[str, Row]:
        """Statements by id."""
        return {row["statement_id"]: row for row in self.rows("statements")}

    @cached_property
    def about(self) -> dict[str, list[Row]]:
        """Statements by the entity that they are about."""
        found: dict[str, list[Row]] = defaultdict(list)
        for row in self.rows("statements"):
            found[row["entity_id"]].append(row)
        return found

    @cached_property
    def cited(self) -> dict[str, list[Row]]:
        """Citations by statement."""
        found: dict[str, list[Row]] = defaultdict(list)
        for row in self.rows("citations"):
            found[row["statement_id"]].append(row)
        return found

    def title(self, key: str) -> str:
        """What to call an entity or a source."""
        source = self.sources.get(key)
        return self.labels.get(key) or (source and (source["publisher"] or source["title"])) or key

    def voice(self, statement: Row) -> str:
        """Who says so: the speaker, else the sources in whose own voice it stands."""
        if statement["said_by"]:
            return self.title(statement["said_by"])
        if statement["speaker"]:
            return str(statement["speaker"])
        return ", ".join(sorted({self.title(key) for key in statement["works"]}))

    def marked(self, statement: Row) -> str:
        """Standing, hedge and dispute in a few words, for a label that must not be read as a fact."""
        hedge = f" “{statement['hedge']}”" if statement["hedge"] else ""
        dispute = ", contested" if statement["contested"] else ""
        return f"{statement['standing']}{hedge} by {self.voice(statement)}{dispute}"

    def plain(self, statement: Row) -> bool:
        """Whether a wide table may show the claim: asserted or reported, and contested by nobody."""
        return statement["standing"] in PLAIN and not statement["contested"]

    def travels(self, statement: Row) -> bool:
        """Whether a claim goes into a graph or a map: plain ones, or all that affirm where everything is asked for."""
        affirmed = statement["standing"] not in NEGATIVE
        return affirmed and (self.everything or self.plain(statement))

    def ties(self) -> Iterator[tuple[Row, Row]]:
        """Ties between two entities that travel: the row of `relations`, and its statement."""
        for row in self.rows("relations"):
            statement = self.statements[row["statement_id"]]
            ended = row["until"] is not None and not self.everything
            if row["object_id"] and self.travels(statement) and not ended:
                yield row, statement
