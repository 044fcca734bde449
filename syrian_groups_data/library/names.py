"""Names that are known before any data is read, for editors and type checkers. A test holds them to the vocabularies."""

from __future__ import annotations

from typing import Literal

TableName = Literal[
    "sources", "passages", "entities", "statements", "citations", "names", "groups", "people", "places", "relations",
    "attributes", "estimates", "events", "participants", "allegations", "parties", "responses", "timeline", "ledger",
    "changes",
]  # fmt: skip

PropertyName = Literal[
    "names", "part_of", "successor_of", "offshoot_of", "same_as", "allied_with", "opposed_to", "rival_of",
    "coordinates_with", "affiliated_with", "supports", "finances", "supplies", "controls", "designated_by", "led_by",
    "founded_by", "member_of", "kin_of", "born_in", "citizen_of", "based_in", "operates_in", "recruits_from", "claims",
    "located_in", "ideology", "position", "goal", "view", "activity", "tactic", "weapon", "command", "status",
    "funding", "composition", "occupation", "community", "assessment", "background", "founded", "dissolved", "active",
    "born", "died", "date", "strength", "recruits", "deployed", "financed", "killed", "injured", "casualties",
    "captured", "missing", "affected", "losses", "attendance", "population", "count", "occurred", "place",
    "participants", "accused", "responses",
]  # fmt: skip

StandingName = Literal["asserted", "claimed", "judged", "reported", "alleged", "denied", "refuted"]
