"""Raw YAML, JSON Lines and CSV -> records, with the line and column of every value."""

from __future__ import annotations

import json
import re
import types
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from ..files import listing
from ..model import values
from ..model.claims import (
    WORDS3_PATTERN,
    WORDS8_PATTERN,
    Base,
    Id,
    Name,
    Number,
    Participant,
    Response,
    Text,
    Tie,
    optional,
    required,
)
from ..model.problem import Problem, Problems, near, visible
from ..model.records import ORDINALS_PATTERN, RECORDS, URL_PATTERN, AnyRecord, Passage, Record, Source
from ..yaml12 import Loc, Place, read_yaml, unwanted
from .passages import read_passages
from .text import MAX_CSV_BYTES, read_text

MOST = 100  # problems of one record: a slip that makes thousands is one slip


class Redirect(Base):
    """An id that was given up, and the one that took its place."""

    old: Id = required("id that is no longer used", "old-id")
    new: Id = required("id that took its place", "new-id")
    since: Text = required("release from which it holds", "2.0.0")
    reason: Text | None = optional("why", "The two were found to be one.")


class Redirects(Base):
    """All redirects."""

    redirects: list[Redirect] = required("ids given up", [])


class Entry(NamedTuple):
    """A record, its file, and where each of its values stands."""

    record: AnyRecord
    path: str
    marks: dict[Loc, Place]

    def problem(self, loc: Loc, code: str, what: str, fix: str) -> Problem:
        """A problem at the innermost known place of `loc`."""
        return Problem(self.path, *self.place(loc), code, what, fix)

    def place(self, loc: Loc) -> Place:
        """The innermost known place of `loc`."""
        while loc and loc not in self.marks:
            loc = loc[:-1]
        return self.marks.get(loc, (1, 1))


class Redirected(NamedTuple):
    """Where an id leads, and where its two ids stand."""

    new: str
    old_at: Place
    new_at: Place


class Corpus(NamedTuple):
    """Everything that is authored."""

    entries: dict[str, Entry]
    passages: dict[str, list[Passage]]
    redirects: dict[str, Redirected]
    problems: list[Problem]
    unread: set[str]

    def failed(self, key: str, suffix: str = ".yml") -> bool:
        """Whether a file of that name could not be read: what it holds is then not known to be missing."""
        return any(name.endswith((f"/{key}{suffix}", ".jsonl")) for name in self.unread)

    def of(self, kind: type[Record]) -> list[Entry]:
        """Entries of one class, by id."""
        return [entry for _, entry in sorted(self.entries.items()) if isinstance(entry.record, kind)]

    @property
    def sources(self) -> dict[str, Source]:
        """Sources by id."""
        return {entry.record.id: entry.record for entry in self.of(Source) if isinstance(entry.record, Source)}


def load(raw: Path) -> Corpus:
    """Read a `raw/` folder. What cannot be read is in `problems`; the rest is in `entries`."""
    corpus = Corpus({}, {}, {}, [], set())
    folders = {kind.folder: kind for kind in RECORDS}
    for each in listing(raw.parent, raw.name):
        path = raw / each.name
        if path.name == "redirects.yml":
            _read(corpus, raw, path, lambda p: _load_redirects(corpus, raw, p))
        elif path.name in folders:
            _load_folder(corpus, raw, path, folders[path.name])
        elif path.name not in ("README.md", "project.yml") and not path.name.startswith("."):
            corpus.problems.append(
                _unexpected(_name(raw, path), f"known are {', '.join(sorted(folders))}, project.yml, redirects.yml")
            )
    return corpus


def _load_folder(corpus: Corpus, raw: Path, path: Path, kind: type[Record]) -> None:
    try:
        files = listing(raw.parent, _name(raw, path))
    except OSError as error:
        corpus.unread.add(_name(raw, path))
        corpus.problems.append(_unreadable(_name(raw, path), error))
        return
    for each in files:
        _load_file(corpus, raw, path / each.name, kind)


def _load_file(corpus: Corpus, raw: Path, file: Path, kind: type[Record]) -> None:
    if file.name.startswith(".") or file.name == "README.md":
        return
    if file.suffix == ".csv" and kind is Source:
        _read(
            corpus, raw, file, lambda path: corpus.passages.update({path.stem: read_passages(path, _name(raw, path))})
        )
    elif file.suffix in (".yml", ".jsonl"):
        _read(corpus, raw, file, lambda path: _add(corpus, raw, path, kind))
    else:
        corpus.problems.append(_unexpected(_name(raw, file), "name it <id>.yml, or move it away"))


def _name(raw: Path, path: Path) -> str:
    return path.relative_to(raw.parent).as_posix()


def _unexpected(name: str, fix: str) -> Problem:
    return Problem(name, 1, 1, "unexpected-file", "no stage reads this", fix)


def _unreadable(name: str, error: OSError) -> Problem:
    return Problem(name, 1, 1, "unreadable", error.strerror or str(error), "make it a readable file in raw/")


def _read(corpus: Corpus, raw: Path, path: Path, load_one: Any) -> None:
    try:
        load_one(path)
    except Problems as found:
        corpus.unread.add(_name(raw, path))
        corpus.problems.extend(found.problems)
    except OSError as error:
        corpus.unread.add(_name(raw, path))
        corpus.problems.append(_unreadable(_name(raw, path), error))


def _load_redirects(corpus: Corpus, raw: Path, path: Path) -> None:
    name = _name(raw, path)
    for record, marks in parse_yaml_file(path, name, Redirects):
        for index, redirect in enumerate(record.redirects):
            old_at, new_at = (marks["redirects", index, key] for key in ("old", "new"))
            if first := corpus.redirects.get(redirect.old):
                what = f"{redirect.old} stands at line {first.old_at[0]} too"
                corpus.problems.append(
                    Problem(name, *old_at, "bad-redirect", what, "lead each old id straight to a record")
                )
            corpus.redirects.setdefault(redirect.old, Redirected(redirect.new, old_at, new_at))


def _add(corpus: Corpus, raw: Path, path: Path, kind: type[Record]) -> None:
    name = _name(raw, path)
    parse = parse_yaml_file if path.suffix == ".yml" else _parse_json_lines
    for record, marks in parse(path, name, kind):
        entry = Entry(record, name, marks)
        if path.suffix == ".yml" and record.id != path.stem:
            corpus.problems.append(
                entry.problem(("id",), "file-name-is-not-id", f"id is {record.id}", f"name the file {record.id}.yml")
            )
        if other := corpus.entries.get(record.id):
            corpus.problems.append(
                entry.problem(("id",), "id-clash", f"{other.path} has the id {record.id} too", "mint another id")
            )
        else:
            corpus.entries[record.id] = entry


# --- models ---------------------------------------------------------------------------------------


def _numeric_fields(model: type[BaseModel], seen: set[type[BaseModel]]) -> Iterator[str]:
    """Keys of whole and decimal numbers in a model and in those that it holds."""
    if model in seen:
        return
    seen.add(model)
    for name, field in model.model_fields.items():
        for kind in _leaves(field.annotation):
            if kind in (int, float):
                yield field.alias or name
            elif isinstance(kind, type) and issubclass(kind, BaseModel):
                yield from _numeric_fields(kind, seen)


def _leaves(annotation: Any) -> Iterator[Any]:
    args = get_args(annotation)
    if not args:
        yield annotation
    for arg in args:
        if isinstance(arg, type | types.GenericAlias | types.UnionType) or get_args(arg):
            yield from _leaves(arg)


_SEEN: set[type[BaseModel]] = set()
_MODELS: tuple[type[BaseModel], ...] = (*RECORDS, Name, Tie, Number, Participant, Response)
_KEYS = frozenset(field.alias or name for model in _MODELS for name, field in model.model_fields.items())
NUMBERS = frozenset(name for kind in RECORDS for name in _numeric_fields(kind, _SEEN))


def parse_yaml_file(path: Path, name: str, model: type[Any]) -> Iterator[tuple[Any, dict[Loc, Place]]]:
    """One YAML file as an instance of a model, with the place of every value. Raises Problems."""
    data, marks, keys = read_yaml(read_text(path, name), name, NUMBERS)
    if not isinstance(data, dict):
        raise Problems([Problem(name, 1, 1, "not-a-record", "no keys and values", "start with id: …")])
    yield _validate(model, data, name, marks, keys), marks


def _validate(model: type[Any], data: Any, name: str, marks: dict[Loc, Place], keys: dict[Loc, Place]) -> Any:
    try:
        return model.model_validate_json(json.dumps(data, ensure_ascii=False))
    except ValidationError as error:
        raise Problems(_explained(error, name, marks, keys)) from None


def _explained(error: ValidationError, name: str, marks: dict[Loc, Place], keys: dict[Loc, Place]) -> list[Problem]:
    """Problems of ours for what pydantic found in one record: of thousands the first, and how many there are."""
    details = error.errors(include_url=False)
    problems = [_explain(detail, name, marks, keys) for detail in details[: MOST + 1]]
    if len(details) > MOST:
        last = problems[MOST]
        problems[MOST] = last._replace(what=f"{last.what} (the last of {len(details):,} that is shown)")
    return problems


_UNICODE = re.compile(r"\\u([0-9a-fA-F]{4})")


def _parse_json_lines(path: Path, name: str, model: type[Any]) -> Iterator[tuple[Any, dict[Loc, Place]]]:
    problems: list[Problem] = []
    for number, line in enumerate(read_text(path, name, MAX_CSV_BYTES).split("\n"), 1):
        if not line:
            continue
        try:
            yield model.model_validate_json(line), {(): (number, 1)}
        except ValidationError as error:
            problems += _explained(error, name, {(): (number, 1)}, {})
        problems += _twice(line, name, number)
        # An escape hides from the reading of the text what this one finds.
        if "\\u" in line:
            for _, code, what, fix in unwanted(_UNICODE.sub(lambda found: chr(int(found[1], 16)), line)):
                problems.append(Problem(name, number, 1, code, what, fix))
    if problems:
        raise Problems(problems)


def _twice(line: str, name: str, number: int) -> list[Problem]:
    """Keys that stand twice in one object: pydantic keeps the last in silence."""
    found: list[Problem] = []

    def look(pairs: list[tuple[str, Any]]) -> None:
        keys = [key for key, _ in pairs]
        for key in sorted({key for key in keys if keys.count(key) > 1}):
            found.append(Problem(name, number, 1, "duplicate-key", f"{visible(key)} stands twice", "join the two"))

    try:
        json.loads(line, object_pairs_hook=look)
    except (ValueError, RecursionError):
        return []  # pydantic says what is wrong
    return found


_PATTERNS = {
    values.ID_PATTERN: "lower-case letters and digits joined by single hyphens",
    values.PASSAGE_PATTERN: "source:ordinal, such as wiki-sr:12",
    values.EDTF_PATTERN: "a date such as 2013, 2013-07, 2013-07-04, 2013~, 197X, 2013/2014-02 or ../2011",
    values.CELL_PATTERN: "one line of text that does not start with a space or = + - @",
    WORDS3_PATTERN: "no more than three words",
    WORDS8_PATTERN: "no more than eight words",
    ORDINALS_PATTERN: "an ordinal, or a range such as 4-7",
    URL_PATTERN: "an address that starts with https://",
}
_CODES = {
    "extra_forbidden": "unknown-key",
    "missing": "missing-key",
    "literal_error": "not-in-vocabulary",
    "string_pattern_mismatch": "malformed-value",
    "string_too_long": "too-long",
    "too_long": "too-long",
    "too_short": "too-short",
    "greater_than": "out-of-range",
    "greater_than_equal": "out-of-range",
    "less_than": "out-of-range",
    "less_than_equal": "out-of-range",
    "finite_number": "out-of-range",
    "json_invalid": "json-syntax",
}


def _explain(error: ErrorDetails, name: str, marks: dict[Loc, Place], keys: dict[Loc, Place]) -> Problem:
    """A problem of ours for an error of pydantic's, at the value, the key, or the mapping that lacks one."""
    loc = error["loc"]
    code = _CODES.get(error["type"], "wrong-type")
    place = keys.get(loc) if code == "unknown-key" else marks.get(loc)
    if code == "json-syntax" and (found := re.search(r"column (\d+)", str(error.get("ctx", {}).get("error")))):
        place = (marks[()][0], int(found[1]))
    outer = loc
    while place is None and outer:
        outer = outer[:-1]
        place = marks.get(outer)
    field = ".".join(str(part) for part in loc) or "the record"
    what, fix = _advice(code, error)
    return Problem(name, *(place or (1, 1)), code, f"{field}: {what}", fix)


def _advice(code: str, error: ErrorDetails) -> tuple[str, str]:
    context = error.get("ctx", {})
    given = error.get("input")
    kinds = {dict: "mapping", list: "list"}
    shown = (
        given[:60]
        if isinstance(given, str)
        else next((n for k, n in kinds.items() if isinstance(given, k)), repr(given))
    )
    if code == "unknown-key":
        key = str(error["loc"][-1])
        what = "not a key here" if key in _KEYS else f"no such key{near(key, _KEYS, cutoff=0.86)}"
        return what, "see raw/README.md for the keys of a record"
    if code == "missing-key":
        return "not there", "add it"
    if code == "not-in-vocabulary":
        terms = re.findall(r"'([^']*)'", context.get("expected", ""))
        return f"{shown} is not in its list{near(shown, terms)}", f"use one of {', '.join(terms)}"
    if code == "malformed-value":
        pattern = context.get("pattern", "")
        return f"'{shown}' is malformed", f"write {_PATTERNS.get(pattern, f'text that matches {pattern}')}"
    if code == "json-syntax":
        return "not JSON", "write one JSON object a line"
    message = error["msg"].lower()
    for theirs, ours in (("valid array", "valid list"), ("an object", "a mapping"), ("dictionary", "mapping")):
        message = message.replace(theirs, ours)
    fix = f"write [{shown}]" if error["type"] == "list_type" and isinstance(given, str) else "correct the value"
    return f"{shown}: {message}", fix
