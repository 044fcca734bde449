"""The claims that records are made of: each carries its evidence, its speaker and its standing."""

from __future__ import annotations

import hashlib
import json
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from .values import CELL_PATTERN, EDTF_PATTERN, ID_PATTERN, MOST_OF_ID, NO_START, PASSAGE_PATTERN
from .vocabulary import Terms

_WORD = rf"[^{NO_START}]\S*"
WORDS3_PATTERN = rf"^{_WORD}(?: \S+){{0,2}}$"
WORDS8_PATTERN = rf"^{_WORD}(?: \S+){{0,7}}$"

Id = Annotated[str, Field(pattern=ID_PATTERN, max_length=MOST_OF_ID)]
PassageId = Annotated[str, Field(pattern=PASSAGE_PATTERN, max_length=80)]
Edtf = Annotated[str, Field(pattern=EDTF_PATTERN)]
Text = Annotated[str, Field(pattern=CELL_PATTERN, max_length=200)]
Prose = Annotated[str, Field(pattern=CELL_PATTERN, max_length=300)]
Words3 = Annotated[str, Field(pattern=WORDS3_PATTERN, max_length=60)]
Words8 = Annotated[str, Field(pattern=WORDS8_PATTERN, max_length=120)]
Speaker = tuple[str | None, str | None]


class Base(BaseModel):
    """Strict: no value is converted, no key is unknown, no record changes."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


def optional(description: str, example: Any) -> Any:
    """A field that may be left out."""
    return Field(default=None, description=description, examples=[example])


def required(description: str, example: Any) -> Any:
    """A field that must be there."""
    return Field(description=description, examples=[example])


# --- claims ---------------------------------------------------------------------------------------


class Evidence(Base):
    """What every claim carries: the passages that it rests on, and notes on them."""

    cite: Annotated[list[PassageId], Field(min_length=1)] = required("passages that say so", ["report:18"])
    context: list[PassageId] = Field(
        default_factory=list,
        description="passages that help to read them: a heading with the year",
        examples=[["page:6"]],
    )
    disputed_by: list[PassageId] = Field(
        default_factory=list, description="passages that speak against it", examples=[["page:4"]]
    )
    via: list[Id] = Field(
        default_factory=list,
        description="relays between the speaker and the source, nearest to the speaker first",
        examples=[["example-monitor"]],
    )
    hedge: Words3 | None = optional("the word that hedges it, as the text has it", "reportedly")
    said_in: Id | None = optional("event of type statement in which it was said", "battalion-interview-2014-03")
    preferred: Prose | None = optional("why this value is preferred to others", "the only dated figure")
    note: Prose | None = optional("what a reader must know, in our words", "The infobox lists it as an ally.")

    @property
    def speakers(self) -> list[Speaker]:
        """Who says so, by id or by description; each is the speaker of a statement of its own."""
        raise NotImplementedError


class Claim(Evidence):
    """A claim with a speaker and a standing."""

    said_by: list[Id] = Field(
        default_factory=list,
        description="to whom the text credits it; each id becomes a statement",
        examples=[["valley-front"]],
    )
    speaker: Words8 | None = optional("the speaker, when the text gives no name", "local resident")
    standing: Annotated[str, Terms("standings")] = Field(
        default="asserted", description="how the text presents it", examples=["alleged"]
    )
    since: Edtf | None = optional("holds from", "2014-02")
    until: Edtf | None = optional("holds until", "2015")

    @property
    def speakers(self) -> list[Speaker]:
        return [(key, self.speaker) for key in self.said_by] or [(None, self.speaker)]

    @property
    def text(self) -> str | None:
        """The value as text; None for a claim that has none."""
        return None


class Name(Claim):
    """A name of the record."""

    value: Text = required("the name", "Mithal Battalion")
    lang: Annotated[str, Terms("languages")] = required("its language", "en")
    role: Annotated[str, Terms("name_roles")] = Field(
        default="primary", description="what kind of name", examples=["former"]
    )

    @property
    def text(self) -> str:
        return self.value


class Actor(Claim):
    """A claim whose value is a record, or an actor without a name."""

    value: Id | None = optional("id of the record", "jane-example")
    described: Words8 | None = optional("the actor, when the text gives no name", "fighters from the next valley")

    @property
    def text(self) -> str | None:
        return self.value or self.described


class Tie(Actor):
    """A relation of the record to another one."""

    role: Text | None = optional("title, post or capacity", "field commander")


class Attribute(Claim):
    """A property in words: ours, except a code of a vocabulary."""

    value: Text = required("the value", "mutualism")

    @property
    def text(self) -> str:
        return self.value


class Dated(Claim):
    """A date of the record."""

    value: Edtf = required("the date, in our EDTF subset", "2014-05-02/2014-05-03")

    @property
    def text(self) -> str:
        return self.value


class Number(Claim):
    """A number that somebody gave, as bounds."""

    low: Annotated[int, Field(ge=0, le=10**10)] | None = optional("at least so many", 201)
    high: Annotated[int, Field(ge=0, le=10**10)] | None = optional("at most so many", 249)
    qualifier: Annotated[str, Terms("qualifiers")] = Field(
        default="exact", description="how the text qualifies it", examples=["more-than"]
    )
    words: Words3 | None = optional("the number, when the text gives it in words", "low hundreds")
    unit: Annotated[str, Terms("units")] = Field(default="people", description="what is counted", examples=["people"])
    class_: Annotated[str, Terms("classes")] | None = Field(
        default=None, alias="class", description="class of the people counted", examples=["civilians"]
    )
    of: Id | None = optional("party or community counted", "valley-front")
    as_of: Edtf | None = optional("date for which it holds", "2014-02")

    @property
    def text(self) -> str:
        low, high = self.low, self.high
        if low is None and high is None:
            return self.words or "no number"
        if high is None:
            # As the text has it: more than 200, not 201 or more.
            printed = f"more than {(low or 1) - 1:,}" if self.qualifier == "more-than" else f"{low:,} or more"
        elif low is None:
            printed = f"fewer than {high + 1:,}" if self.qualifier == "fewer-than" else f"{high:,} or fewer"
        else:
            printed = f"{low:,}" if low == high else f"{low:,} to {high:,}"
        about = "about " if self.qualifier == "about" else ""
        unit = "" if self.unit == "people" else f" {self.unit}"
        return f"{about}{printed}{unit}{f' ({self.words})' if self.words else ''}"


class Happening(Claim):
    """That an event happened; the standing is that of the happening."""

    @property
    def text(self) -> str:
        return "occurred"


class Location(Claim):
    """Where an event happened."""

    value: Id = required("id of the place", "mithal")
    precision: Annotated[str, Terms("event_precisions")] = Field(
        default="at", description="how the event lies to the place", examples=["near"]
    )

    @property
    def text(self) -> str:
        return self.value


class Participant(Actor):
    """Somebody in an event."""

    role: Annotated[str, Terms("participant_roles")] = required("part in the event", "agent")
    harm: Annotated[str, Terms("harms")] | None = optional("harm that it came to", "injured")
    side: Text | None = optional("side on which it fought", "government")


class Accused(Actor):
    """Somebody accused, and by whom."""

    standing: Annotated[str, Terms("standings")] = Field(
        default="alleged", description="how the text presents it", examples=["alleged"]
    )


class Response(Evidence):
    """A reaction to an event or an allegation."""

    by: Id | None = optional("id of who reacts", "mithal-battalion")
    described: Words8 | None = optional("who reacts, when the text gives no name", "spokesman of the ministry")
    stance: Annotated[str, Terms("stances")] = required("how it reacts", "denies")
    part: Prose | None = optional("what exactly is answered, in our words", "that its fighters took part")
    covers: list[Annotated[str, Terms("covered")]] | None = optional(
        "properties of the record that it makes contested, all claims on each; [] where it answers none of them",
        ["occurred", "killed"],
    )
    date: Edtf | None = optional("when it reacted", "2014-06-01")
    standing: Annotated[str, Terms("standings")] = Field(
        default="asserted", description="how the text presents the reaction", examples=["asserted"]
    )

    @property
    def speakers(self) -> list[Speaker]:
        return [(self.by, self.described)]

    @property
    def text(self) -> str:
        return f"{self.stance}: {self.part}" if self.part else self.stance


_JSON = json.JSONEncoder(sort_keys=True, ensure_ascii=False)
_NOT_HASHED = {"cite", "context", "disputed_by", "note", "preferred", "said_in", "said_by", "speaker", "by", "covers"}


def statement_id(entity: str, name: str, claim: Evidence, said_by: str | None, speaker: str | None) -> str:
    """Hash of entity, property, value with its qualifiers, speaker, via, standing with its hedge, and validity.

    `s` and 20 hexadecimal digits: no spreadsheet reads it as a number. An id of 1.0.0 is the first 12 of the digits.
    """
    content = claim.model_dump(exclude=_NOT_HASHED, exclude_none=True, by_alias=True)
    text = _JSON.encode([entity, name, content, said_by, speaker])
    return f"s{hashlib.sha256(text.encode()).hexdigest()[:20]}"
