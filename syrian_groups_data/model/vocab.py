"""Our terms. Each carries its definition here, and nowhere else: the codebook, the JSON Schema and the
Frictionless descriptions are made from these, and from what a project adds (`vocabulary.py`)."""

from __future__ import annotations

from typing import NamedTuple

from .passage_terms import CUT_OPTIONS as CUT_OPTIONS
from .passage_terms import PASSAGE_LINKS as PASSAGE_LINKS
from .passage_terms import PASSAGE_STATES as PASSAGE_STATES
from .passage_terms import PASSAGE_USES as PASSAGE_USES
from .passage_terms import SET_ASIDE as SET_ASIDE


class Relation(NamedTuple):
    """A tie: what it means, what its subject and object may be, whether it is written once for both."""

    definition: str
    subjects: str = "group person"
    objects: str = "group person"
    symmetric: bool = False


RELATIONS: dict[str, Relation] = {
    "part_of": Relation(
        "component or subordinate of; for an event, a part of a larger one", "group event", "group event"
    ),
    "successor_of": Relation("continues it under another form", "group", "group"),
    "offshoot_of": Relation("grew out of it, while it may go on", "group", "group"),
    "same_as": Relation("a text equates the two records", "group person place", "group person place", True),
    "allied_with": Relation("allied with", symmetric=True),
    "opposed_to": Relation("enemy or target", symmetric=True),
    "rival_of": Relation("competes with it on the same side", symmetric=True),
    "coordinates_with": Relation("acts jointly with it, without subordination", symmetric=True),
    "affiliated_with": Relation("linked with it, in a way that is not stated", symmetric=True),
    "supports": Relation("gives it political or military backing", objects="group person event"),
    "finances": Relation("pays it or raises money for it"),
    "supplies": Relation("provides it with arms, training or logistics"),
    "controls": Relation("governs or holds a body or a place", objects="group person place"),
    "designated_by": Relation("listed, wanted or classed by it (role: as what)", objects="group person"),
    "led_by": Relation("its leader, commander or head (role: title)", "group", "person"),
    "founded_by": Relation("founded by", "group", "group person"),
    "member_of": Relation("a person's post in it or membership of it (role)", "person", "group"),
    "kin_of": Relation("related by family (role)", symmetric=True),
    "born_in": Relation("born in", "person", "place"),
    "citizen_of": Relation("citizen of", "person", "group place"),
    "based_in": Relation("headquarters, base, depot or residence in (role)", objects="place"),
    "operates_in": Relation("area of activity", objects="place"),
    "recruits_from": Relation("takes members from a place or community", objects="group place"),
    "claims": Relation("territory sought", objects="place"),
    "located_in": Relation("where a place lies, as a text has it", "place", "place"),
}

ATTRIBUTES: dict[str, str] = {
    "ideology": "named doctrine (open term)",
    "position": "place on the left-right scale",
    "goal": "end sought",
    "view": "stance on an issue or an actor",
    "activity": "what it habitually does",
    "tactic": "way of fighting or acting",
    "weapon": "arms used or held",
    "command": "how it is tied to a larger command",
    "status": "whether it is active",
    "funding": "how it gets money",
    "composition": "who its members are",
    "occupation": "public role without a group",
    "community": "origin of a public person, only as a text gives it",
    "assessment": "somebody's judgement or prediction",
    "background": "any other stated fact",
}

DATES: dict[str, str] = {
    "founded": "when it was founded",
    "dissolved": "when it ended",
    "active": "the period in which it was active",
    "born": "date of birth",
    "died": "date of death",
    "date": "when an event happened, or when the act of an allegation was done",
}

MEASURES: dict[str, str] = {
    "strength": "number of members or fighters",
    "recruits": "people recruited",
    "deployed": "people sent into one operation",
    "financed": "people paid",
    "killed": "people killed",
    "injured": "people injured",
    "casualties": "people killed or injured, undivided",
    "captured": "people captured",
    "missing": "people missing",
    "affected": "people poisoned, displaced or otherwise harmed",
    "losses": "a group's own dead, as a running count",
    "attendance": "people present",
    "population": "people, or a share of them",
    "count": "anything else, named by its unit",
}

# Properties of which an entity has one value at a time: only these can be contested by numbers and dates.
SINGLE_VALUED = frozenset(
    ["position", "command", "status", "founded", "dissolved", "active", "born", "died", "occurred", "date", "place"]
) | (MEASURES.keys() - {"recruits", "losses", "count"})

POSITIONS = {
    "far-left": "far left",
    "left": "left",
    "centre": "centre",
    "right": "right",
    "far-right": "far right",
}
COMMANDS = {
    "integrated": "subordinate to a larger command",
    "coordinated": "acts with a larger command without being subordinate",
    "autonomous": "decides for itself",
}
STATUSES = {
    "active": "active",
    "dormant": "inactive, not ended",
    "remnant": "what is left of it acts on",
    "defunct": "ended",
}
# Attributes whose value is a term, and the list of those terms.
CODED = {"position": "positions", "command": "commands", "status": "statuses"}

STANDINGS = {
    "asserted": "plainly stated, by the source or by a credited third party, also against somebody",
    "claimed": "stated by a credited party about itself or its side",
    "judged": "opinion, analysis or prediction",
    "reported": "stated with a hedge",
    "alleged": "said against another by a credited accuser; in an allegation also by the source itself",
    "denied": "the speaker says that it is not so",
    "refuted": "the source's own voice says that it is not so; the speaker is whoever had claimed it",
}
NEGATIVE = frozenset({"denied", "refuted"})

QUALIFIERS = {
    "exact": "the number as printed",
    "about": "about the number",
    "at-least": "the number or more",
    "more-than": "above the number",
    "up-to": "the number or less",
    "fewer-than": "below the number",
    "between": "from the low to the high number",
    "worded": "given in words; low and high are what the words allow",
}
UNITS = {
    "people": "people",
    "percent": "percent",
    "days": "days",
    "years": "years",
    "units": "units, companies or sub-groups",
    "interviews": "interviews",
    "dollars": "dollars",
    "tonnes": "tonnes",
    "kilograms": "kilograms",
}
CLASSES = {
    "all": "everybody, of whatever class",
    "civilians": "civilians",
    "fighters": "fighters of an armed group",
    "security-forces": "soldiers and police of a state",
    "officials": "officials",
    "former-members": "people who once belonged to the group that is counted",
    "unspecified": "the text does not say who",
}

PARTICIPANT_ROLES = {
    "agent": "did it",
    "partner": "did it with the agent",
    "target": "aimed at",
    "victim": "harmed",
    "belligerent": "fought, direction unstated (side)",
    "commander": "led it",
    "organiser": "organised it",
    "speaker": "said it",
    "addressee": "to whom it was said",
    "subject": "whom a statement is about",
    "host": "hosted it",
    "attendee": "was present",
    "relay": "passed on what was said",
}
PARTY_ROLES = {
    "accused": "is accused",
    "accuser": "accuses",
}
HARMS = {
    "killed": "killed",
    "injured": "injured",
    "killed-or-injured": "killed or injured, undivided",
    "captured": "captured",
    "abducted": "abducted",
    "missing": "missing",
    "unharmed": "came to no harm",
    "survived": "was targeted and survived; injury not stated",
    "unspecified": "harmed in a way that is not stated",
}

ACTS = {
    "murder": "unlawful killing, also attempted",
    "mass-killing": "killing of many in one event",
    "summary-execution": "killing of people held, without trial",
    "torture": "torture or mutilation",
    "abduction": "abduction or unlawful detention",
    "forced-displacement": "people are driven from where they live",
    "persecution": "persecution of a community, ethnic cleansing",
    "collective-punishment": "a community is punished for what others did",
    "attack-on-civilians": "attack on people who are unarmed",
    "armed-attack": "attack or bombing; whom it struck is not said",
    "war-crime": "so called by the accuser, who names no act",
    "terrorist-attack": "attack that the accuser calls so",
    "prohibited-weapon": "use of a weapon that is forbidden",
    "pillage": "looting, extortion, racketeering",
    "trafficking": "illicit trade",
    "recruitment": "unlawful or covert recruitment",
    "proscribed-ties": "membership of a designated body, or help for one",
    "conspiracy": "plot, coup or uprising",
    "foreign-interference": "engineering or exploiting events in another state",
    "incitement": "sectarian agitation or character",
    "deception": "forgery, fabrication or inflated figures",
    "collaboration": "work with an enemy or an authority",
    "espionage": "spying for a party or a state",
    "arson": "burning of homes, crops or other property",
    "violations-unspecified": "violations that the text does not name",
}
STANCES = {
    "denies": "says that it is not so",
    "partly-denies": "denies a part",
    "rejects-framing": "accepts the facts and rejects what they are called",
    "justifies": "says that it was right",
    "counter-accuses": "accuses the accuser or somebody else",
    "doubts": "a third party doubts it",
    "dissociates": "says that it was not done in its name",
    "confirms": "confirms that it happened, not who is guilty",
    "admits": "says that it did it",
    "claims-responsibility": "takes the credit for it",
    "investigates": "opens an inquiry",
    "no-comment": "the text says that there was no comment",
}
OUTCOMES = {
    "refuted": "a source's own voice says that it is not so",
    "contested": "somebody denies, reframes, doubts or accuses back",
    "admitted": "the accused admits it",
    "unanswered": "these sources hold no answer; it does not mean undisputed",
}
# What an answer can make contested: properties of an event or an allegation.
COVERED = {
    "occurred": "that the event happened",
    "date": "when it happened",
    "place": "where it happened",
    "participants": "who took part",
    "accused": "who is accused",
    "weapon": "what it was done with",
    "tactic": "how it was done",
} | MEASURES
CONTESTING_STANCES = frozenset({"denies", "partly-denies", "rejects-framing", "counter-accuses", "doubts"})
ADMITTING_STANCES = frozenset({"admits", "claims-responsibility"})

GROUP_KINDS = {
    "militia": "armed group that is no state's army",
    "unit": "named part of a group or army",
    "coalition": "alliance of groups",
    "state-force": "army, service or a part of them",
    "state": "a country and its government, where texts do not part them",
    "government": "one of several that ruled a country",
    "agency": "ministry, police or another official body",
    "party": "political movement",
    "international": "body of several states",
    "monitor": "body that watches and documents",
    "research": "institute or researchers",
    "media": "newspaper, agency or channel",
    "religious-body": "religious body",
    "community": "sect, people, tribe or family",
    "described": "actors without a name, of whom two passages speak",
}
BASES = {
    "commander": "commands an armed group or unit",
    "politician": "holds or held political office or a party post",
    "official": "official of a state or body",
    "spokesperson": "speaks for a group",
    "financier": "pays for armed groups, in public accounts",
    "cleric": "religious leader who speaks in public",
    "analyst": "quoted for expertise",
    "author": "wrote or signed a source",
    "combatant": "named fighter in a published account",
    "historical": "historical figure",
}
NAME_ROLES = {
    "primary": "the name used here as the label",
    "alias": "another name",
    "former": "name that it had before",
    "short": "abbreviation or short form",
    "spelling": "another spelling of a name",
    "nom-de-guerre": "name taken for the struggle",
    "epithet": "name that a cited speaker gives",
    "banner": "name under which it acted",
}
SOURCE_KINDS = {
    "encyclopedia": "encyclopedia article written by people",
    "ai-encyclopedia": "encyclopedia article written by a language model",
    "news": "news article",
    "analysis": "analysis or comment",
    "mirror": "copy of another source",
    "report": "report of a monitor, an institute or another organisation",
    "court-document": "indictment, judgment or another paper of a court",
    "communique": "statement of an armed group or a party, as it put it out itself",
    "press-release": "statement of a state, a body or an organisation to the press",
    "social-media": "post or thread on a social medium",
    "interview": "interview, printed or written down",
    "agency-wire": "dispatch of a news agency",
    "document": "any other document, or one whose kind nobody has said yet",
}
PLACE_KINDS = {
    "country": "country",
    "governorate": "first-level division of a country",
    "district": "second-level division",
    "city": "city",
    "town": "town",
    "village": "village",
    "neighbourhood": "part of a settlement",
    "region": "historical or informal region",
    "mountains": "mountains or hills",
    "road": "road",
    "border": "border",
    "facility": "base, airport, hotel, oil field or another site",
    "other": "another place",
}
PLACE_PRECISIONS = {
    "site": "the coordinates are of the very site",
    "settlement": "of the settlement",
    "district": "of the district's seat or middle",
    "governorate": "of the seat or middle of the first-level division",
    "region": "of the region's middle",
    "country": "of the country's middle",
    "none": "no coordinates",
}
EVENT_PRECISIONS = {
    "at": "at the place",
    "near": "near the place",
    "in": "somewhere within the place",
    "unknown": "the text does not say",
}
DATE_PRECISIONS = {
    "day": "one day",
    "month": "one month",
    "year": "one year",
    "decade": "one decade",
    "interval": "between two dates",
    "open": "open at one end",
    "unknown": "no date",
}
CITATION_ROLES = {
    "supports": "the passage says so",
    "context": "the passage helps to read another",
    "disputes": "the passage speaks against it",
}
ENTITY_TYPES = {
    "group": "organisation of any kind",
    "person": "person with a public role",
    "place": "place",
    "event": "something that happened or is said to have happened",
    "allegation": "somebody accuses somebody",
}
SORT_BASES = {
    "earliest": "the first day of its date",
    "latest": "the last day of its date, whose first one is not known",
    "whole": "that of the event of which it is a part",
}
CHANGE_KINDS = {
    "correction": "the claim misread its passage, or said it otherwise than meant",
    "source-revised": "the source itself was changed",
    "merge": "two records became one",
    "rename": "the record has another id",
    "withdrawn": "nothing took its place",
}
IDENTIFIER_SCHEMES = {
    "wikidata": "item of Wikidata, such as Q1",
    "opensanctions": "entity of OpenSanctions",
    "acled": "name of the actor in ACLED",
    "ucdp": "name or number of the actor in UCDP",
}
# Kinds of place that are a first-level division, with a code or without.
FIRST_LEVEL = frozenset({"governorate"})
SUPPLIED_FIELDS = {
    "title": "title",
    "publisher": "who published it",
    "author": "who wrote it",
    "published": "date of publication",
    "url": "where it stands in public",
    "licence": "licence",
}
OTHER_PROPERTIES = {
    "occurred": "that an event happened",
    "place": "where an event happened",
    "participants": "somebody in an event",
    "accused": "somebody accused",
    "responses": "a reaction",
}
