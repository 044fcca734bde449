"""An account in words: what each passage that is not exact was and is, and what rests on it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher

from ..model.passages import Passage
from ..model.problem import visible
from .account import Account, Fate

_SHOWN = 600


def told(
    key: str, account: Account, text: str, texts: Mapping[int, str], resting: Mapping[int, Sequence[str]]
) -> Iterator[str]:
    """Lines on an account. `texts` are old texts by number, where they are at hand, `resting` what rests on each."""
    passages = {row.number: row for row in account.passages if row.live}
    for fate in account.fates:
        if fate.state == "exact":
            continue
        if fate.state == "new":
            assert fate.new is not None
            yield f"{key}:{fate.number}: new, {_place(fate.new)}: “{shown(_said(text, fate.new))}”"
            continue
        yield f"{key}:{fate.number}: {_head(key, fate)}"
        if fate.state in ("changed", "gone"):
            yield from (f"  {line}" for line in _difference(fate, passages, text, texts))
        yield from (f"  on it rests {each}" for each in resting.get(fate.number, ()))


def _head(key: str, fate: Fate) -> str:
    if fate.equal:
        return f"changed: one of {fate.equal} equal sentences, and it is not sure which"
    after = " and ".join(f"{key}:{number}" for number in fate.became)
    if fate.state == "changed":
        return f"changed, likely into {after}"
    place = f", {_place(fate.new)}" if fate.new else ""
    return f"{fate.state}{place}"


def _difference(fate: Fate, passages: Mapping[int, Passage], text: str, texts: Mapping[int, str]) -> Iterator[str]:
    assert fate.old is not None
    after = [passages[number] for number in fate.became if number in passages]
    new = text[after[0].start : after[-1].end] if after else None
    if (old := texts.get(fate.number)) is None:
        yield f"was {_place(fate.old)}{_edges(fate.old)}; its words are shown only where the earlier text is at hand"
        if new is not None:
            yield f"is  {_place(after[0])}: “{shown(new)}”"
    elif new is None:
        yield f"was “{shown(old)}”"
    else:
        yield difference(old, new)


def difference(old: str, new: str) -> str:
    """Two wordings as one text: what is gone in [- -], what is new in {+ +}."""
    before, after = old.split(), new.split()
    found: list[str] = []
    for kind, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            found += before[a:b]
            continue
        found += [f"[-{' '.join(before[a:b])}-]"] if b > a else []
        found += [f"{{+{' '.join(after[c:d])}+}}"] if d > c else []
    return shown(" ".join(found))


def shown(text: str) -> str:
    """A text on one line, its end cut where it is long, with what a terminal would obey as escapes."""
    text = visible(" ".join(text.split()))
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]} …"


def _said(text: str, passage: Passage) -> str:
    return text[passage.start : passage.end]


def _place(passage: Passage) -> str:
    return f"at {passage.start}-{passage.end}"


def _edges(passage: Passage) -> str:
    edges = f", “{passage.opens} … {passage.closes}”" if passage.opens else ""
    return f"{edges}, {passage.end - passage.start} characters"
