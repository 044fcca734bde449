"""A raw/ folder -> a corpus: which files are read, and what is wrong with them as files."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from ..files import listing
from ..model.changes import Change
from ..model.claims import Base, Id, Text, optional, required
from ..model.corpus import LINES, Corpus, Entry, Loc, Place, Redirected
from ..model.models import models
from ..model.problem import Problem, Problems, visible
from ..model.project import Project
from ..model.records import Record, Source
from ..model.watch import Watch, unwatched
from .changes import CHANGES, read_changes
from .explain import NUMBERS, explained
from .inherit import inherited
from .passages import read_passages
from .text import read_lines, read_text
from .yaml12 import read_yaml, unwanted


class Redirect(Base):
    """An id that was given up, and the one that took its place."""

    old: Id = required("id that is no longer used", "old-id")
    new: Id = required("id that took its place", "new-id")
    since: Text = required("release from which it holds", "2.0.0")
    reason: Text | None = optional("why", "The two were found to be one.")


class Redirects(Base):
    """All redirects."""

    redirects: list[Redirect] = required("ids given up", [])


_OTHERS = ("README.md", "project.yml", "vocabulary.yml")


def load(raw: Path, project: Project = Project(), watch: Watch = unwatched) -> Corpus:  # noqa: B008  a tuple: it cannot change
    """Read a `raw/` folder. What cannot be read is in `problems`; the rest is in `entries`."""
    corpus = Corpus({}, {}, {}, [], set(), project=project)
    changes: list[tuple[Change, Place]] = []
    folders = {kind.folder: kind for kind in models(project.vocabulary).records}
    others = {*_OTHERS, *([Path(project.boundaries.path).name] if project.boundaries else [])}
    for each in listing(raw.parent, raw.name):
        path = raw / each.name
        if path.name == "redirects.yml":
            _read(corpus, raw, path, lambda p: _load_redirects(corpus, raw, p))
        elif path.name == CHANGES:
            _read(corpus, raw, path, lambda p: changes.extend(read_changes(p, _name(raw, p))))
        elif path.name in folders:
            _load_folder(corpus, raw, path, folders[path.name], watch)
        elif path.name not in others and not path.name.startswith("."):
            known = f"known are {', '.join(sorted(folders))}, project.yml, vocabulary.yml, redirects.yml, {CHANGES}"
            corpus.problems.append(_unexpected(_name(raw, path), known))
    return inherited(corpus._replace(changes=tuple(changes)))


def _load_folder(corpus: Corpus, raw: Path, path: Path, kind: type[Record], watch: Watch) -> None:
    try:
        files = listing(raw.parent, _name(raw, path))
    except OSError as error:
        corpus.unread.add(_name(raw, path))
        corpus.problems.append(_unreadable(_name(raw, path), error))
        return
    for each in watch(files, f"files of {path.name}"):
        _load_file(corpus, raw, path / each.name, kind, watch)


def _load_file(corpus: Corpus, raw: Path, file: Path, kind: type[Record], watch: Watch) -> None:
    if file.name.startswith(".") or file.name == "README.md":
        return
    if file.suffix == ".csv" and issubclass(kind, Source):
        _read(
            corpus, raw, file, lambda path: corpus.passages.update({path.stem: read_passages(path, _name(raw, path))})
        )
    elif file.suffix == ".yml" or file.name.endswith(LINES):
        _read(corpus, raw, file, lambda path: _add(corpus, raw, path, kind, watch))
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


def _add(corpus: Corpus, raw: Path, path: Path, kind: type[Record], watch: Watch) -> None:
    name = _name(raw, path)
    yml = path.suffix == ".yml"
    for record, marks in parse_yaml_file(path, name, kind) if yml else _parse_json_lines(path, name, kind, watch):
        entry = Entry(record, name, marks)
        if yml and record.id != path.stem:
            corpus.problems.append(
                entry.problem(("id",), "file-name-is-not-id", f"id is {record.id}", f"name the file {record.id}.yml")
            )
        if other := corpus.entries.get(record.id):
            corpus.problems.append(
                entry.problem(("id",), "id-clash", f"{other.path} has the id {record.id} too", "mint another id")
            )
        else:
            corpus.entries[record.id] = entry


def parse_yaml_file(
    path: Path, name: str, model: type[Any], numbers: frozenset[str] = NUMBERS
) -> Iterator[tuple[Any, dict[Loc, Place]]]:
    """One YAML file as an instance of a model, with the place of every value. Raises Problems."""
    yield parsed(read_text(path, name), name, model, numbers)


def parsed(text: str, name: str, model: type[Any], numbers: frozenset[str] = NUMBERS) -> tuple[Any, dict[Loc, Place]]:
    """The text of one YAML file as an instance of a model, with the place of every value. Raises Problems."""
    data, marks, keys = read_yaml(text, name, numbers)
    if not isinstance(data, dict):
        raise Problems([Problem(name, 1, 1, "not-a-record", "no keys and values", "start with id: …")])
    return _validate(model, data, name, marks, keys), marks


def _validate(model: type[Any], data: Any, name: str, marks: dict[Loc, Place], keys: dict[Loc, Place]) -> Any:
    try:
        return model.model_validate_json(json.dumps(data, ensure_ascii=False))
    except ValidationError as error:
        raise Problems(explained(error, name, model, marks, keys)) from None


_UNICODE = re.compile(r"\\u([0-9a-fA-F]{4})")


def _parse_json_lines(path: Path, name: str, model: type[Any], watch: Watch) -> Iterator[tuple[Any, dict[Loc, Place]]]:
    problems: list[Problem] = []
    try:
        for number, line in read_lines(path, name, watch):
            if not line:
                continue
            try:
                yield model.model_validate_json(line), {(): (number, 1)}
            except ValidationError as error:
                problems += explained(error, name, model, {(): (number, 1)}, {})
            problems += _twice(line, name, number)
            # An escape hides from the reading of the text what this one finds.
            if "\\u" in line:
                for _, code, what, fix in unwanted(_UNICODE.sub(lambda found: chr(int(found[1], 16)), line)):
                    problems.append(Problem(name, number, 1, code, what, fix))
    except Problems as found:  # of the text: it ends there
        problems += found.problems
    if problems:
        raise Problems(problems)


def _twice(line: str, name: str, number: int) -> list[Problem]:
    """Keys that stand twice in one object: pydantic keeps the last in silence."""
    found: list[Problem] = []

    def look(pairs: list[tuple[str, Any]]) -> None:
        if len(dict(pairs)) == len(pairs):
            return
        times = Counter(key for key, _ in pairs)
        for key in sorted(key for key in times if times[key] > 1):
            found.append(Problem(name, number, 1, "duplicate-key", f"{visible(key)} stands twice", "join the two"))

    try:
        json.loads(line, object_pairs_hook=look)
    except (ValueError, RecursionError):
        return []  # pydantic says what is wrong
    return found
