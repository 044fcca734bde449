"""What is published: one class a table, one field a column.

The first line of a class's docstring is the table's description.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from . import vocab
from .sources import Digest
from .table import Cell, Count, EdtfText, Hash, Id, PassageId, Row, Standing, col
from .vocab import Terms
from .wide import Allegations as Allegations
from .wide import Events as Events
from .wide import Groups as Groups
from .wide import Ledger as Ledger
from .wide import People as People
from .wide import Places as Places
from .wide import Timeline as Timeline

PROPERTIES = (
    dict.fromkeys(["names"], "name")
    | {name: relation.definition for name, relation in vocab.RELATIONS.items()}
    | vocab.ATTRIBUTES
    | vocab.DATES
    | vocab.MEASURES
    | {
        "occurred": "that an event happened",
        "place": "where an event happened",
        "participants": "somebody in an event",
        "accused": "somebody accused",
        "responses": "a reaction",
    }
)


class Sources(Row):
    """A document that was read: one work by one publisher."""

    table = "sources"
    key = ("source_id",)
    order = key
    source_id: Id = col("id of the source", "wiki-sr")
    title: Cell | None = col("title", "Syrian Resistance")
    publisher: Cell | None = col("who published it; null where neither stated nor supplied", "Wikipedia")
    author: Cell | None = col("who wrote it", "Jane Example")
    kind: Annotated[str, Terms(vocab.SOURCE_KINDS)] = col("kind of source", "encyclopedia")
    language: Annotated[str, Terms(vocab.LANGUAGES)] = col("language", "en")
    published: EdtfText = col("date of publication", "2025-12-08")
    url: Cell | None = col("where the page stands in public", "https://en.wikipedia.org/wiki/Syrian_Resistance")
    licence: Cell | None = col("licence that the document states", "CC-BY-SA-4.0")
    derived_from: Id | None = col("the source that it copies", "wiki-sr", "sources.source_id")
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
    passage_id: PassageId = col("source and number; a number is minted once and names the sentence", "wiki-sr:12")
    source_id: Id = col("the source", "wiki-sr", "sources.source_id")
    ordinal: Annotated[int, Field(ge=1)] | None = col("place in reading order, from 1; null where it is gone", 12)
    section: Cell | None = col("headings that it stands under", "History")
    start: Count = col("first code point in the snapshot", 1205)
    end: Count = col("after its last code point", 1320)
    snapshot_sha256: Digest = col("SHA-256 of the file that the offsets are of", "0" * 64)
    sha256: Digest = col("SHA-256 of its text in NFC with white space folded", "0" * 64)
    words_sha256: Digest = col("SHA-256 of its words, without what typography and footnotes do to them", "0" * 64)
    letters: Count = col("letters and digits of its words", 96)
    opens: Cell | None = col("first words, three at most", "In late July")
    closes: Cell | None = col("last words, three at most", "the 2016 campaign.")
    url: Cell | None = col("link to the passage in the page", "https://en.wikipedia.org/wiki/Syrian_Resistance")
    use: Annotated[str, Terms(vocab.PASSAGE_USES)] = col("what became of it", "cited")
    reason: Annotated[str, Terms(vocab.SET_ASIDE)] | None = col("why it was set aside", "navigation")
    became: list[PassageId] = col("passages that took the place of one that is gone", ["wiki-sr:51"])
    gone_since: EdtfText = col("when it was decided that it is gone and what rests on it stands", "2026-11-27")
    earlier: list[Digest] = col("sha256 of wordings of it that were read before and accepted as its own", ["0" * 64])
    note: Cell | None = col("more on why", "Compares with another country.")


class Entities(Row):
    """Anything that has an id: group, person, place, event or allegation."""

    table = "entities"
    key = ("entity_id",)
    order = key
    entity_id: Id = col("id", "syrian-resistance")
    type: Annotated[str, Terms(vocab.ENTITY_TYPES)] = col("type", "group")
    label: Cell = col("what to call it", "Syrian Resistance")
    statements: Count = col("statements about it", 120)
    sources: Count = col("sources that speak of it", 4)


class Statements(Row):
    """A claim: about whom, what, who says so, how it is presented."""

    table = "statements"
    key = ("statement_id",)
    order = ("entity_id", "property", "statement_id")
    statement_id: Hash = col("hash of what is claimed and by whom; the same claim keeps it", "3f2a9c41d07b")
    entity_id: Id = col("whom it is about", "syrian-resistance", "entities.entity_id")
    property: Annotated[str, Terms(PROPERTIES)] = col("property", "founded")
    value: Cell = col("value as text", "2011")
    value_entity_id: Id | None = col("value, where it is a record", "mihrac-ural", "entities.entity_id")
    role: Cell | None = col("role, title or kind of the value", "former")
    class_: Annotated[str, Terms(vocab.CLASSES)] | None = col("class of the people counted", "civilians", alias="class")
    of: Id | None = col("party or community counted", "sunnis", "entities.entity_id")
    as_of: EdtfText = col("date for which a number holds", "2018-02")
    since: EdtfText = col("holds from", "2014")
    until: EdtfText = col("holds until", "2024")
    said_by: Id | None = col("who says so; null: the source itself, or speaker", "turkey", "entities.entity_id")
    speaker: Cell | None = col("who says so, where the text gives no name", "local resident")
    via: list[Cell] = col("relays from the speaker to the source", ["the-national"])
    said_in: Id | None = col("event in which it was said", "ural-interview-2025-03", "events.event_id")
    standing: Standing = col("how the text presents it", "claimed")
    hedge: Cell | None = col("word that hedges it", "reportedly")
    contested: bool = col("whether another statement, or a passage, speaks against it", False)
    preferred: Cell | None = col("why it is preferred to others; null: it is not", "The only dated figure.")
    origins: Count = col("voices that it goes back to (not a measure of proof)", 1)
    sources: list[Cell] = col("sources that carry it", ["wiki-sr", "hubbry-sr"])
    note: Cell | None = col("what a reader must know", "The infobox lists it as an ally.")


class Citations(Row):
    """A passage on which a statement rests."""

    table = "citations"
    key = ("citation_id",)
    order = ("statement_id", "passage_id", "role")
    citation_id: Cell = col("statement, passage and role", "3f2a9c41d07b/wiki-sr:12/supports")
    statement_id: Hash = col("the statement", "3f2a9c41d07b", "statements.statement_id")
    passage_id: PassageId = col("the passage", "wiki-sr:12", "passages.passage_id")
    role: Annotated[str, Terms(vocab.CITATION_ROLES)] = col("what the passage does", "supports")
    origin: Id = col("whose voice it is: an entity, or the source itself", "turkey")


class Names(Row):
    """A name of an entity."""

    table = "names"
    key = ("statement_id",)
    order = ("entity_id", "statement_id")
    statement_id: Hash = col("the statement", "3f2a9c41d07b", "statements.statement_id")
    entity_id: Id = col("whose name", "syrian-resistance", "entities.entity_id")
    name: Cell = col("the name", "Syrian Resistance")
    language: Annotated[str, Terms(vocab.LANGUAGES)] = col("its language", "en")
    script: Annotated[str, Terms(vocab.SCRIPTS)] = col("its script (ISO 15924)", "Latn")
    role: Annotated[str, Terms(vocab.NAME_ROLES)] = col("kind of name", "primary")
    standing: Standing = col("how the text presents it", "asserted")
    hedge: Cell | None = col("word that hedges it", "reportedly")
    said_by: Id | None = col("who says so", "todays-zaman", "entities.entity_id")
    speaker: Cell | None = col("who says so, where the text gives no name", "local resident")
    contested: bool = col("whether another statement, or a passage, speaks against it", False)


class Relations(Row):
    """A tie between two entities."""

    table = "relations"
    key = ("statement_id",)
    order = ("subject_id", "relation", "statement_id")
    statement_id: Hash = col("the statement", "3f2a9c41d07b", "statements.statement_id")
    subject_id: Id = col("who is tied", "syrian-resistance", "entities.entity_id")
    relation: Annotated[str, Terms({k: v.definition for k, v in vocab.RELATIONS.items()})] = col("how", "led_by")
    object_id: Id | None = col("to whom; null where only described", "mihrac-ural", "entities.entity_id")
    described: Cell | None = col("to whom, where the text gives no name", "fighters from Hermel")
    role: Cell | None = col("title, post or capacity", "director of the information office")
    since: EdtfText = col("holds from", "2014-02")
    until: EdtfText = col("holds until", "2024")
    standing: Standing = col("how the text presents it", "asserted")
    hedge: Cell | None = col("word that hedges it", "reportedly")
    said_by: Id | None = col("who says so", "todays-zaman", "entities.entity_id")
    speaker: Cell | None = col("who says so, where the text gives no name", "local resident")
    contested: bool = col("whether it is contested", False)


class Attributes(Row):
    """Any other property of an entity: ideology, activity, status, dates of a life …"""

    table = "attributes"
    key = ("statement_id",)
    order = ("entity_id", "property", "statement_id")
    statement_id: Hash = col("the statement", "3f2a9c41d07b", "statements.statement_id")
    entity_id: Id = col("whom it is about", "syrian-resistance", "entities.entity_id")
    property: Annotated[str, Terms(PROPERTIES)] = col("property", "ideology")
    value: Cell = col("value", "Marxism-Leninism")
    since: EdtfText = col("holds from", "2014-02")
    until: EdtfText = col("holds until", "2024")
    standing: Standing = col("how the text presents it", "asserted")
    hedge: Cell | None = col("word that hedges it", "reportedly")
    said_by: Id | None = col("who says so", "syrian-resistance", "entities.entity_id")
    speaker: Cell | None = col("who says so, where the text gives no name", "critics")
    contested: bool = col("whether it is contested", False)


class Estimates(Row):
    """A number that somebody gave, as bounds. Never add them up: they overlap."""

    table = "estimates"
    key = ("statement_id",)
    order = ("entity_id", "measure", "statement_id")
    statement_id: Hash = col("the statement", "3f2a9c41d07b", "statements.statement_id")
    entity_id: Id = col("group or event that is counted", "syrian-resistance", "entities.entity_id")
    measure: Annotated[str, Terms(vocab.MEASURES)] = col("what is counted", "strength")
    class_: Annotated[str, Terms(vocab.CLASSES)] | None = col("class of the people counted", "civilians", alias="class")
    of_id: Id | None = col("party or community counted", "sunnis", "entities.entity_id")
    low: Count | None = col("at least so many", 100)
    high: Count | None = col("at most so many", 399)
    qualifier: Annotated[str, Terms(vocab.QUALIFIERS)] = col("how the text qualifies it", "worded")
    words: Cell | None = col("the number in words", "low hundreds")
    unit: Annotated[str, Terms(vocab.UNITS)] = col("unit", "people")
    as_of: EdtfText = col("date for which it holds", "2018-02")
    standing: Standing = col("how the text presents it", "asserted")
    hedge: Cell | None = col("word that hedges it", "reportedly")
    said_by: Id | None = col("who says so", "syrian-resistance", "entities.entity_id")
    speaker: Cell | None = col("who says so, where the text gives no name", "commanders")
    voices: list[Id] = col("origins: whose voices it goes back to, entities or sources", ["grok-sr"])
    contested: bool = col("whether it is contested", True)


class Participants(Row):
    """An entity in an event."""

    table = "participants"
    key = ("statement_id",)
    order = ("event_id", "statement_id")
    statement_id: Hash = col("the statement", "3f2a9c41d07b", "statements.statement_id")
    event_id: Id = col("the event", "trabelsi-ied-2017-07", "events.event_id")
    entity_id: Id | None = col("who; null where only described", "jamal-trabelsi", "entities.entity_id")
    described: Cell | None = col("who, where the text gives no name", "fighters from Hermel")
    role: Annotated[str, Terms(vocab.PARTICIPANT_ROLES)] = col("part in the event", "target")
    harm: Annotated[str, Terms(vocab.HARMS)] | None = col("harm that it came to", "injured")
    side: Cell | None = col("side on which it fought", "government")
    standing: Standing = col("how the text presents it", "asserted")
    hedge: Cell | None = col("word that hedges it", "reportedly")
    said_by: Id | None = col("who says so", "syrian-popular-resistance", "entities.entity_id")
    speaker: Cell | None = col("who says so, where the text gives no name", "local resident")
    contested: bool = col("whether it is contested", False)


class Parties(Row):
    """An entity in an allegation: accused or accuser."""

    table = "parties"
    key = ("statement_id", "role")
    order = ("allegation_id", "statement_id", "role")
    statement_id: Hash = col("the statement", "3f2a9c41d07b", "statements.statement_id")
    allegation_id: Id = col("the allegation", "reyhanli-bombings-blame", "allegations.allegation_id")
    entity_id: Id | None = col("who; null where described, or where the source accuses", "turkey", "entities.entity_id")
    described: Cell | None = col("who, where the text gives no name", "defectors")
    role: Annotated[str, Terms(vocab.PARTY_ROLES)] = col("accused or accuser", "accuser")
    standing: Standing = col("how the text presents the accusation", "alleged")
    hedge: Cell | None = col("word that hedges it", "reportedly")
    said_by: Id | None = col("who accuses", "turkey", "entities.entity_id")
    speaker: Cell | None = col("who accuses, where the text gives no name", "defectors")
    origin: Id = col("whose voice it is: an entity, or the source itself", "turkey")


class Responses(Row):
    """A reaction to an event or an allegation."""

    table = "responses"
    key = ("statement_id",)
    order = ("event_id", "allegation_id", "statement_id")
    statement_id: Hash = col("the statement", "3f2a9c41d07b", "statements.statement_id")
    event_id: Id | None = col("the event, if it is about one", "deir-qanun-poisoning-2025-03-13", "events.event_id")
    allegation_id: Id | None = col("the allegation", "reyhanli-bombings-blame", "allegations.allegation_id")
    entity_id: Id | None = col("who reacts; null where only described", "mihrac-ural", "entities.entity_id")
    described: Cell | None = col("who reacts, where the text gives no name", "spokesmen of the group")
    stance: Annotated[str, Terms(vocab.STANCES)] = col("how", "denies")
    part: Cell | None = col("what exactly is answered (ours)", "that he took part")
    date: EdtfText = col("when", "2013-05-12")
    standing: Standing = col("how the text presents the reaction", "asserted")
    hedge: Cell | None = col("word that hedges it", "reportedly")


TABLES: tuple[type[Row], ...] = (
    Sources, Passages, Entities, Statements, Citations, Names, Groups, People, Places, Relations, Attributes,
    Estimates, Events, Participants, Allegations, Parties, Responses, Timeline, Ledger,
)  # fmt: skip
