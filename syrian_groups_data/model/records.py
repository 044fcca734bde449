"""What is authored in `raw/`: one class per record.

Every field has a description and an example; the JSON Schema follows from them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, ClassVar

from pydantic import Field

from . import event_types, vocab
from .claims import (
    Accused,
    Attribute,
    Base,
    Dated,
    Edtf,
    Evidence,
    Happening,
    Id,
    Location,
    Name,
    Number,
    Participant,
    Prose,
    Response,
    Text,
    Tie,
    optional,
    required,
)
from .sources import URL_PATTERN, Cut, Kept, SetAside, Snapshot, numbers
from .vocab import Terms


def _ties(relation: str) -> Any:
    return Field(
        default=[],
        description=vocab.RELATIONS[relation].definition,
        examples=[[{"value": "hts", "cite": ["wiki-sr:14"]}]],
    )


def _attributes(name: str) -> Any:
    example = {"value": next(iter(vocab.CODED.get(name, {"mutual aid": ""}))), "cite": ["wiki-sr:5"]}
    return Field(default=[], description=vocab.ATTRIBUTES[name], examples=[[example]])


def _dates(name: str) -> Any:
    return Field(default=[], description=vocab.DATES[name], examples=[[{"value": "2011", "cite": ["wiki-sr:4"]}]])


def _numbers(name: str) -> Any:
    example = {"low": 2000, "high": 2000, "cite": ["wiki-sr:11"]}
    return Field(default=[], description=vocab.MEASURES[name], examples=[[example]])


class Attributed(Base):
    """Properties in words and numbers that any record may have."""

    ideology: list[Attribute] = _attributes("ideology")
    position: list[Attribute] = _attributes("position")
    goal: list[Attribute] = _attributes("goal")
    view: list[Attribute] = _attributes("view")
    activity: list[Attribute] = _attributes("activity")
    tactic: list[Attribute] = _attributes("tactic")
    weapon: list[Attribute] = _attributes("weapon")
    command: list[Attribute] = _attributes("command")
    status: list[Attribute] = _attributes("status")
    funding: list[Attribute] = _attributes("funding")
    composition: list[Attribute] = _attributes("composition")
    occupation: list[Attribute] = _attributes("occupation")
    community: list[Attribute] = _attributes("community")
    assessment: list[Attribute] = _attributes("assessment")
    background: list[Attribute] = _attributes("background")
    strength: list[Number] = _numbers("strength")
    recruits: list[Number] = _numbers("recruits")
    deployed: list[Number] = _numbers("deployed")
    financed: list[Number] = _numbers("financed")
    killed: list[Number] = _numbers("killed")
    injured: list[Number] = _numbers("injured")
    casualties: list[Number] = _numbers("casualties")
    captured: list[Number] = _numbers("captured")
    missing: list[Number] = _numbers("missing")
    affected: list[Number] = _numbers("affected")
    losses: list[Number] = _numbers("losses")
    attendance: list[Number] = _numbers("attendance")
    population: list[Number] = _numbers("population")
    count: list[Number] = _numbers("count")


class Related(Base):
    """Ties that a record may have; the vocabulary says between which types."""

    part_of: list[Tie] = _ties("part_of")
    successor_of: list[Tie] = _ties("successor_of")
    offshoot_of: list[Tie] = _ties("offshoot_of")
    same_as: list[Tie] = _ties("same_as")
    allied_with: list[Tie] = _ties("allied_with")
    opposed_to: list[Tie] = _ties("opposed_to")
    rival_of: list[Tie] = _ties("rival_of")
    coordinates_with: list[Tie] = _ties("coordinates_with")
    affiliated_with: list[Tie] = _ties("affiliated_with")
    supports: list[Tie] = _ties("supports")
    finances: list[Tie] = _ties("finances")
    supplies: list[Tie] = _ties("supplies")
    controls: list[Tie] = _ties("controls")
    designated_by: list[Tie] = _ties("designated_by")
    led_by: list[Tie] = _ties("led_by")
    founded_by: list[Tie] = _ties("founded_by")
    member_of: list[Tie] = _ties("member_of")
    kin_of: list[Tie] = _ties("kin_of")
    born_in: list[Tie] = _ties("born_in")
    citizen_of: list[Tie] = _ties("citizen_of")
    based_in: list[Tie] = _ties("based_in")
    operates_in: list[Tie] = _ties("operates_in")
    recruits_from: list[Tie] = _ties("recruits_from")
    claims: list[Tie] = _ties("claims")
    located_in: list[Tie] = _ties("located_in")


class Record(Base):
    """Anything that has an id."""

    type: ClassVar[str]
    folder: ClassVar[str]

    id: Id = required("its id, which is the file's name and never changes", "syrian-resistance")

    @property
    def label(self) -> str:
        """What to call it."""
        return self.id

    def evidence(self) -> Iterator[tuple[str, int, Evidence]]:
        """Every claim about the record: property, place in its list, claim."""
        for name in type(self).model_fields:
            values = getattr(self, name)
            if isinstance(values, list):
                for index, claim in enumerate(values):
                    if isinstance(claim, Evidence):
                        yield name, index, claim


class Named(Record):
    """A record that has names; the first primary one is its label."""

    names: Annotated[list[Name], Field(min_length=1)] = required(
        "its names", [{"value": "Syrian Resistance", "lang": "en", "cite": ["wiki-sr:2"]}]
    )

    @property
    def label(self) -> str:
        primary = [name.value for name in self.names if name.role == "primary"]
        return primary[0] if primary else self.names[0].value


class Group(Named, Related, Attributed):
    """An organisation of any kind."""

    type: ClassVar[str] = "group"
    folder: ClassVar[str] = "groups"

    kind: Annotated[str, Terms(vocab.GROUP_KINDS)] = required("what kind of group (our classification)", "militia")
    founded: list[Dated] = _dates("founded")
    dissolved: list[Dated] = _dates("dissolved")
    active: list[Dated] = _dates("active")


class Person(Named, Related, Attributed):
    """A person with a public role, or a named combatant of a published account."""

    type: ClassVar[str] = "person"
    folder: ClassVar[str] = "people"

    basis: Annotated[str, Terms(vocab.BASES)] = required("the public role that allows this record", "commander")
    born: list[Dated] = _dates("born")
    died: list[Dated] = _dates("died")


class Place(Named, Related, Attributed):
    """A place; parent, codes and coordinates are reference data of the gazetteer, not claims."""

    type: ClassVar[str] = "place"
    folder: ClassVar[str] = "places"

    kind: Annotated[str, Terms(vocab.PLACE_KINDS)] = required("what kind of place", "town")
    name_ar: Text | None = optional("Arabic name in the gazetteer", "بانياس")
    parent: Id | None = optional("place in which it lies, by the gazetteer", "tartus-governorate")
    iso_3166_2: Annotated[str, Field(pattern=r"^[A-Z]{2}-[A-Z0-9]{1,3}$")] | None = optional(
        "code of a first-level division", "SY-TA"
    )
    geonames_id: Annotated[int, Field(gt=0, lt=10**9)] | None = optional("its id at GeoNames", 299817)
    latitude: Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False)] | None = optional(
        "degrees north, WGS 84", 35.1822
    )
    longitude: Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False)] | None = optional(
        "degrees east, WGS 84", 35.9403
    )
    precision: Annotated[str, Terms(vocab.PLACE_PRECISIONS)] = Field(
        default="none", description="what the coordinates stand for", examples=["settlement"]
    )
    gazetteer: Text | None = optional("where parent, codes and coordinates come from", "Who's On First 421203189 (CC0)")


class Answered(Record):
    """A record that others react to."""

    responses: list[Response] = Field(
        default=[],
        description="reactions to it",
        examples=[[{"by": "idf", "stance": "confirms", "cite": ["wiki-spr:42"]}]],
    )
    date: list[Dated] = _dates("date")


class Event(Answered, Related, Attributed):
    """Something that happened or is said to have happened."""

    type: ClassVar[str] = "event"
    folder: ClassVar[str] = "events"

    title: Text = required("title (ours)", "Attack on a checkpoint near Mithal")
    kind: Annotated[str, Terms(event_types.EVENT_TYPE_DEFINITIONS)] = Field(
        alias="type", description="type of event (our classification)", examples=["battles"]
    )
    subtype: Annotated[str, Terms(event_types.EVENT_SUBTYPES)] = required(
        "sub-type (our classification)", "armed-clash"
    )
    summary: Prose | None = optional("what it is about, in our words", "A checkpoint was shot at; two fighters died.")
    occurred: Annotated[list[Happening], Field(min_length=1)] = required(
        "that it happened, and how the text presents that", [{"standing": "reported", "cite": ["wiki-sr:28"]}]
    )
    place: list[Location] = Field(
        default=[], description="where it happened", examples=[[{"value": "baniyas", "cite": ["wiki-sr:28"]}]]
    )
    participants: list[Participant] = Field(
        default=[],
        description="who took part",
        examples=[[{"value": "hts", "role": "target", "cite": ["wiki-spr:33"]}]],
    )

    @property
    def label(self) -> str:
        return self.title


class Allegation(Answered, Attributed):
    """Somebody accuses somebody of an act."""

    type: ClassVar[str] = "allegation"
    folder: ClassVar[str] = "allegations"

    acts: Annotated[list[Annotated[str, Terms(vocab.ACTS)]], Field(min_length=1)] = required(
        "acts of which they are accused (our classification)", ["mass-killing"]
    )
    event: Id | None = optional("event that it is about", "baniyas-killings-2013")
    summary: Prose = required("who is accused of what, in our words", "The group is accused of killings in Mithal.")
    accused: Annotated[list[Accused], Field(min_length=1)] = required(
        "who is accused, by whom", [{"value": "syrian-resistance", "said_by": ["turkey"], "cite": ["wiki-sr:29"]}]
    )

    @property
    def label(self) -> str:
        return self.summary


class Source(Record):
    """One work by one publisher."""

    type: ClassVar[str] = "source"
    folder: ClassVar[str] = "sources"

    kind: Annotated[str, Terms(vocab.SOURCE_KINDS)] = required("what kind of source", "news")
    title: Text | None = optional("title", "Syrian Resistance")
    publisher: Text | None = optional("who published it", "Wikipedia")
    author: Text | None = optional("who wrote it", "Jane Example")
    language: Annotated[str, Terms(vocab.LANGUAGES)] = required("language of the text", "en")
    published: Edtf | None = optional("date of publication", "2025-12-08")
    url: Annotated[str, Field(pattern=URL_PATTERN, max_length=300)] | None = optional(
        "where the page stands in public", "https://en.wikipedia.org/wiki/Syrian_Resistance"
    )
    licence: Text | None = optional("licence that the document states", "CC-BY-SA-4.0")
    derived_from: Id | None = optional("the source that it copies", "wiki-sr")
    supplied: list[
        Annotated[str, Terms(dict.fromkeys(["title", "publisher", "author", "published", "url", "licence"], ""))]
    ] = Field(
        default=[],
        description="fields that came with the document and are not printed in it",
        examples=[["publisher", "url"]],
    )
    snapshot: Snapshot = required("the text as read", {"sha256": "0" * 64, "characters": 5083})
    cut: Cut | None = optional(
        "how its passages were cut; written by segment",
        {"snapshot": "0" * 64, "segmenter": "sentencex 1.0.32", "language": "en", "highest": 45, "digest": "0" * 64},
    )
    earlier: list[Snapshot] = Field(
        default=[],
        description="snapshots that were read before this one, oldest first; written by segment",
        examples=[[{"sha256": "0" * 64, "characters": 5012}]],
    )
    kept: list[Kept] = Field(
        default=[],
        description="passages that this snapshot lacks and that stand as read",
        examples=[[{"passages": ["12"], "since": "2026-11-27"}]],
    )
    set_aside: list[SetAside] = Field(
        default=[],
        description="ledger of passages without a claim",
        examples=[[{"reason": "navigation", "passages": ["1-9"]}]],
    )
    note: Prose | None = optional(
        "what a reader must know of the source", "The publisher is not named in the document."
    )

    @property
    def label(self) -> str:
        return self.title or self.id

    @property
    def part(self) -> tuple[int, int]:
        """The part of the snapshot that is this source, in code points."""
        span = self.snapshot.span
        return (span.start, span.end) if span else (0, self.snapshot.characters)

    @property
    def kept_numbers(self) -> dict[int, Kept]:
        """Passages that stand as read although the snapshot lacks them, each with what is said of it."""
        highest = self.cut.highest if self.cut else 0
        return {number: kept for kept in self.kept for number in numbers(kept.passages, highest)}


RECORDS: tuple[type[Record], ...] = (Source, Group, Person, Place, Event, Allegation)
AnyRecord = Source | Group | Person | Place | Event | Allegation
