"""What every format reads: the rows of a package, labels, who says so, and which ties may travel unmarked."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import cached_property
from typing import Any, Protocol

from ..model.ends import over
from ..model.rows import BY_NAME

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

    # --- the package --------------------------------------------------------------------------------

    @property
    def name(self) -> str:
        """Name of the package."""
        return str(self.descriptor.get("name", "package"))

    @property
    def title(self) -> str:
        """Title of the package."""
        return str(self.descriptor.get("title") or self.name)

    @property
    def description(self) -> str:
        """What the package is about."""
        return str(self.descriptor.get("description") or "")

    @property
    def version(self) -> str:
        """Version of the data."""
        return str(self.descriptor.get("version", ""))

    @property
    def released(self) -> str:
        """Day of the release; empty where it names none, as before it is released."""
        return str(self.descriptor.get("created") or "")[:10]

    @property
    def stamp(self) -> datetime:
        """The date that files carry within: what is made twice has no other one. An early day where none is named."""
        return datetime.fromisoformat(self.released or "1980-01-01")

    @property
    def licence(self) -> tuple[str, str] | None:
        """Name and address of the first licence."""
        for each in self.descriptor.get("licenses") or []:
            return str(each.get("title") or each.get("name") or each.get("path")), str(each.get("path") or "")
        return None

    @cached_property
    def _resources(self) -> dict[str, Row]:
        return {
            each["name"]: each
            for each in self.descriptor["resources"]
            if each.get("schema") and each["name"] in BY_NAME
        }

    @property
    def names(self) -> list[str]:
        """Names of our tables, in the order of the descriptor."""
        return list(self._resources)

    def fields(self, table: str) -> list[dict[str, Any]]:
        """Fields of a table as the descriptor has them."""
        found: list[dict[str, Any]] = self._resources[table]["schema"]["fields"]
        return found

    def described(self, table: str) -> str:
        """What one row of a table is."""
        return str(self._resources[table].get("description", ""))

    def rows(self, table: str) -> list[Row]:
        """Rows of a table."""
        if table not in self._rows:
            self._rows[table] = self.tables.table(table).to_pylist()
        return self._rows[table]

    # --- what is known, by its id -------------------------------------------------------------------

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
        return _grouped(self.rows("statements"), "entity_id")

    @cached_property
    def leads(self) -> dict[str, list[Row]]:
        """Statements on who leads a group, by whoever leads it."""
        return _grouped((row for row in self.rows("statements") if row["property"] == "led_by"), "value_entity_id")

    @cached_property
    def numbers(self) -> dict[str, Row]:
        """Rows of `estimates` by statement."""
        return {row["statement_id"]: row for row in self.rows("estimates")}

    @cached_property
    def cited(self) -> dict[str, list[Row]]:
        """Citations by statement."""
        return _grouped(self.rows("citations"), "statement_id")

    @cached_property
    def taking_part(self) -> dict[str, Row]:
        """Rows of `participants` by statement: what harm somebody took, on which side."""
        return {row["statement_id"]: row for row in self.rows("participants")}

    @cached_property
    def names_of(self) -> dict[str, list[Row]]:
        """Rows of `names` by the entity that they name."""
        return _grouped(self.rows("names"), "entity_id")

    def supports(self, statement: str, role: str = "supports") -> list[str]:
        """Ids of the passages on which a statement rests, or of those that it cites in another role."""
        return [row["passage_id"] for row in self.cited.get(statement, []) if row["role"] == role]

    # --- words --------------------------------------------------------------------------------------

    def called(self, key: str) -> str:
        """What to call an entity or a source."""
        source = self.sources.get(key, {})
        title = f"“{source['title']}”" if source.get("title") else key
        return self.labels.get(key) or source.get("publisher") or title

    def voice(self, statement: Row) -> str:
        """Who says so: the speaker, else the sources in whose own voice it stands.

        What is refuted, its sources refute; its speaker had said it.
        """
        named = self.called(statement["said_by"]) if statement["said_by"] else str(statement["speaker"] or "")
        works = ", ".join(sorted({self.called(key) for key in statement["works"]}))
        if statement["standing"] == "refuted":
            return f"{works}{f' (said by {named})' if named else ''}"
        return named or works

    def marked(self, statement: Row) -> str:
        """Standing, hedge, speaker, relays and dispute in a few words, for a label that must not be read as a fact."""
        hedge = f" “{statement['hedge']}”" if statement["hedge"] else ""
        via = f" via {', '.join(map(self.called, statement['via']))}" if statement["via"] else ""
        dispute = ", contested" if statement["contested"] else ""
        return f"{statement['standing']}{hedge} by {self.voice(statement)}{via}{dispute}"

    def claim(self, statement: Row) -> str:
        """A statement in words, with all that limits it, without who says so."""
        key, counted, since, until = (statement[name] for name in ("statement_id", "class", "since", "until"))
        people = f" {counted.replace('-', ' ')}" if counted not in (None, "all", "unspecified") else ""
        party = f" of {self.called(statement['of'])}" if statement["of"] else ""
        taking = self.taking_part.get(key, {})
        side = f"side: {taking['side']}" if taking.get("side") else None
        role = statement["role"] if statement["role"] != "primary" else None
        part = ", ".join(filter(None, (role, taking.get("harm"), side)))
        period = f" [{since or '..'} – {until or '..'}]" if since or until else ""
        when = f" as of {statement['as_of']}" if statement["as_of"] else ""
        about = self.called(statement["entity_id"]).rstrip(".")
        said = f"{statement['value']}{people}{party}{f' ({part})' if part else ''}{period}{when}"
        return f"{about}, {statement['property'].replace('_', ' ')}: {said}"

    def answers(self, statement: Row) -> str:
        """What goes with an accusation wherever it is cited; empty for any other claim."""
        if statement["property"] != "accused":
            return ""
        told = "; ".join(self._answered.get(statement["entity_id"], ())) or "none in these sources"
        return f"An allegation is not a fact. Answers: {told}."

    @cached_property
    def _answered(self) -> dict[str, list[str]]:
        return {row["allegation_id"]: row["responses"] for row in self.rows("ledger")}

    # --- what may travel ----------------------------------------------------------------------------

    def plain(self, statement: Row) -> bool:
        """Whether a claim may be shown without its standing: asserted or reported, and contested by nobody."""
        return statement["standing"] in PLAIN and not statement["contested"]

    def happened(self, event: Row) -> bool:
        """Whether an event may be shown without its standing."""
        return event["standing"] in PLAIN and "occurred" not in event["contested"]

    @cached_property
    def unsure(self) -> dict[str, str]:
        """Events that may not be shown so, and what must stand beside their titles: how it is said, and by whom."""
        found = {}
        for row in self.rows("timeline"):
            if not self.happened(row):
                said = [each for each in self.about[row["event_id"]] if each["property"] == "occurred"]
                affirmed = [each for each in said if each["standing"] not in NEGATIVE] or said
                found[row["event_id"]] = "; ".join(dict.fromkeys(map(self.marked, affirmed))) or row["standing"]
        return found

    def took_part(self, event: Row) -> list[str]:
        """Who took part in an event, of those whom a row of `timeline` has without a mark, as `role: name`."""
        plain = set()
        for each in self.about[event["event_id"]]:
            if each["property"] == "participants" and each["value_entity_id"] in event["actor_ids"]:
                harm = self.taking_part[each["statement_id"]]["harm"]
                plain.add(f"{each['role']}: {self.called(each['value_entity_id'])}{f', {harm}' if harm else ''}")
        return [each for each in event["actors"] if each in plain]

    def events(self) -> Iterator[tuple[Row, str]]:
        """Events that travel, as rows of `timeline`, each with the title to show: marked where it must be."""
        for row in self.rows("timeline"):
            if (title := self.shown[row["event_id"]]) is not None:
                yield row, title

    @cached_property
    def shown(self) -> dict[str, str | None]:
        """The label of each entity on a map or graph; None for what may not stand there.

        What did not happen by a plain statement, and what is alleged, stand there with everything only, and marked.
        """
        found: dict[str, str | None] = dict(self.labels)
        for row in self.rows("timeline"):
            if mark := self.unsure.get(row["event_id"]):
                travels = self.everything and row["standing"] not in NEGATIVE
                found[row["event_id"]] = f"{row['title']} [{mark}]" if travels else None
        for row in self.rows("allegations"):
            key = row["allegation_id"]
            found[key] = f"{self.labels[key]} [allegation, {row['outcome']}]" if self.everything else None
        return found

    @cached_property
    def ended(self) -> set[str]:
        """Statements on ties that have ended by their own words or by those of another text."""
        return over(self.rows("relations"))

    def ties(self) -> Iterator[tuple[Row, Row, str]]:
        """Ties between two entities that travel: the row of `relations`, its statement, and what must mark its label.

        Without everything these are the ties that a wide table may show: plain, not ended, said by others than the two.
        """
        for row in self.rows("relations"):
            statement = self.statements[row["statement_id"]]
            ends = self.shown[row["subject_id"]], self.shown.get(row["object_id"])
            if None in ends or row["standing"] in NEGATIVE:
                continue
            own = row["said_by"] in (row["subject_id"], row["object_id"])
            gone = row["statement_id"] in self.ended
            if self.plain(statement) and not own and not gone:
                yield row, statement, ""
            elif self.everything:
                yield row, statement, f"[{self.marked(statement)}{', ended' if gone else ''}]"


# Letters that XML cannot hold. What is built here has none; a package of others may.
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def writable(text: str) -> str:
    """A text that an XML file can hold."""
    return _ILLEGAL.sub("\ufffd", text)


def _grouped(rows: Iterable[Row], key: str) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row[key]].append(row)
    return found
