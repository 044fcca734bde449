"""What is authored of a source beside its bibliography: snapshot, how it was cut, what is set aside."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from typing import Annotated, Any

from pydantic import Field

from .claims import Base, Edtf, Prose, Text, optional, required
from .passages import Passage
from .vocabulary import Terms

NUMBERS_PATTERN = r"^[1-9][0-9]{0,5}(?:-[1-9][0-9]{0,5})?$"
URL_PATTERN = r'^https?://[^\s<>"]+$'

Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Ranges = Annotated[list[Annotated[str, Field(pattern=NUMBERS_PATTERN)]], Field(min_length=1)]


class SetAside(Base):
    """Passages of a source that carry nothing to record, and why."""

    reason: Annotated[str, Terms("set_aside")] = required("why", "navigation")
    passages: Ranges = required("numbers of passages, or ranges of numbers", ["1", "4-7"])
    note: Prose | None = optional("what it is about; required for out-of-scope", "A comparison with another country.")


class Kept(Base):
    """Passages that a later snapshot lacks, while what rests on them stands as it was read."""

    passages: Ranges = required("numbers of passages, or ranges of numbers", ["12"])
    since: Edtf = required("day on which it was decided that they are gone and stand", "2026-11-27")
    note: Prose | None = optional("why they stand", "The page was changed after a complaint.")


class Span(Base):
    """Part of a snapshot, in Unicode code points."""

    start: Annotated[int, Field(ge=0)] = required("first code point", 0)
    end: Annotated[int, Field(gt=0)] = required("after the last code point", 4277)


class Snapshot(Base):
    """The bytes of a source as read. They are not kept here."""

    sha256: Digest = required("SHA-256 of the file's bytes", "0" * 64)
    characters: Annotated[int, Field(gt=0)] = required("length of the text in Unicode code points", 5083)
    span: Span | None = optional("the part that is this source, where two share a snapshot", {"start": 0, "end": 4277})
    retrieved: Edtf | None = optional("when it was fetched", "2025-12-08")
    revision: Text | None = optional("the publisher's own mark of this version", "1326478812")
    archive: Annotated[str, Field(pattern=URL_PATTERN, max_length=300)] | None = optional(
        "where this version is archived", "https://web.archive.org/web/20251208/https://example.org/"
    )


class Cut(Base):
    """How the list of passages was made, and a seal on it. Written by segment, never by hand."""

    snapshot: Digest = required("SHA-256 of the file that the list was cut from", "0" * 64)
    segmenter: Text = required("what found the sentences, and its version", "sentencex 1.0.32")
    language: Annotated[str, Terms("languages")] = required("language by whose rules it was cut", "en")
    options: list[Annotated[str, Terms("cut_options")]] = Field(
        default=[], description="how else it was cut", examples=[["unwrap"]]
    )
    highest: Annotated[int, Field(ge=0)] = required("highest number that was ever minted", 45)
    digest: Digest = required("SHA-256 over the list and all of this", "0" * 64)


def seal(cut: dict[str, Any], passages: Iterable[Passage]) -> str:
    """SHA-256 over a list of passages and how it was made: `cut` holds the fields of `Cut` but `digest`."""
    said = {name: cut[name] for name in sorted(Cut.model_fields) if name != "digest"}
    rows = [list(passage) for passage in passages]
    return hashlib.sha256(json.dumps([said, rows], ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()
