"""The speaker of a claim that says only in which event it was said: whoever spoke there."""

from __future__ import annotations

from ..model.claims import Claim
from ..model.corpus import Corpus, Entry
from ..model.records import Event
from ..model.vocab import NEGATIVE

# Written for a claim in the source's own voice about what was said elsewhere.
OWN_VOICE = "source"


def inherited(corpus: Corpus) -> Corpus:
    """The corpus with every speaker resolved, before any rule looks at it and any id is made."""
    voices = {key: _voices(entry) for key, entry in corpus.entries.items() if isinstance(entry.record, Event)}
    return corpus._replace(entries={key: _resolved(entry, voices) for key, entry in corpus.entries.items()})


def resolved(corpus: Corpus, entry: Entry) -> Entry:
    """One record of which the speakers are not resolved yet, among others."""
    events = {key: each for key, each in corpus.entries.items() if isinstance(each.record, Event)}
    if isinstance(entry.record, Event):
        events[entry.record.id] = entry
    return _resolved(entry, {key: _voices(each) for key, each in events.items()})


def _voices(entry: Entry) -> dict[str, object]:
    """Who speaks in an event, as a claim has it: ids, or the one description."""
    assert isinstance(entry.record, Event)
    speakers = [each for each in entry.record.participants if each.role == "speaker" and each.standing not in NEGATIVE]
    ids = list(dict.fromkeys(each.value for each in speakers if each.value))
    if ids:
        return {"said_by": ids}
    described = list(dict.fromkeys(each.described for each in speakers if each.described))
    return {"speaker": described[0]} if len(described) == 1 else {}


def _resolved(entry: Entry, voices: dict[str, dict[str, object]]) -> Entry:
    changed: dict[str, list[object]] = {}
    for name, index, claim in entry.record.evidence():
        if not isinstance(claim, Claim):
            continue
        new: dict[str, object] = {}
        if claim.said_by == [OWN_VOICE]:
            new = {"said_by": []}
        elif claim.said_in and not (claim.said_by or claim.speaker):
            new = voices.get(claim.said_in, {})
        if new:
            items = changed.setdefault(name, list(getattr(entry.record, name)))
            items[index] = claim.model_copy(update=new)
    return entry._replace(record=entry.record.model_copy(update=changed)) if changed else entry
