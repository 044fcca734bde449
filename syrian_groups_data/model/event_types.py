"""Types of event: ACLED's six types and 25 sub-types, then ours."""

from __future__ import annotations

# ACLED's six types and 25 sub-types (ACLED Codebook), then ours.
ACLED_EVENT_TYPES: dict[str, dict[str, str]] = {
    "battles": {
        "armed-clash": "armed groups fight, or an armed actor's member is killed, and no territory changes hands",
        "government-regains-territory": "a government takes territory back",
        "non-state-actor-overtakes-territory": "a non-state actor takes territory",
    },
    "protests": {
        "peaceful-protest": "demonstration without violence or intervention",
        "protest-with-intervention": "demonstration that is dispersed without lethal force",
        "excessive-force-against-protesters": "demonstrators are killed or gravely hurt",
    },
    "riots": {
        "violent-demonstration": "demonstrators use violence",
        "mob-violence": "a crowd attacks others or property",
    },
    "explosions-remote-violence": {
        "chemical-weapon": "use of a chemical or toxic weapon",
        "air-drone-strike": "attack from the air",
        "suicide-bomb": "attack by an explosive that kills its carrier",
        "shelling-artillery-missile": "attack by artillery, mortars, rockets or missiles",
        "remote-explosive-landmine-ied": "attack by a mine, car bomb or other planted explosive",
        "grenade": "attack by a grenade or another hand-thrown explosive",
    },
    "violence-against-civilians": {
        "attack": "violence against people who are unarmed",
        "sexual-violence": "sexual violence",
        "abduction-forced-disappearance": "abduction or forced disappearance",
    },
    "strategic-developments": {
        "agreement": "agreement between groups",
        "arrests": "arrests",
        "change-to-group-activity": "a group is formed, joins, splits, moves or changes what it does",
        "disrupted-weapons-use": "an attack is foiled or weapons are seized",
        "headquarters-or-base-established": "a base is set up",
        "looting-property-destruction": "looting, seizure or destruction of property",
        "non-violent-transfer-of-territory": "territory changes hands without fighting",
        "other": "another development that matters",
    },
}
OUR_EVENT_TYPES: dict[str, dict[str, str]] = {
    "statement": {
        "accusation": "somebody accuses somebody",
        "claim-of-responsibility": "somebody says that it did it",
        "denial": "somebody says that it is not so",
        "threat": "threat, vow or ultimatum",
        "announcement": "something is made known",
        "call": "somebody is called upon to act",
        "interview": "interview",
        "report": "something is reported to have happened",
        "footage": "pictures are published",
        "other": "another statement",
    },
    "campaign": {
        "war": "war or conflict that holds other events",
        "offensive": "series of operations under one name",
        "uprising": "rising against those who rule",
        "fall-of-government": "a government falls",
    },
    "state-action": {
        "designation": "somebody is listed or classed",
        "warrant": "arrest warrant",
        "extradition-request": "demand that somebody be handed over",
        "investigation": "official inquiry",
        "curfew": "curfew",
        "aid": "aid by a state",
    },
    "movement": {
        "deployment": "forces are sent",
        "flight": "somebody flees",
        "meeting": "meeting, congress or summit",
        "demonstration-organised": "a demonstration is organised, whether or not it took place",
    },
    "incident": {
        "poisoning": "people are poisoned and the cause or agent is not stated",
        "other": "another happening whose cause or agent is not stated",
    },
}
EVENT_TYPES = ACLED_EVENT_TYPES | OUR_EVENT_TYPES
EVENT_TYPE_DEFINITIONS = {
    "battles": "fighting between organised armed groups (ACLED)",
    "protests": "public demonstration (ACLED)",
    "riots": "violent crowd (ACLED)",
    "explosions-remote-violence": "explosives, chemical weapons, strikes from afar (ACLED)",
    "violence-against-civilians": "violence against unarmed people (ACLED)",
    "strategic-developments": "non-violent doings of groups that matter (ACLED)",
    "statement": "something said in public (ours)",
    "campaign": "holds other events and is never plotted as one incident (ours)",
    "state-action": "act of a state that is neither fighting nor arrest (ours)",
    "movement": "people move or meet (ours)",
    "incident": "something happened whose cause or agent is not stated (ours)",
}
EVENT_SUBTYPES = {sub: text for subs in EVENT_TYPES.values() for sub, text in subs.items()} | {
    "other": "fits no other sub-type of its type"
}
