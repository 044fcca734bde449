"""What is authored, read into memory: records with the line and column of every value."""

from __future__ import annotations

from typing import NamedTuple

from .changes import Change
from .passages import Passage
from .problem import Problem
from .project import Project
from .records import AnyRecord, Record, Source
from .vocabulary import Vocabulary

LINES = (".jsonl", ".jsonl.gz", ".jsonl.zst")  # ends of the names of files that hold many records
Loc = tuple[str | int, ...]
Place = tuple[int, int]


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
    changes: tuple[tuple[Change, Place], ...] = ()
    project: Project = Project()

    @property
    def vocabulary(self) -> Vocabulary:
        """The terms in which the records are written."""
        return self.project.vocabulary

    def failed(self, key: str, suffix: str = ".yml") -> bool:
        """Whether a file of that name, or a folder, could not be read: what it holds is then not known to be missing."""
        return any(name.endswith((f"/{key}{suffix}", *LINES)) or "." not in name for name in self.unread)

    def of(self, kind: type[Record]) -> list[Entry]:
        """Entries of one class, by id."""
        found = {key: entry for key, entry in self.entries.items() if isinstance(entry.record, kind)}
        return [found[key] for key in sorted(found)]

    @property
    def sources(self) -> dict[str, Source]:
        """Sources by id."""
        found = {key: entry.record for key, entry in self.entries.items() if isinstance(entry.record, Source)}
        return dict(sorted(found.items()))
