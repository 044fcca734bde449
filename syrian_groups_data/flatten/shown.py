"""What a wide table, whose rows have no standing for each value, may say of a record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from ..model.claims import Tie
from ..model.contest import affirmative
from ..model.ends import Span, ended
from ..model.records import Record
from .view import View


def text(claim: Any) -> str | None:
    """What is shown of a claim, where there is one to show."""
    return claim.value if claim else None


def date(view: View, record: Record, name: str) -> str | None:
    """The date to show of an event or allegation."""
    return text(view.best(record, getattr(record, name)))


def told(view: View, record: Record, name: str) -> Any:
    """The claim to show of a group or person: neither its own word nor what has ended."""
    return view.best(record, [claim for claim in getattr(record, name) if not (_own(record, claim) or claim.until)])


def _own(record: Record, claim: Any) -> bool:
    """Whether only the party itself says it, or, of a tie, one of the two."""
    sides = {record.id, claim.value} if isinstance(claim, Tie) else {record.id}
    return claim.standing == "claimed" or bool(claim.said_by and set(claim.said_by) <= sides)


def ties(record: Record, name: str, beside: Iterable[Span] = ()) -> list[Tie]:
    """Ties that a wide table may show: stated plainly or with a hedge, by others than the two, and not ended.

    `beside` is what other records say of the same ties: it ends them too.
    """
    found: list[Tie] = getattr(record, name)
    over = ended([*(_span(claim) for claim in found if affirmative(claim)), *beside])
    plain = [claim for claim in found if claim.standing in ("asserted", "reported") and not _own(record, claim)]
    return [claim for claim in plain if _span(claim) not in over]


def _span(claim: Tie) -> Span:
    return Span(claim.text, claim.role, claim.since, claim.until)


# What two records tell of whoever leads a group: an end in one of them is an end.
_BESIDE = {"led_by": "member_of", "member_of": "led_by"}


def _beside(view: View, record: Record, name: str) -> Iterator[Span]:
    for other in {claim.value for claim in getattr(record, name)}:
        for claim in getattr(view.records.get(other or ""), _BESIDE[name], []):
            # Who no longer leads a group may stay in it; who has left it leads it no longer.
            if claim.value == record.id and affirmative(claim) and (claim.role or name == "led_by"):
                yield Span(other, claim.role, claim.since, claim.until)


def undisputed(view: View, record: Record, name: str) -> list[str]:
    """Ids of all to whom a record is tied."""
    bad = {id(each.claim) for each in view.of(record.id, name) if each.contested}
    return [
        claim.value for claim in ties(record, name, _beside(view, record, name)) if claim.value and id(claim) not in bad
    ]


def tied(view: View, record: Record, name: str, role: str | None = None) -> str | None:
    """Whom a record is tied to: the preferred one, or the one; None where there are several, or it is contested."""
    claims = [claim for claim in ties(record, name) if role in (None, claim.role)]
    preferred = [claim.value for claim in claims if claim.preferred]
    one = len({claim.text for claim in claims}) == 1 and not any(s.contested for s in view.of(record.id, name))
    return preferred[0] if preferred else claims[0].value if one else None
