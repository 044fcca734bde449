"""Problems: one shape and one list of codes for everything that can be wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple


class Code(NamedTuple):
    """What a code means, and whether it only warns."""

    meaning: str
    warning: bool = False


CODES: dict[str, Code] = {
    # reading a file
    "unreadable": Code("The file cannot be opened, is no regular file, or is a link."),
    "unexpected-file": Code("raw/ holds a file or folder that no stage reads."),
    "file-too-large": Code("A record is larger than 1 MiB, or a list of passages larger than 16 MiB."),
    "not-utf-8": Code("The file is not UTF-8."),
    "byte-order-mark": Code("The file starts with a byte order mark."),
    "carriage-return": Code("Lines end in CR LF or CR."),
    "tab": Code("The file holds a tab, which YAML forbids as indentation."),
    "control-character": Code("The file holds a control character."),
    "bidi-control": Code("The file holds a control character that reorders text on screen."),
    "zero-width": Code("The file holds an invisible character."),
    "not-nfc": Code("The text is not in Unicode normal form C."),
    "yaml-syntax": Code("The file is not YAML."),
    "nested-too-deep": Code("Lists or mappings are nested more than 20 deep."),
    "scalar-too-long": Code("A value has more than 2,000 characters."),
    "duplicate-key": Code("A mapping has the same key twice."),
    "anchor-or-alias": Code("The file uses a YAML anchor or alias."),
    "tag": Code("The file uses a YAML tag or directive."),
    "many-documents": Code("The file holds more than one YAML document."),
    "empty-value": Code("A key has no value."),
    "dropped-text": Code("What stands behind # is no part of the value, and does not look like a comment."),
    "json-syntax": Code("A line is not JSON."),
    "csv-syntax": Code("A list of passages or changes has the wrong columns, or a cell of the wrong type."),
    "malformed-change": Code("A row of changes.csv has a cell that its column does not take."),
    # one record against its model
    "not-a-record": Code("The file does not hold a mapping of keys to values."),
    "unknown-key": Code("A key that the model does not have."),
    "missing-key": Code("A key that the model demands is not there."),
    "wrong-type": Code("A value of the wrong type: text, number, list or mapping."),
    "not-in-vocabulary": Code("A value that its closed list does not have."),
    "malformed-value": Code("A text that does not have the form that its field demands."),
    "too-long": Code("A text or list with more items than its field takes."),
    "too-short": Code("A list with fewer items than its field demands."),
    "term-taken": Code("raw/vocabulary.yml adds a term that is there already, or that cannot be a key."),
    "out-of-range": Code("A number outside the range of its field."),
    "file-name-is-not-id": Code("The file is not named after the record's id."),
    # records against each other
    "reserved-id": Code(
        "An id or text that analysis tools read as missing, a text that says nothing, or an id of which Windows makes no file."
    ),
    "id-clash": Code("Two records share an id."),
    "dangling-reference": Code("An id that no record has."),
    "wrong-type-reference": Code("An id of a record of another type than the field takes."),
    "relation-not-allowed": Code("A relation that a record of this type does not have."),
    "tie-to-itself": Code("A record is tied to itself."),
    "circular-tie": Code("Following part_of, parent or derived_from leads back to the record."),
    "tie-in-both-files": Code("A symmetric tie stands in the files of both of its sides."),
    "former-without-until": Code("A tie is in a former role, and no until says that it has ended."),
    "name-shared": Code("Two records of one type share a name.", warning=True),
    "no-plain-name": Code("Every name of a record is denied, alleged or an epithet: none can be its label."),
    "bad-identifier": Code("An identifier elsewhere is malformed, or another record has it too."),
    "bad-redirect": Code("A redirect leads nowhere, in a circle, to a source, or from an id that is in use."),
    "change-in-use": Code("A statement id stands as given up in changes.csv, and a record makes it."),
    "change-nowhere": Code("A row of changes.csv leads to a statement that no record makes."),
    "change-chain": Code("A row of changes.csv leads to an id that was given up itself."),
    "change-twice": Code("A statement id stands as given up in two rows of changes.csv."),
    # claims
    "value-or-described": Code("A claim needs either a value or a description of the actor."),
    "two-speakers": Code("A claim has both said_by and speaker."),
    "claimed-without-speaker": Code("A claim that a party makes about itself does not say who makes it."),
    "denied-without-speaker": Code("A denied claim does not say who denies it."),
    "reported-without-hedge": Code("A reported claim does not keep the word that hedges it."),
    "epithet-without-speaker": Code("An epithet or a name that takes sides has no speaker."),
    "speaker-is-publisher": Code("The speaker is the publisher of the source itself."),
    "said-in-is-no-statement": Code("said_in names an event that is not of type statement."),
    "value-twice": Code("A list of terms or ids holds the same one twice."),
    "delimiter-in-text": Code("A text that stands in lists holds a semicolon, which parts their items in CSV."),
    "duplicate-statement": Code("The same claim stands twice in one record."),
    "uncoded-value": Code("An attribute with a closed list has another value."),
    "impossible-date": Code("A date that no calendar has, after 2100, or an interval that ends before it starts."),
    "end-before-start": Code("since lies after until."),
    "low-above-high": Code("The low number is above the high one."),
    "number-without-value": Code("A number has neither bounds nor words, or bounds that its qualifier does not fit."),
    "casualty-without-class": Code("Killed, injured and the like need the class of the people counted."),
    "number-on-allegation": Code("An allegation that has an event carries a number."),
    "subtype-of-other-type": Code("A sub-type that belongs to another type of event."),
    "accuser-is-accused": Code("The accused is its own accuser."),
    "accused-is-participant": Code("Somebody merely accused stands among the participants of the event."),
    "event-after-source": Code("What is said to have happened is dated after the source that says so.", warning=True),
    "date-too-wide": Code("A single event is dated by an interval of more than a year.", warning=True),
    "place-without-gazetteer": Code("Coordinates, parent or code of a place lack gazetteer or precision."),
    "place-outside-parent": Code("A place lies farther from its parent than raw/project.yml allows.", warning=True),
    # claims read together
    "title-or-name": Code("A group has neither names nor a title, or both; one that is only described has a title."),
    "label-without-speaker": Code("A name takes sides, and nobody is credited with it."),
    "made-up-name": Code("A name says whose something is, and no note that it is a fixed designation.", warning=True),
    "ambiguous-toponym": Code("A division bears the name of a town in it, and no note parts the two.", warning=True),
    "precision-left-out": Code("An event lies at a settlement, and nobody wrote whether at, in or near it."),
    "part-of-description": Code("Something is part of a group that the texts only describe."),
    "judgement-as-fact": Code("A tie, number, date, place or participant is a judgement."),
    "alleged-without-accuser": Code("A claim outside of the accused is alleged, and nobody alleges it."),
    "surer-than-accusation": Code("The date of an allegation is asserted where its passage leaves it to an accuser."),
    "answer-from-elsewhere": Code("A response stands in another section, and no note ties it to this.", warning=True),
    "no-hedge-word": Code("A hedge holds no word that weakens.", warning=True),
    "via-without-speaker": Code("A claim has relays, and nobody from whom they have it."),
    "died-before-born": Code("A person died before birth, or a group ended before it was founded.", warning=True),
    "covers-nothing": Code("An answer covers a property of which the record has no claim, or disputes nothing."),
    "denial-without-reach": Code("A denial of an event does not say what of it is disputed.", warning=True),
    "answer-not-carried": Code(
        "A tie, a name or an attribute is alleged, and an answer to the accusation is not marked on it.", warning=True
    ),
    "event-twice": Code("Two events have kind, day, place and an actor in common.", warning=True),
    # evidence
    "no-passages": Code("A source has no list of passages, or a list has no source."),
    "list-not-bound": Code("A record does not say how its list of passages was made."),
    "list-of-another-document": Code("A list of passages was cut from another document than its record names."),
    "list-made-again": Code("A list of passages was deleted and made again, so that its numbers mean other sentences."),
    "list-changed": Code("A list of passages, or what its record says of it, was changed by hand."),
    "unknown-passage": Code("A citation or mention of a passage that its source does not have."),
    "passage-gone": Code("A citation or mention of a passage whose sentence changed or is gone: somebody must decide."),
    "passage-twice": Code("A claim names the same passage twice."),
    "passage-order": Code("Passages overlap, stand out of order, or have one number twice."),
    "span-beyond-snapshot": Code("A passage lies outside its snapshot, or its part of it."),
    "spans-overlap": Code("Two sources of one snapshot share a part of it.", warning=True),
    "snapshot-parted": Code("Of two sources of one snapshot only one is read from a later one.", warning=True),
    "kept-not-gone": Code("A passage is kept as it was read, and is not gone."),
    "cited-and-set-aside": Code("A passage is both cited and set aside, or set aside twice."),
    "set-aside-without-note": Code("A passage is out of scope and no note says why."),
    "mirror-without-origin": Code("A mirror does not say what it copies, or another source or version says so."),
    "supplied-without-value": Code("A field is listed as supplied and has no value."),
}

# Of built tables, found by validate.
TABLE_CODES: dict[str, Code] = {
    "bad-descriptor": Code("datapackage.json is missing, or is no data package."),
    "unsafe-path": Code("The descriptor names a file outside its folder."),
    "missing-file": Code("A file that the descriptor names cannot be read."),
    "hash-mismatch": Code("A file is not the one whose size and hash the descriptor names."),
    "wrong-columns": Code("The header of a CSV is not the one that the descriptor names."),
    "wrong-cells": Code("A row of a CSV has too many or too few cells, or cannot be read."),
    "required-missing": Code("A cell that must be filled is empty."),
    "wrong-cell-type": Code("A cell is not of its column's type."),
    "cell-not-in-vocabulary": Code("A cell holds a term that its closed list does not have."),
    "cell-malformed": Code("A cell does not have the form that its column demands."),
    "cell-out-of-range": Code("A number lies outside the range of its column."),
    "key-not-unique": Code("Two rows have the same key."),
    "broken-reference": Code("A cell points to a row that is not there."),
    "formats-differ": Code("The Parquet file of a table cannot be read, or does not say what its CSV says."),
}


class Problem(NamedTuple):
    """Something wrong: where, what, and what to do. Sorts by place."""

    path: str
    line: int
    column: int
    code: str
    what: str
    fix: str

    @property
    def warning(self) -> bool:
        """Whether it only warns."""
        return self.code in CODES and CODES[self.code].warning

    def __str__(self) -> str:
        label = "warning: " if self.warning else ""
        return visible(f"{self.path}:{self.line}:{self.column}: {self.code}: {label}{self.what}; {self.fix}")


class Problems(Exception):
    """All problems of one run, sorted."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = sorted(set(problems))
        super().__init__("\n".join(map(str, self.problems)))


class Environment(Exception):
    """The disk, the permissions, another build or a missing program stand in the way; the message says what holds now."""


def visible(text: str) -> str:
    """Text with every control and invisible character shown as an escape, so that a terminal does not obey it."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


ALIKE = 100  # problems of one kind in one file that are shown: a lost column would make thousands


def listed(problems: Iterable[Problem]) -> Iterator[str]:
    """Problems as lines; of many of one kind in one file the first, and how many more there are."""
    shown: Counter[tuple[str, str]] = Counter()
    for problem in problems:
        shown[problem.path, problem.code] += 1
        if shown[problem.path, problem.code] <= ALIKE:
            yield str(problem)
    for (path, code), count in shown.items():
        if count > ALIKE:
            yield visible(f"{path}: {code}: {count - ALIKE:,} more")


def near(word: str, words: Iterable[str], count: int = 3, cutoff: float = 0.6) -> str:
    """`, or did you mean …`, with the nearest words; empty where none is near."""
    from difflib import get_close_matches  # readers import this module, and have nothing to compare

    found = get_close_matches(word, sorted(words), count, cutoff)
    return f" (near: {', '.join(found)})" if found else ""


class Nearest:
    """What `near` says of many words, each looked up once; after LOOKS comparisons in all nothing more is offered."""

    LOOKS = 200_000  # a second or two: whoever misspelt thousands of ids has one cause to find, not thousands

    def __init__(self, words: Collection[str], cutoff: float = 0.6) -> None:
        self._words, self._cutoff, self._left = words, cutoff, self.LOOKS
        self._found: dict[str, str] = {}

    def __call__(self, word: str) -> str:
        """As `near`: empty where none is near, or too many were looked for."""
        if word not in self._found and self._left > 0:
            self._left -= len(self._words)
            self._found[word] = near(word, self._words, cutoff=self._cutoff)
        return self._found.get(word, "")
