"""YAML 1.2 read strictly: every scalar is text, every value has its line and column."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import islice
from typing import Any

import yaml

from ..model.corpus import Loc, Place
from ..model.problem import Problem, Problems
from ..model.values import UNSEEN
from .slips import DROPPED, dropped, said, slip

MAX_DEPTH, MAX_SCALAR = 20, 2000
COMMA = "put a text that holds a comma in double quotation marks"
_NEAR = 3  # lines before the one at which a parser notices a slip

# --- characters that no record needs -------------------------------------------------------------

_FORBIDDEN = (
    ("byte-order-mark", re.compile("\\A\ufeff"), "save it as UTF-8 without a byte order mark"),
    ("carriage-return", re.compile("\r"), "save it with LF line ends"),
    ("tab", re.compile("\t"), "use spaces"),
    ("bidi-control", re.compile("[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]"), "delete it"),
    # Zero-width joiners belong between letters of scripts that join, and nowhere else.
    (
        "zero-width",
        re.compile(
            # One set of characters first, by which the engine skips all text that has none.
            f"[{UNSEEN}\ufe0e\ufe0f\ufeff\u200c\u200d]"
            f"(?:(?<=[{UNSEEN}])|(?<=\\s[\ufe0e\ufe0f])|(?<=\ufeff)(?<!\\A\ufeff)"
            "|(?<=[\u200c\u200d])(?:(?<![\u0600-\u06ff].)|(?![\u0600-\u06ff])))"
        ),
        "delete it",
    ),
    (
        "control-character",
        re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufff0-\ufffb\ufffe\uffff]"),
        "delete it",
    ),
)


def unwanted(text: str) -> Iterator[tuple[int, str, str, str]]:
    """Characters that hide, reorder or break text: place, code, what, fix. At most 100 of a kind."""
    for code, pattern, fix in _FORBIDDEN:
        # Line ends are wrong in the whole file, or nowhere.
        for found in islice(pattern.finditer(text), 1 if code == "carriage-return" else 100):
            yield found.start(), code, f"U+{ord(found.group()):04X}", fix
    if not unicodedata.is_normalized("NFC", text):
        same = zip(text, unicodedata.normalize("NFC", text), strict=False)
        at = next((i for i, (a, b) in enumerate(same) if a != b), len(text) - 1)
        while at and unicodedata.combining(text[at]):
            at -= 1
        yield at, "not-nfc", "a letter is written in parts", "normalise it to NFC"


# --- YAML ----------------------------------------------------------------------------------------


_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]{0,14})")
_FLOAT = re.compile(r"-?(?:0|[1-9][0-9]{0,3})\.[0-9]{1,12}")
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})


def read_yaml(
    text: str, name: str, numbers: frozenset[str] = frozenset()
) -> tuple[Any, dict[Loc, Place], dict[Loc, Place]]:
    """Data, the place of every value, and the place of every key, of one YAML 1.2 document.

    Every scalar is text, except plain numbers under the keys in `numbers`. Raises Problems for
    syntax, duplicate keys, anchors, aliases, tags, directives, depth, length and empty values.
    """
    reader = _YamlReader(name, numbers, text)
    try:
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            reader.take(event)
    except yaml.MarkedYAMLError as error:
        if not any(problem.code == "dropped-text" for problem in reader.problems):  # which may be all that is wrong
            reader.problems.append(reader.syntax(error))
    except (yaml.YAMLError, ValueError) as error:
        reader.problems.append(Problem(name, 1, 1, "yaml-syntax", *said(str(error).splitlines()[0])))
    if reader.problems:
        raise Problems(reader.problems)
    return reader.root, reader.marks, reader.key_marks


class _YamlReader:
    """Builds data from parser events without recursion: nesting cannot exhaust the stack."""

    def __init__(self, name: str, numbers: frozenset[str], text: str) -> None:
        self.name, self.numbers, self.lines = name, numbers, text.split("\n")
        self.root: Any = None
        self.marks: dict[Loc, Place] = {}
        self.key_marks: dict[Loc, Place] = {}
        self.problems: list[Problem] = []
        self.documents = 0
        self.stack: list[tuple[dict[str, Any] | list[Any], Loc]] = []
        self.key: str | None = None

    def fail(self, event: Any, code: str, what: str, fix: str) -> None:
        mark = event.start_mark
        self.problems.append(Problem(self.name, mark.line + 1, mark.column + 1, code, what, fix))

    def syntax(self, error: yaml.MarkedYAMLError) -> Problem:
        """What the parser objects to, or the slip near it that made it do so."""
        mark = error.problem_mark or error.context_mark
        if mark is None:
            what, fix = said(error.problem or error.context or "not YAML")
            return Problem(self.name, 1, 1, "yaml-syntax", what, fix)
        first = min(error.context_mark.line if error.context_mark else mark.line, mark.line - 1)
        for line in range(min(mark.line, len(self.lines) - 1), max(first, mark.line - _NEAR, 0) - 1, -1):
            if found := slip(self.lines[line]):
                return Problem(self.name, line + 1, found.column, "yaml-syntax", found.what, found.fix)
        what, fix = said(error.problem or error.context or "not YAML")
        return Problem(self.name, mark.line + 1, mark.column + 1, "yaml-syntax", what, fix)

    def take(self, event: Any) -> None:
        if isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if event.version or event.tags:
                self.fail(event, "tag", "a directive", "delete the line that starts with %")
            if self.documents > 1:
                self.fail(event, "many-documents", "a second document", "write one record a file, without ---")
        elif isinstance(event, yaml.AliasEvent):
            self.fail(event, "anchor-or-alias", f"alias *{event.anchor}", "write the value out")
            self.put(event, "")
        elif isinstance(event, yaml.NodeEvent):
            self.node(event)
        elif isinstance(event, yaml.SequenceEndEvent | yaml.MappingEndEvent):
            self.stack.pop()

    def node(self, event: Any) -> None:
        if event.anchor:
            self.fail(event, "anchor-or-alias", f"anchor &{event.anchor}", "write the value out where it is used")
        if event.tag is not None:
            self.fail(event, "tag", f"tag {event.tag}", "delete it")
        if isinstance(event, yaml.ScalarEvent):
            self.scalar(event)
            return
        container: dict[str, Any] | list[Any] = [] if isinstance(event, yaml.SequenceStartEvent) else {}
        if self.expects_key():
            self.fail(event, "yaml-syntax", "a list or mapping as a key", "use a word as the key")
            self.key = ""
        loc = self.put(event, container)
        self.stack.append((container, loc))
        if len(self.stack) > MAX_DEPTH:
            self.fail(event, "nested-too-deep", f"more than {MAX_DEPTH} levels", "no record needs so many")
            raise Problems(self.problems)

    def expects_key(self) -> bool:
        return bool(self.stack) and isinstance(self.stack[-1][0], dict) and self.key is None

    def scalar(self, event: Any) -> None:
        text = event.value
        if len(text) > MAX_SCALAR:
            self.fail(event, "scalar-too-long", f"{len(text):,} characters", f"shorten it to {MAX_SCALAR:,}")
        if event.style == '"':  # an escape hides from the reading of the text what this one finds
            for _, code, what, fix in unwanted(text):
                self.fail(event, code, what, fix)
        if self.expects_key():
            self.start_key(event, text)
            return
        plain = not event.style
        if plain and text in _NULLS:
            self.empty(event)
        elif plain and self.commented(event.end_mark):
            self.fail(event, "dropped-text", *DROPPED)
        value: Any = text
        if plain and self.key in self.numbers:
            value = int(text) if _INTEGER.fullmatch(text) else float(text) if _FLOAT.fullmatch(text) else text
        self.put(event, value)

    def empty(self, event: Any) -> None:
        """A key without a value: often a number or a key that a comma or a missing space has cut."""
        key = self.key or ""
        if key.isdecimal():
            self.fail(event, "empty-value", f"a comma before {key} ends the number", "write numbers without commas")
        elif found := slip(f"{{{key}"):
            self.fail(event, "empty-value", found.what, found.fix)
        elif self.stack and self.cut_off(key):
            self.fail(event, "empty-value", f"no value for {key[:60]}: in braces a comma parts keys", COMMA)
        else:
            self.fail(event, "empty-value", "no value", f"leave the {'key' if key else 'item'} out")

    def cut_off(self, key: str) -> bool:
        """Whether no colon follows on the last key, as where a comma in a text parts the words before it from those after."""
        at = self.key_marks.get((*self.stack[-1][1], key))
        if at is None:  # it is an item of a list
            return False
        after = self.lines[at[0] - 1][at[1] - 1 :].removeprefix(key).lstrip()
        return not after.startswith((":", '"', "'"))

    def commented(self, end: Any) -> bool:
        """Whether a comment follows on a value that may be a part of it."""
        return end.line < len(self.lines) and dropped(self.lines[end.line], end.column)

    def start_key(self, event: Any, text: str) -> None:
        mapping, loc = self.stack[-1]
        first = self.key_marks.get((*loc, text))
        if text in mapping and first and not text.isdecimal():
            self.fail(event, "duplicate-key", f"{text} stands at line {first[0]} too", "join the two")
        self.key = text
        self.key_marks[(*loc, text)] = (event.start_mark.line + 1, event.start_mark.column + 1)

    def put(self, event: Any, value: Any) -> Loc:
        loc: Loc = ()
        if not self.stack:
            self.root = value
        else:
            container, parent = self.stack[-1]
            if isinstance(container, list):
                loc = (*parent, len(container))
                container.append(value)
            else:
                loc = (*parent, self.key or "")
                container[self.key or ""] = value
                self.key = None
        self.marks[loc] = (event.start_mark.line + 1, event.start_mark.column + 1)
        return loc
