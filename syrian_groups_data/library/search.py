"""Records by words of any name, in any spelling: what matched, how closely, and who says that it is a name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from ..model.fold import bones, fold, heard, sounds, together
from .columns import column
from .entities import Entity
from .names import StandingName

Readings = frozenset[str]
_SMALL = frozenset(["of", "the", "and", "for", "in"])  # words that nobody looks for
_LONG = 4  # sounds by which a word is found in a title
_MOST = 8  # words that are compared by sound
_FEW = 3  # letters from which on a word may be the beginning of another


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A name of a record, as a search looks at it. `role` and what follows are None for a title or label of ours."""

    entity_id: str = column()
    text: str = column("name")
    role: str | None = column(default=None)
    standing: StandingName | None = column(default=None)
    hedge: str | None = column(default=None)
    said_by: str | None = column(default=None)
    speaker: str | None = column(default=None)
    contested: bool | None = column(default=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A record that was found, and the name by which: `closeness` is one of name, words, initials, beginnings, sound, letters."""

    entity: Entity
    name: Name
    closeness: str

    @property
    def told(self) -> str:
        """What a reader must know of the name: that it is none of ours, and who says so; nothing for a plain one."""
        name = self.name
        if name.standing is None or (name.standing == "asserted" and name.role != "epithet" and not name.contested):
            return ""
        hedge = f" “{name.hedge}”" if name.hedge else ""
        by = f" by {name.said_by or name.speaker}" if name.said_by or name.speaker else ""
        return f"{name.role or 'name'}, {name.standing}{hedge}{by}{', contested' if name.contested else ''}"


class _Text:
    """A name, or a text that is looked for, as it is compared. What it sounds like is worked out when it is asked for."""

    def __init__(self, text: str, prose: bool = False) -> None:
        self._text, self.prose = text, prose
        self.whole = fold(text)
        words = self.whole.split()
        self.words = set(words) - _SMALL or set(words)

    @cached_property
    def joined(self) -> str:
        return self.whole.replace(" ", "")

    @cached_property
    def content(self) -> list[tuple[str, tuple[str, ...]]]:
        """Its words without particles, each with how it is written as one with the next."""
        return together(heard(self._text))

    @cached_property
    def sounds(self) -> list[Readings]:
        return [_told(sounds(word)) for word, _ in self.content]

    @cached_property
    def letters(self) -> list[Readings]:
        return [bones(each) for each in self.sounds]

    def pair(self, place: int) -> Readings:
        """What a word sounds like that is written as one with the next."""
        return _told(frozenset[str]().union(*map(sounds, self.content[place][1])))


def _told(readings: Readings) -> Readings:
    """Readings by which a word is known: a lone consonant, which too many share, only where there is no other."""
    return frozenset(each for each in readings if len(each) > 1) or readings


def _name(asked: _Text, name: _Text) -> bool | None:
    return True if asked.joined == name.joined else None


def _words(asked: _Text, name: _Text) -> bool | None:
    return False if asked.words <= name.words else None


def _initials(asked: _Text, name: _Text) -> bool | None:
    words = name.whole.split()
    few = [word for word in words if word not in _SMALL]
    same = len(words) > 1 and asked.whole in ("".join(word[0] for word in each) for each in (words, few))
    return True if same else None


def _beginnings(asked: _Text, name: _Text) -> bool | None:
    begun = all(len(each) >= _FEW and any(word.startswith(each) for word in name.words) for each in asked.words)
    return False if begun else None


def _sound(asked: _Text, name: _Text) -> bool | None:
    # Of many words in a sentence one sounds like any short one.
    if name.prose and min((len(each) for word in asked.sounds for each in word), default=0) < _LONG:
        return None
    if all(max(map(len, word), default=0) < 2 for word in asked.sounds):  # a lone consonant is shared by too many
        return None
    return _alike(asked, name, asked.sounds, name.sounds, lambda readings: readings)


def _letters(asked: _Text, name: _Text) -> bool | None:
    # Two consonants of one word, or one of each of several, are shared by too many names.
    least = 3 if len(asked.letters) == 1 else 2
    mine = [frozenset(each for each in word if len(each) >= least) for word in asked.letters]
    if name.prose or not mine or not all(mine):
        return None
    return _alike(asked, name, mine, name.letters, bones)


def _alike(
    asked: _Text, name: _Text, mine: list[Readings], theirs: list[Readings], heard_as: Callable[[Readings], Readings]
) -> bool | None:
    """Whether each word of a text is another word of a name; in both, two that follow one another may be written as one."""

    def spans(word: Readings) -> Iterator[frozenset[int]]:
        for place, each in enumerate(theirs):
            if not word.isdisjoint(each):
                yield frozenset([place])
            elif (
                place + 1 < len(theirs)
                and any(one.startswith(start) for one in word for start in each)  # else there is no need to work it out
                and not word.isdisjoint(heard_as(name.pair(place)))
            ):
                yield frozenset([place, place + 1])

    def rest(place: int, used: frozenset[int]) -> bool:
        if place == len(mine):
            return True
        words = {place + 1: mine[place]}
        if place + 1 < len(mine):
            words[place + 2] = heard_as(asked.pair(place))
        free = ((end, next(filter(used.isdisjoint, spans(word)), None)) for end, word in words.items())
        return any(span is not None and rest(end, used | span) for end, span in free)

    return len(mine) == len(theirs) if 0 < len(mine) <= _MOST and rest(0, frozenset()) else None


# How closely a name matches, best first: whether the text is the whole of it, or None where it does not match so.
CLOSENESS: dict[str, Callable[[_Text, _Text], bool | None]] = {
    "name": _name, "words": _words, "initials": _initials, "beginnings": _beginnings, "sound": _sound, "letters": _letters,
}  # fmt: skip


_ROLES = {None: 0, "primary": 0, "epithet": 2}


class Index:
    """All names of a release."""

    def __init__(self, names: Iterable[Name]) -> None:
        self._names: dict[str, list[Name]] = {}
        for name in names:
            self._names.setdefault(name.text, []).append(name)
        self._texts = {
            # An epithet is as little to be guessed as a word of a title: a town that sounds like it is not meant.
            text: _Text(text, prose=all(name.role in (None, "epithet") for name in names))
            for text, names in self._names.items()
        }

    def find(self, text: str) -> list[tuple[Name, str]]:
        """For each record that has all words of a text in one of its names: the best such name, and how close it is.

        Best record first: the closest, then those whose whole name it is, names before aliases and these before
        epithets, short before long.
        What shares nothing but letters is given where it is a whole name, or nothing else is found.
        """
        if not isinstance(text, str):
            raise TypeError(f"find takes text, not {text!r}")
        asked = _Text(text)
        found: dict[str, tuple[tuple[int, bool, int, int, str], Name, str]] = {}
        for rank, (closeness, matches) in enumerate(CLOSENESS.items() if asked.words else ()):
            last = closeness == "letters" and bool(found)
            for each, known in self._texts.items():
                if (whole := matches(asked, known)) is not None and (whole or not last):
                    for name in self._names[each]:
                        place = (rank, not whole, _ROLES.get(name.role, 1), len(known.whole), name.entity_id)
                        if name.entity_id not in found or place < found[name.entity_id][0]:
                            found[name.entity_id] = place, name, closeness
        return [(name, closeness) for _, name, closeness in sorted(found.values(), key=lambda each: each[0])]
