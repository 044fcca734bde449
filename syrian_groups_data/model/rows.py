"""What is published: one class a table, one field a column.

The first line of a class's docstring is the table's description.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from .changes import FORMER_PATTERN
from .sources import Digest
from .table import Cell, Count, EdtfText, Hash, Id, PassageId, Row, Standing, col
from .vocabulary import Terms
from .wide import Allegations as Allegations
from .wide import Events as Events
from .wide import Groups as Groups
from .wide import Ledger as Ledger
from .wide import People as People
from .wide import Places as Places
from .wide import Timeline as Timeline


class Sources(Row):
    """A document that was read: one work by one publisher."""

    table = "sources"
    key = ("source_id",)
    order = key
    source_id: Id = col("id of the source", "report")
    title: Cell | None = col("title", "Mithal Battalion")
    publisher: Cell | None = col("who published it; null where neither stated nor supplied", "Example Encyclopedia")
    author: Cell | None = col("who wrote it", "Jane Example")
    kind: Annotated[str, Terms("source_kinds")] = col("kind of source", "encyclopedia")
    language: Annotated[str, Terms("languages")] = col("language", "en")
    published: EdtfText = col("date of publication", "2015-01-08")
    url: Cell | None = col("where the page stands in public", "https://example.org/mithal-battalion")
    licence: Cell | None = col("licence that the document states", "CC-BY-SA-4.0")
    derived_from: Id | None = col("the source that it copies", "report", "sources.source_id")
    work: Id = col(
        "the work that it counts as: itself, or what it copies or is another version of", "report", "sources.source_id"
    )
    supplied: list[Cell] = col("fields that came with the document and are not printed in it", ["publisher", "url"])
    snapshot_sha256: Digest = col("SHA-256 of the file that was read", "0" * 64)
    retrieved: EdtfText = col("when the snapshot was fetched; null where nobody knows", "2025-12-08")
    revision: Cell | None = col("the publisher's own mark of the version that was read", "1326478812")
    archive: Cell | None = col("where the version that was read is archived", "https://web.archive.org/web/2025/")
    earlier: list[Cell] = col(
        "snapshots that were read before: SHA-256 and, where it is known, when each was fetched",
        [f"{'0' * 64} 2025-11-02"],
    )
    passages: Count = col("passages: those of the snapshot, and those that are kept", 45)
    kept: Count = col("passages that stand as read although the snapshot lacks them", 0)
    cited: Count = col("passages that are cited", 30)
    set_aside: Count = col("passages that are set aside with a reason", 15)
    note: Cell | None = col("what a reader must know", "The publisher is not named in the document.")


class Passages(Row):
    """A sentence or infobox line of a source, gone ones too, as offsets and digests; its text is not kept."""

    table = "passages"
    key = ("passage_id",)
    order = ("source_id", "ordinal", "passage_id")
    passage_id: PassageId = col("source and number; a number is minted once and names the sentence", "report:12")
    source_id: Id = col("the source", "report", "sources.source_id")
    ordinal: Annotated[int, Field(ge=1)] | None = col("place in reading order, from 1; null where it is gone", 12)
    section: Cell | None = col("headings that it stands under", "History")
    start: Count = col("first code point in the snapshot", 1205)
    end: Count = col("after its last code point", 1320)
    snapshot_sha256: Digest = col("SHA-256 of the file that the offsets are of", "0" * 64)
    sha256: Digest = col("SHA-256 of its text in NFC with white space folded", "0" * 64)
    words_sha256: Digest = col("SHA-256 of its words, without what typography and footnotes do to them", "0" * 64)
    letters: Count = col("letters and digits of its words", 96)
    opens: Cell | None = col("first words, three at most", "In late July")
    closes: Cell | None = col("last words, three at most", "left the market.")
    url: Cell | None = col("link to the passage in the page", "https://example.org/mithal-battalion")
    use: Annotated[str, Terms("passage_uses")] = col("what became of it", "cited")
    reason: Annotated[str, Terms("set_aside")] | None = col("why it was set aside", "navigation")
    became: list[PassageId] = col("passages that took the place of one that is gone", ["report:51"])
    gone_since: EdtfText = col("when it was decided that it is gone and what rests on it stands", "2015-11-27")
    earlier: list[Digest] = col("sha256 of wordings of it that were read before and accepted as its own", ["0" * 64])
    note: Cell | None = col("more on why", "Compares with another country.")


class Entities(Row):
    """Anything that has an id: group, person, place, event or allegation."""

    table = "entities"
    key = ("entity_id",)
    order = key
    entity_id: Id = col("id", "mithal-battalion")
    type: Annotated[str, Terms("entity_types")] = col("type", "group")
    label: Cell = col("what to call it", "Mithal Battalion")
    statements: Count = col("statements about it", 120)
    works: Count = col("works that speak of it; a copy, or another version, counts as what it repeats", 4)


class Statements(Row):
    """A claim: about whom, what, who says so, how it is presented."""

    table = "statements"
    key = ("statement_id",)
    order = ("entity_id", "property", "statement_id")
    statement_id: Hash = col("hash of what is claimed and by whom; the same claim keeps it", "s3f2a9c41d07b5e8a90c1")
    entity_id: Id = col("whom it is about", "mithal-battalion", "entities.entity_id")
    property: Annotated[str, Terms("properties")] = col("property", "founded")
    value: Cell = col("value as text", "2011")
    value_entity_id: Id | None = col("value, where it is a record", "jane-example", "entities.entity_id")
    role: Cell | None = col("role, title or kind of the value", "former")
    class_: Annotated[str, Terms("classes")] | None = col("class of the people counted", "civilians", alias="class")
    of: Id | None = col("party or community counted", "hill-people", "entities.entity_id")
    as_of: EdtfText = col("date for which a number holds", "2014-02")
    since: EdtfText = col("holds from", "2014")
    until: EdtfText = col("holds until", "2015")
    said_by: Id | None = col("who says so; null: the source itself, or speaker", "valley-front", "entities.entity_id")
    speaker: Cell | None = col("who says so, where the text gives no name", "local resident")
    via: list[Cell] = col("relays from the speaker to the source", ["example-monitor"])
    said_in: Id | None = col("event in which it was said", "battalion-interview-2014-03", "events.event_id")
    standing: Standing = col("how the text presents it", "claimed")
    hedge: Cell | None = col("word that hedges it", "reportedly")
    contested: bool = col("whether another statement, or a passage, speaks against it", False)
    preferred: Cell | None = col("why it is preferred to others; null: it is not", "The only dated figure.")
    origins: Count = col("voices that it goes back to (not a measure of proof)", 1)
    sources: list[Cell] = col("sources that carry it", ["report", "copy"])
    works: list[Cell] = col("those sources without copies and other versions of another of them", ["report"])
    note: Cell | None = col("what a reader must know", "The infobox lists it as an ally.")


class Citations(Row):
    """A passage on which a statement rests."""

    table = "citations"
    key = ("citation_id",)
    order = ("statement_id", "passage_id", "role")
    citation_id: Cell = col("statement, passage and role", "s3f2a9c41d07b5e8a90c1/report:12/supports")
    statement_id: Hash = col("the statement", "s3f2a9c41d07b5e8a90c1", "statements.statement_id")
    passage_id: PassageId = col("the passage", "report:12", "passages.passage_id")
    role: Annotated[str, Terms("citation_roles")] = col("what the passage does", "supports")
    origin: Id = col("whose voice it is: an entity, or the source itself", "valley-front")


class Names(Row):
    """A name of an entity."""

    table = "names"
    key = ("statement_id",)
    order = ("entity_id", "statement_id")
    statement_id: Hash = col("the statement", "s3f2a9c41d07b5e8a90c1", "statements.statement_id")
    entity_id: Id = col("whose name", "mithal-battalion", "entities.entity_id")
    name: Cell = col("the name", "Mithal Battalion")
    language: Annotated[str, Terms("languages")] = col("its language", "en")
    script: Annotated[str, Terms("scripts")] = col("its script (ISO 15924)", "Latn")
    role: Annotated[str, Terms("name_roles")] = col("kind of name", "primary")
    standing: Standing = col("how the text presents it", "asserted")
    hedge: Cell | None = col("word that hedges it", "reportedly")
    said_by: Id | None = col("who says so", "example-monitor", "entities.entity_id")
    speaker: Cell | None = col("who says so, where the text gives no name", "local resident")
    contested: bool = col("whether another statement, or a passage, speaks against it", False)
    note: Cell | None = col("what a reader must know", "The infobox lists it as an ally.")


class Relations(Row):
    """A tie between two entities."""

    table = "relations"
    key = ("statement_id",)
    order = ("subject_id", "relation", "statement_id")
    statement_id: Hash = col("the statement", "s3f2a9c41d07b5e8a90c1", "statements.statement_id")
    subject_id: Id = col("who is tied", "mithal-battalion", "entities.entity_id")
    relation: Annotated[str, Terms("relations")] = col("how", "led_by")
    object_id: Id | None = col("to whom; null where only described", "jane-example", "entities.entity_id")
    described: Cell | None = col("to whom, where the text gives no name", "fighters from the next valley")
    role: Cell | None = col("title, post or capacity", "head of its press office")
    since: EdtfText = col("holds from", "2014-02")
    until: EdtfText = col("holds until", "2015")
    standing: Standing = col("how the text presents it", "asserted")
    hedge: Cell | None = col("word that hedges it", "reportedly")
    said_by: Id | None = col("who says so", "example-monitor", "entities.entity_id")
    speaker: Cell | None = col("who says so, where the text gives no name", "local resident")
    contested: bool = col("whether it is contested", False)
    note: Cell | None = col("what a reader must know", "The infobox lists it as an ally.")


class Attributes(Row):
    """Any other property of an entity: ideology, activity, status, dates of a life …"""

    table = "attributes"
    key = ("statement_id",)
    order = ("entity_id", "property", "statement_id")
    statement_id: Hash = col("the statement", "s3f2a9c41d07b5e8a90c1", "statements.statement_id")
    entity_id: Id = col("whom it is about", "mithal-battalion", "entities.entity_id")
    property: Annotated[str, Terms("properties")] = col("property", "ideology")
    value: Cell = col("value", "mutualism")
    since: EdtfText = col("holds from", "2014-02")
    until: EdtfText = col("holds until", "2015")
    standing: Standing = col("how the text presents it", "asserted")
    hedge: Cell | None = col("word that hedges it", "reportedly")
    said_by: Id | None = col("who says so", "mithal-battalion", "entities.entity_id")
    speaker: Cell | None = col("who says so, where the text gives no name", "critics")
    contested: bool = col("whether it is contested", False)
    note: Cell | None = col("what a reader must know", "The infobox lists it as an ally.")


class Estimates(Row):
    """A number that somebody gave, as bounds. Never add them up: they overlap."""

    table = "estimates"
    key = ("statement_id",)
    order = ("entity_id", "measure", "statement_id")
    statement_id: Hash = col("the statement", "s3f2a9c41d07b5e8a90c1", "statements.statement_id")
    entity_id: Id = col("group or event that is counted", "mithal-battalion", "entities.entity_id")
    measure: Annotated[str, Terms("measures")] = col("what is counted", "strength")
    class_: Annotated[str, Terms("classes")] | None = col("class of the people counted", "civilians", alias="class")
    of_id: Id | None = col("party or community counted", "hill-people", "entities.entity_id")
    low: Count | None = col("at least so many", 100)
    high: Count | None = col("at most so many", 399)
    qualifier: Annotated[str, Terms("qualifiers")] = col("how the text qualifies it", "worded")
    words: Cell | None = col("the number in words", "low hundreds")
    unit: Annotated[str, Terms("units")] = col("unit", "people")
    as_of: EdtfText = col("date for which it holds", "2014-02")
    standing: Standing = col("how the text presents it", "asserted")
    hedge: Cell | None = col("word that hedges it", "reportedly")
    said_by: Id | None = col("who says so", "mithal-battalion", "entities.entity_id")
    speaker: Cell | None = col("who says so, where the text gives no name", "commanders")
    voices: list[Id] = col("origins: whose voices it goes back to, entities or sources", ["page"])
    contested: bool = col("whether it is contested", True)
    note: Cell | None = col("what a reader must know", "The infobox lists it as an ally.")


class Participants(Row):
    """An entity in an event."""

    table = "participants"
    key = ("statement_id",)
    order = ("event_id", "statement_id")
    statement_id: Hash = col("the statement", "s3f2a9c41d07b5e8a90c1", "statements.statement_id")
    event_id: Id = col("the event", "mithal-mine-2014-07", "events.event_id")
    entity_id: Id | None = col("who; null where only described", "john-example", "entities.entity_id")
    described: Cell | None = col("who, where the text gives no name", "fighters from the next valley")
    role: Annotated[str, Terms("participant_roles")] = col("part in the event", "target")
    harm: Annotated[str, Terms("harms")] | None = col("harm that it came to", "injured")
    side: Cell | None = col("side on which it fought", "government")
    standing: Standing = col("how the text presents it", "asserted")
    hedge: Cell | None = col("word that hedges it", "reportedly")
    said_by: Id | None = col("who says so", "mithal-battalion", "entities.entity_id")
    speaker: Cell | None = col("who says so, where the text gives no name", "local resident")
    contested: bool = col("whether it is contested", False)
    note: Cell | None = col("what a reader must know", "The infobox lists it as an ally.")


class Parties(Row):
    """An entity in an allegation: accused or accuser."""

    table = "parties"
    key = ("statement_id", "role")
    order = ("allegation_id", "statement_id", "role")
    statement_id: Hash = col("the statement", "s3f2a9c41d07b5e8a90c1", "statements.statement_id")
    allegation_id: Id = col("the allegation", "mithal-bombings-blame", "allegations.allegation_id")
    entity_id: Id | None = col(
        "who; null where described, or where the source accuses", "valley-front", "entities.entity_id"
    )
    described: Cell | None = col("who, where the text gives no name", "defectors")
    role: Annotated[str, Terms("party_roles")] = col("accused or accuser", "accuser")
    standing: Standing = col("how the text presents the accusation", "alleged")
    hedge: Cell | None = col("word that hedges it", "reportedly")
    said_by: Id | None = col("who accuses", "valley-front", "entities.entity_id")
    speaker: Cell | None = col("who accuses, where the text gives no name", "defectors")
    origin: Id = col("whose voice it is: an entity, or the source itself", "valley-front")
    contested: bool = col("whether a passage or an answer speaks against the accusation", False)
    note: Cell | None = col("what a reader must know", "The infobox lists it as an ally.")


class Responses(Row):
    """A reaction to an event or an allegation."""

    table = "responses"
    key = ("statement_id",)
    order = ("event_id", "allegation_id", "statement_id")
    statement_id: Hash = col("the statement", "s3f2a9c41d07b5e8a90c1", "statements.statement_id")
    event_id: Id | None = col("the event, if it is about one", "lower-mithal-poisoning-2014-03", "events.event_id")
    allegation_id: Id | None = col("the allegation", "mithal-bombings-blame", "allegations.allegation_id")
    entity_id: Id | None = col("who reacts; null where only described", "jane-example", "entities.entity_id")
    described: Cell | None = col("who reacts, where the text gives no name", "spokesmen of the group")
    stance: Annotated[str, Terms("stances")] = col("how", "denies")
    part: Cell | None = col("what exactly is answered (ours)", "that he took part")
    date: EdtfText = col("when", "2014-05-12")
    standing: Standing = col("how the text presents the reaction", "asserted")
    hedge: Cell | None = col("word that hedges it", "reportedly")
    covers: list[Annotated[str, Terms("covered")]] = col(
        "properties of the event or allegation that it makes contested (ours)", ["occurred", "killed"]
    )
    note: Cell | None = col("what a reader must know", "The infobox lists it as an ally.")


class Changes(Row):
    """A statement id that was given up, and what became of the statement."""

    table = "changes"
    key = ("old_id",)
    order = key
    old_id: Annotated[str, Field(pattern=FORMER_PATTERN)] = col(
        "id of a former release; s and 12 digits stand for an id of 1.0.0, which had no s", "s3f2a9c41d07b5e8a90c1"
    )
    new_id: Hash | None = col(
        "statement that took its place; null: withdrawn", "s81d0c6b2f7a94e3d5b60", "statements.statement_id"
    )
    kind: Annotated[str, Terms("change_kinds")] = col("what became of it", "correction")
    reason: Cell | None = col("why", "The date is that of the report.")
    since: Cell = col("first release without the old id", "2.0.0")


TABLES: tuple[type[Row], ...] = (
    Sources, Passages, Entities, Statements, Citations, Names, Groups, People, Places, Relations, Attributes,
    Estimates, Events, Participants, Allegations, Parties, Responses, Timeline, Changes, Ledger,
)  # fmt: skip
BY_NAME = {table.table: table for table in TABLES}
