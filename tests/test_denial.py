"""What a denial reaches, both ways: not a claim that it does not deny, and every one that it does."""

from __future__ import annotations

from typing import Any

import pytest

from syrian_groups_data.model.claims import (
    Attribute,
    Dated,
    Evidence,
    Happening,
    Location,
    Name,
    Number,
    Participant,
    Response,
    Tie,
)
from syrian_groups_data.model.contest import contested

DENIED: dict[str, Any] = {"standing": "denied", "said_by": ["guard"]}


def around(place: str) -> list[str]:
    return {"town": ["town", "land"], "square": ["square", "town", "land"]}.get(place, [place])


def make(kind: type[Any], **fields: Any) -> Any:
    return kind.model_validate({"cite": ["a:1"], **fields})


def reaches(name: str, denied: Evidence, claim: Evidence) -> bool:
    found = contested([(name, claim), (name, denied)], around)
    assert found in (set(), {0}), "a denial is not contested itself"
    return found == {0}


def number(low: int, **more: Any) -> Any:
    return make(Number, **{"low": low, "high": low, "class": "civilians", **more})


def part(role: str, **more: Any) -> Any:
    return make(Participant, value="guard", role=role, **more)


def tie(**more: Any) -> Any:
    return make(Tie, **{"value": "front", **more})


def name(value: str, **more: Any) -> Any:
    return make(Name, value=value, lang="en", **more)


@pytest.mark.parametrize(
    ("property", "denied", "claim", "expected"),
    [
        # the part in an event
        ("participants", part("agent", **DENIED), part("agent"), True),
        ("participants", part("agent", **DENIED), part("agent", side="government"), True),
        ("participants", part("agent", **DENIED), part("victim"), False),
        ("participants", part("victim", harm="killed", **DENIED), part("victim", harm="injured"), False),
        ("participants", part("victim", harm="killed", **DENIED), part("victim"), False),
        ("participants", part("victim", **DENIED), part("victim", harm="killed"), True),
        # numbers
        ("killed", number(12, **DENIED), number(12), True),
        ("killed", number(12, **DENIED), number(12, qualifier="about"), True),
        ("killed", number(12, **DENIED), number(12, **{"class": "fighters"}), False),
        ("killed", number(12, **DENIED), number(13), False),
        ("killed", number(12, of="front", **DENIED), number(12, of="guard"), False),
        ("killed", number(12, of="front", **DENIED), number(12), False),
        ("killed", number(12, **DENIED), number(12, of="front"), True),
        ("killed", number(12, as_of="2014", **DENIED), number(12, as_of="2015"), False),
        ("killed", number(12, as_of="2014", **DENIED), number(12, as_of="2014-05"), True),
        ("killed", number(12, as_of="2014", **DENIED), number(12), True),
        ("count", number(12, unit="days", **DENIED), number(12), False),
        (
            "killed",
            make(Number, qualifier="worded", words="many", **DENIED),
            make(Number, qualifier="worded", words="some"),
            False,
        ),
        (
            "killed",
            make(Number, qualifier="worded", words="many", **DENIED),
            make(Number, qualifier="worded", words="many"),
            True,
        ),
        # ties
        ("part_of", tie(since="2024", until="2024", **DENIED), tie(since="2015", until="2015"), False),
        ("part_of", tie(since="2024", until="2024", **DENIED), tie(since="2015"), True),
        ("part_of", tie(since="2024", until="2024", **DENIED), tie(), True),
        ("part_of", tie(**DENIED), tie(since="2015", until="2015", role="wing"), True),
        ("part_of", tie(role="wing", **DENIED), tie(), False),
        ("part_of", tie(role="wing", **DENIED), tie(role="Wing"), True),
        ("part_of", tie(**DENIED), tie(value="guard"), False),
        (
            "part_of",
            make(Tie, described="an army in the south", **DENIED),
            make(Tie, described="An army in the South"),
            True,
        ),
        # names, words, dates, places
        ("names", name("Guard", **DENIED), name("Guard"), True),
        ("names", name("Guard", role="former", **DENIED), name("Guard"), False),
        ("names", name("Guard", **DENIED), name("Front"), False),
        ("goal", make(Attribute, value="Peace", **DENIED), make(Attribute, value="Peace"), True),
        ("goal", make(Attribute, value="Peace", **DENIED), make(Attribute, value="War"), False),
        ("died", make(Dated, value="2016", **DENIED), make(Dated, value="2016-03-29"), True),
        ("died", make(Dated, value="2016-03-29", **DENIED), make(Dated, value="2016"), False),
        ("died", make(Dated, value="../2016", **DENIED), make(Dated, value="2015"), True),
        ("died", make(Dated, value="2016", **DENIED), make(Dated, value="2017"), False),
        ("place", make(Location, value="town", **DENIED), make(Location, value="square"), True),
        ("place", make(Location, value="town", **DENIED), make(Location, value="land"), False),
        ("place", make(Location, value="town", **DENIED), make(Location, value="town", precision="in"), True),
        ("place", make(Location, value="town", **DENIED), make(Location, value="town", precision="near"), False),
    ],
)
@pytest.mark.parametrize("standing", ["denied", "refuted"])
def test_a_denied_claim_reaches_the_same_claim(
    property: str, denied: Any, claim: Any, expected: bool, standing: str
) -> None:
    assert reaches(property, denied.model_copy(update={"standing": standing}), claim) is expected


def test_a_denied_claim_reaches_no_other_property() -> None:
    denied = ("injured", number(12, **DENIED))
    assert contested([("killed", number(12)), denied], around) == set()


def event() -> list[tuple[str, Evidence]]:
    return [
        ("occurred", make(Happening)),
        ("date", make(Dated, value="2014-03-02")),
        ("place", make(Location, value="town")),
        ("participants", part("agent")),
        ("killed", number(12)),
        ("weapon", make(Attribute, value="Rifles")),
        ("assessment", make(Attribute, value="A turning point", standing="judged")),
    ]


def names(claims: list[tuple[str, Evidence]]) -> set[str]:
    return {claims[i][0] for i in contested(claims, around)}


def test_a_denied_event_takes_with_it_what_hangs_on_it() -> None:
    assert names(event()) == set()
    denied = [*event(), ("occurred", make(Happening, **DENIED))]
    assert names(denied) == {"occurred", "participants", "killed", "weapon"}


def test_an_answer_reaches_what_it_covers_and_nothing_else() -> None:
    def answered(**more: Any) -> set[str]:
        response = make(Response, by="guard", **{"stance": "denies", **more})
        return names([*event(), ("responses", response)])

    assert answered() == set()
    assert answered(covers=[]) == set()
    assert answered(covers=["killed"]) == {"killed"}
    assert answered(covers=["occurred", "killed", "participants"]) == {"occurred", "killed", "participants"}
    assert answered(covers=["killed"], stance="doubts") == {"killed"}
    # A confirmation disputes nothing, and an answer that was never given neither.
    assert answered(covers=["killed"], stance="confirms") == set()
    assert answered(covers=["killed"], standing="denied") == set()
