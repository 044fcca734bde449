"""Words for readers: dates as people write them, properties as headings, ties by what they mean for the two."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from ..model import event_types, vocab

MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
          "December")  # fmt: skip

# What a reader looks for first; the rest follows by name.
FIRST = (
    "names", "occurred", "date", "place", "participants", "accused", "responses", "killed", "injured", "casualties",
    "led_by", "founded", "founded_by", "part_of", "successor_of", "offshoot_of", "member_of", "born", "born_in", "died",
    "citizen_of", "occupation", "status", "strength", "based_in", "operates_in", "ideology", "position", "goal",
)  # fmt: skip
ORDER = {name: place for place, name in enumerate(FIRST)}

# Ties between records, by how the two stand to each other.
FAMILIES = {
    "within": ("part_of", "led_by", "member_of", "founded_by", "successor_of", "offshoot_of", "same_as", "kin_of"),
    "with": ("allied_with", "coordinates_with", "affiliated_with", "supports", "finances", "supplies"),
    "against": ("opposed_to", "rival_of", "designated_by"),
    "place": ("born_in", "citizen_of", "based_in", "operates_in", "recruits_from", "claims", "located_in", "controls"),
}
FAMILY_WORDS = {
    "within": "command, membership, descent",
    "with": "alliance and support",
    "against": "enmity, rivalry, designation",
    "place": "places and communities",
    "other": "other ties",
}
_FAMILY = {relation: family for family, relations in FAMILIES.items() for relation in relations}

# What a reader tells apart at a glance, and the event types under it; a colour each.
EVENT_FAMILIES: dict[str, tuple[str, ...]] = {
    "fighting": ("battles",),
    "explosions, remote violence": ("explosions-remote-violence",),
    "violence against civilians": ("violence-against-civilians",),
    "statements made in public": ("statement",),
    "acts of states, protests, movements": ("state-action", "protests", "riots", "movement"),
    "other": (),
}
_EVENT_FAMILY = {type: i for i, types in enumerate(EVENT_FAMILIES.values()) for type in types}

TYPE_WORDS = {
    "group": ("Group", "Groups"),
    "person": ("Person", "People"),
    "place": ("Place", "Places"),
    "event": ("Event", "Events"),
    "allegation": ("Allegation", "Allegations"),
}
_TITLES = {
    "names": "Names",
    "occurred": "Whether it happened",
    "date": "When",
    "place": "Where",
    "participants": "Who took part",
    "accused": "Who is accused, and by whom",
    "responses": "Answers",
    "losses": "Own losses",
    "born": "Date of birth",
    "died": "Date of death",
    "command": "Tie to a larger command",
    "position": "Left or right",
}
# Terms that are more than their letters without hyphens.
_WORDS = {
    "ai-encyclopedia": "AI encyclopedia",
    "counter-accuses": "counter-accuses",
    "explosions-remote-violence": "explosions, remote violence",
}
# Our terms, and the table and column whose field of the descriptor names those of a package.
DEFINITIONS: dict[str, tuple[dict[str, str], tuple[str, str]]] = {
    "standing": (vocab.STANDINGS, ("statements", "standing")),
    "outcome": (vocab.OUTCOMES, ("allegations", "outcome")),
    "stance": (vocab.STANCES, ("responses", "stance")),
    "act": (vocab.ACTS, ("allegations", "acts")),
    "set aside": (vocab.SET_ASIDE, ("passages", "reason")),
    "kind of source": (vocab.SOURCE_KINDS, ("sources", "kind")),
    "kind of group": (vocab.GROUP_KINDS, ("groups", "kind")),
    "public role": (vocab.BASES, ("people", "basis")),
    "kind of place": (vocab.PLACE_KINDS, ("places", "kind")),
    "point of a place": (vocab.PLACE_PRECISIONS, ("places", "precision")),
    "role in an event": (vocab.PARTICIPANT_ROLES, ("participants", "role")),
    "harm": (vocab.HARMS, ("participants", "harm")),
    "class of people": (vocab.CLASSES, ("estimates", "class")),
    "property": ({}, ("statements", "property")),
    "event type": (event_types.EVENT_TYPE_DEFINITIONS, ("events", "type")),
    "event sub-type": (event_types.EVENT_SUBTYPES, ("events", "subtype")),
}


# How near to a place something happened, where the place is named already.
NEARNESS = {"at": "", "near": "near it", "in": "somewhere in it", "unknown": "how near is not said"}


def qualifier(property: str, role: str | None) -> str:
    """The role of a value as words: our terms for what happened and where; elsewhere the words of the claim."""
    if property == "place":
        return NEARNESS.get(role or "", plain(role))
    return plain(role) if property in ("participants", "names") else role or ""


def plain(term: str | None) -> str:
    """A term of a vocabulary as words."""
    return _WORDS.get(term or "") or (term or "").replace("_", " ").replace("-", " ")


def title(property: str) -> str:
    """A property as a heading."""
    found = _TITLES.get(property) or plain(property)
    return found[:1].upper() + found[1:]


def family(relation: str) -> str:
    """How two who are tied so stand to each other; a tie of a package's own making is another."""
    return _FAMILY.get(relation, "other")


def event_family(type: str) -> int:
    """Which of EVENT_FAMILIES an event type is; a type of a package's own making is among the others."""
    return _EVENT_FAMILY.get(type, len(EVENT_FAMILIES) - 1)


def place_of(property: str) -> tuple[int, str]:
    """Where a property stands among those of a record."""
    return ORDER.get(property, len(ORDER)), property


def when(text: str | None) -> str:
    """An EDTF text as people write dates: 11 May 2013, about 2012, 2011 or before, the 1970s."""
    if not text:
        return ""
    if "/" not in text:
        return _point(text)
    left, right = text.split("/", 1)
    if left == "..":
        return f"{_point(right)} or before"
    if right == "..":
        return f"{_point(left)} or later"
    return f"{_point(left)} to {_point(right)}"


def _point(text: str) -> str:
    core = text.rstrip("~")
    about = "about " if core != text else ""
    if core.endswith("X"):
        return f"{about}the {core[:-1]}0s"
    year, *rest = core.split("-")
    if not rest:
        return about + year
    if not (rest[0].isdigit() and 1 <= int(rest[0]) <= 12):
        return text
    month = MONTHS[int(rest[0]) - 1]
    return f"{about}{f'{int(rest[1])} ' if len(rest) > 1 and rest[1].isdigit() else ''}{month} {year}"


def count(number: int, noun: str, plural: str | None = None) -> str:
    """A number and what it counts."""
    return f"{number:,} {noun if number == 1 else plural or f'{noun}s'}"


def listed(items: Iterable[str], most: int = 3) -> str:
    """Items as a text: a, b, c and 4 more."""
    found = list(items)
    if len(found) <= most:
        return ", ".join(found)
    return f"{', '.join(found[:most])} and {len(found) - most:,} more"


def degrees(value: float, positive: str, negative: str) -> str:
    """A coordinate as a text: 35.5317° N."""
    return f"{abs(value):.4f}° {positive if value >= 0 else negative}"


def iso(value: Any) -> Any:
    """A cell as JSON and CSV hold it."""
    return value.isoformat() if isinstance(value, date) else value
