"""What is authored in `raw/`: one class per record.

Every field has a description and an example; the JSON Schema follows from them.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Any, ClassVar, Self

from pydantic import Field

from . import vocab
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
from .passages import numbers
from .sources import URL_PATTERN, Cut, Kept, SetAside, Snapshot
from .vocabulary import DEFAULT, Terms


def _ties(relation: str) -> Any:
    return Field(
        default_factory=list,
        description=vocab.RELATIONS[relation].definition,
        examples=[[{"value": "valley-front", "cite": ["report:14"]}]],
    )


def _attributes(name: str) -> Any:
    example = {"value": next(iter(DEFAULT.codes(name) or {"mutual aid": ""})), "cite": ["report:5"]}
    return Field(default_factory=list, description=vocab.ATTRIBUTES[name], examples=[[example]])


def _dates(name: str) -> Any:
    return Field(
        default_factory=list, description=vocab.DATES[name], examples=[[{"value": "2011", "cite": ["report:4"]}]]
    )


def _numbers(name: str) -> Any:
    example = {"low": 2000, "high": 2000, "cite": ["report:11"]}
    return Field(default_factory=list, description=vocab.MEASURES[name], examples=[[example]])


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

    id: Id = required("its id, which is the file's name and never changes", "mithal-battalion")

    distinct_from: list[Id] = Field(
        default_factory=list,
        description="records that may be taken for it, and that somebody found to be others",
        examples=[["upper-mithal-battalion"]],
    )

    @property
    def label(self) -> str:
        """What to call it."""
        return self.id

    def evidence(self) -> tuple[tuple[str, int, Evidence], ...]:
        """Every claim about the record: property, place in its list, claim."""
        return self._evidence

    @cached_property
    def _evidence(self) -> tuple[tuple[str, int, Evidence], ...]:
        # Each rule asks for it, and to walk all fields again was a third of a build.
        lists = ((name, getattr(self, name)) for name in type(self).model_fields)
        return tuple(
            (name, index, claim)
            for name, values in lists
            if isinstance(values, list)
            for index, claim in enumerate(values)
            if isinstance(claim, Evidence)
        )

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """A copy, with other values for some fields."""
        copied = super().model_copy(update=update, deep=deep)
        copied.__dict__.pop("_evidence", None)  # it may have other claims
        return copied


class Identifier(Base):
    """What a record is called elsewhere: looked up by us, no claim of a source."""

    scheme: Annotated[str, Terms("identifier_schemes")] = required("where", "wikidata")
    value: Text = required("its identifier or name there", "Q1")


class Named(Record):
    """A record that has names; the first primary one is its label."""

    names: Annotated[list[Name], Field(min_length=1)] = required(
        "its names", [{"value": "Mithal Battalion", "lang": "en", "cite": ["report:2"]}]
    )
    identifiers: list[Identifier] = Field(
        default_factory=list,
        description="its identifiers elsewhere; left out where nobody looked",
        examples=[[{"scheme": "wikidata", "value": "Q1"}]],
    )

    @property
    def titles(self) -> list[Name]:
        """Names that may stand alone, best first: neither denied nor alleged, and no epithet."""
        standings, roles = ("asserted", "claimed", "reported"), {"primary": 0, "former": 2}
        plain = [name for name in self.names if name.standing in standings and name.role != "epithet"]
        return sorted(plain, key=lambda name: (roles.get(name.role, 1), standings.index(name.standing)))

    @property
    def label(self) -> str:
        return self.titles[0].value if self.titles else self.id


class Group(Named, Related, Attributed):
    """An organisation of any kind."""

    type: ClassVar[str] = "group"
    folder: ClassVar[str] = "groups"

    names: list[Name] = Field(
        default=[],
        description="its names; a group that the texts only describe has a title instead",
        examples=[[{"value": "Mithal Battalion", "lang": "en", "cite": ["report:2"]}]],
    )
    title: Text | None = optional("what to call a group that has no name (ours)", "Fighters of the next valley")
    kind: Annotated[str, Terms("group_kinds")] = required("what kind of group (our classification)", "militia")
    founded: list[Dated] = _dates("founded")
    dissolved: list[Dated] = _dates("dissolved")
    active: list[Dated] = _dates("active")

    @property
    def label(self) -> str:
        return self.title or (super().label if self.names else self.id)


class Person(Named, Related, Attributed):
    """A person with a public role, or a named combatant of a published account."""

    type: ClassVar[str] = "person"
    folder: ClassVar[str] = "people"

    basis: Annotated[str, Terms("bases")] = required("the public role that allows this record", "commander")
    born: list[Dated] = _dates("born")
    died: list[Dated] = _dates("died")


class Place(Named, Related, Attributed):
    """A place; parent, codes and coordinates are reference data of the gazetteer, not claims."""

    type: ClassVar[str] = "place"
    folder: ClassVar[str] = "places"

    kind: Annotated[str, Terms("place_kinds")] = required("what kind of place", "town")
    # `models` gives it the language that the project has chosen, or takes it away.
    second_name: Text | None = Field(
        default=None, alias="name_ar", description="Arabic name in the gazetteer", examples=["المثال"]
    )
    parent: Id | None = optional("place in which it lies, by the gazetteer", "mithal-valley")
    iso_3166_2: Annotated[str, Field(pattern=r"^[A-Z]{2}-[A-Z0-9]{1,3}$")] | None = optional(
        "code of a first-level division", "XM-MI"
    )
    geonames_id: Annotated[int, Field(gt=0, lt=10**9)] | None = optional("its id at GeoNames", 123456)
    latitude: Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False)] | None = optional(
        "degrees north, WGS 84", 10.6013
    )
    longitude: Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False)] | None = optional(
        "degrees east, WGS 84", 20.3024
    )
    precision: Annotated[str, Terms("place_precisions")] = Field(
        default="none", description="what the coordinates stand for", examples=["settlement"]
    )
    gazetteer: Text | None = optional("where parent, codes and coordinates come from", "Example Gazetteer 1 (CC0)")


class Answered(Record):
    """A record that others react to."""

    responses: list[Response] = Field(
        default_factory=list,
        description="reactions to it",
        examples=[[{"by": "valley-front", "stance": "confirms", "cite": ["page:8"]}]],
    )
    date: list[Dated] = _dates("date")


class Event(Answered, Related, Attributed):
    """Something that happened or is said to have happened."""

    type: ClassVar[str] = "event"
    folder: ClassVar[str] = "events"

    title: Text = required("title (ours)", "Attack on a checkpoint near Mithal")
    kind: Annotated[str, Terms("event_types")] = Field(
        alias="type", description="type of event (our classification)", examples=["battles"]
    )
    subtype: Annotated[str, Terms("event_subtypes")] = required("sub-type (our classification)", "armed-clash")
    summary: Prose | None = optional("what it is about, in our words", "A checkpoint was shot at; two fighters died.")
    occurred: Annotated[list[Happening], Field(min_length=1)] = required(
        "that it happened, and how the text presents that", [{"standing": "reported", "cite": ["report:28"]}]
    )
    place: list[Location] = Field(
        default_factory=list, description="where it happened", examples=[[{"value": "mithal", "cite": ["report:28"]}]]
    )
    participants: list[Participant] = Field(
        default_factory=list,
        description="who took part",
        examples=[[{"value": "valley-front", "role": "target", "cite": ["page:7"]}]],
    )

    @property
    def label(self) -> str:
        return self.title


class Allegation(Answered, Attributed):
    """Somebody accuses somebody of an act."""

    type: ClassVar[str] = "allegation"
    folder: ClassVar[str] = "allegations"

    acts: Annotated[list[Annotated[str, Terms("acts")]], Field(min_length=1)] = required(
        "acts of which they are accused (our classification)", ["mass-killing"]
    )
    event: Id | None = optional("event that it is about", "lower-mithal-killings-2014")
    summary: Prose = required("who is accused of what, in our words", "The group is accused of killings in Mithal.")
    accused: Annotated[list[Accused], Field(min_length=1)] = required(
        "who is accused, by whom", [{"value": "mithal-battalion", "said_by": ["valley-front"], "cite": ["report:29"]}]
    )

    @property
    def label(self) -> str:
        return self.summary


class Source(Record):
    """One work by one publisher."""

    type: ClassVar[str] = "source"
    folder: ClassVar[str] = "sources"

    kind: Annotated[str, Terms("source_kinds")] = required("what kind of source", "news")
    title: Text | None = optional("title", "Mithal Battalion")
    publisher: Text | None = optional("who published it", "Example Encyclopedia")
    author: Text | None = optional("who wrote it", "Jane Example")
    language: Annotated[str, Terms("languages")] = required("language of the text", "en")
    published: Edtf | None = optional("date of publication", "2015-01-08")
    url: Annotated[str, Field(pattern=URL_PATTERN, max_length=300)] | None = optional(
        "where the page stands in public", "https://example.org/mithal-battalion"
    )
    licence: Text | None = optional("licence that the document states", "CC-BY-SA-4.0")
    derived_from: Id | None = optional("the source that it copies", "report")
    version_of: Id | None = optional("the source of which it is an earlier or later version", "report")
    supplied: list[Annotated[str, Terms("supplied_fields")]] = Field(
        default_factory=list,
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
        default_factory=list,
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
