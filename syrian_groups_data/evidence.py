"""Evidence: cut a document into passages, prove citations against it, account for every passage."""

from __future__ import annotations

import csv
import hashlib
import io
import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterator
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

from . import files
from .model.problem import visible
from .model.records import Passage
from .model.values import CELL_PATTERN, digest, normal

# The segmenter stops the interpreter at some of them, so it sees each as a plain space; offsets stay as they are.
_SPACES = re.compile(r"[^\S ]")
_MARKS = re.compile(r"[\s\-*=•]*")
_WIKI_HEADING = re.compile(r"^(=+)\s*(.*?)\s*=+\s*$")
_EDIT_LINK = re.compile(r"^\[\w+\]$")
_MENU_WORDS, _HEADING_WORDS, _PARAGRAPH_WORDS = 8, 9, 20
_EDGE_WORDS = 3


def segment(text: str, start: int = 0, end: int | None = None) -> list[Passage]:
    """Cut the part of a snapshot from `start` to `end` (code points) into passages.

    Every line that is not blank is cut into sentences; a line of eight words at most is one passage. List
    bullets and heading marks lie outside the spans. The same text gives the same passages on every machine.
    """
    from sentencex import get_sentence_boundaries

    passages: list[Passage] = []
    for line_start, line, section in _lines(text, start, len(text) if end is None else end):
        at = line_start
        plain = _SPACES.sub(" ", line)
        whole = len(line.split()) <= _MENU_WORDS
        cuts = [line] if whole else [piece["text"] for piece in get_sentence_boundaries("en", plain)]
        if sum(map(len, cuts)) != len(line):
            raise ValueError(f"the segmenter lost text of the line at {line_start}")
        for cut in cuts:
            piece = text[at : at + len(cut)]
            skipped = _MARKS.match(piece)
            left = at + (skipped.end() if skipped else 0)
            right = at + len(piece.rstrip(" \t\r\n=\u00a0"))
            at += len(piece)
            if left < right:
                said = text[left:right]
                passages.append(Passage(len(passages) + 1, section, left, right, digest(said), *_edges(said)))
    return passages


def _lines(text: str, start: int, end: int) -> Iterator[tuple[int, str, str | None]]:
    """Each line that is not blank, with its place and the headings that it stands under."""
    lines, at = [], start
    for raw in text[start:end].split("\n"):
        lines.append((at, raw))
        at += len(raw) + 1
    path: list[str] = []
    for i, (at, raw) in enumerate(lines):
        if not raw.strip():
            continue
        if found := _WIKI_HEADING.match(raw):
            path[max(0, len(found[1]) - 2) :] = [found[2]] if len(found[1]) > 1 else []
        elif _is_heading(lines, i):
            path = [raw.strip()]
        yield at, raw, _cell(" / ".join(path))


def _is_heading(lines: list[tuple[int, str]], i: int) -> bool:
    """Whether an unmarked line is a heading: short, no full stop, alone, above a paragraph."""
    line = lines[i][1].strip()
    if not line[0].isalpha() or len(line.split()) > _HEADING_WORDS or line[-1] in ".?!:,;":
        return False
    before = lines[i - 1][1] if i else ""
    after = [raw.strip() for _, raw in lines[i + 1 : i + 8]]
    below = next((raw for raw in after if raw and not _EDIT_LINK.match(raw)), "")
    return not before.strip() and not (after or [""])[0] and len(below.split()) >= _PARAGRAPH_WORDS


def _cell(text: str) -> str | None:
    """Text as a cell may hold it: normal form, nothing invisible; None where it would start a formula."""
    kept = normal("".join(c for c in text if c.isspace() or unicodedata.category(c)[0] != "C"))
    return kept if re.match(CELL_PATTERN, kept) else None


def _edges(said: str) -> tuple[str | None, str | None]:
    """First and last words: as many as together are at most half of the passage, three at most."""
    words = normal(said).split()
    for count in range(min(_EDGE_WORDS, len(words) // 4), 0, -1):
        opens, closes = _cell(" ".join(words[:count])), _cell(" ".join(words[-count:]))
        if opens and closes and len(opens) + len(closes) <= len(normal(said)) / 2:
            return opens, closes
    return None, None


def to_csv(passages: list[Passage]) -> str:
    """Passages as they stand in `raw/sources/<key>.csv`."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(Passage._fields)
    writer.writerows(["" if cell is None else cell for cell in passage] for passage in passages)
    return out.getvalue()


def write(root: Path, name: str, passages: list[Passage]) -> None:
    """Put passages in place of a file below `root`, whole or not at all. Raises Environment."""
    files.write(root, name, to_csv(passages).encode())


# --- verify ---------------------------------------------------------------------------------------


class Finding(NamedTuple):
    """What became of one passage in the document at hand: exact, moved (by `shift` code points) or changed."""

    passage_id: str
    state: str
    cited: bool
    shift: int
    where: str


class Verdict(NamedTuple):
    """What became of one source: the file that was taken for it, and every passage."""

    source_id: str
    file: str | None
    same: bool
    findings: list[Finding]

    @property
    def failed(self) -> bool:
        """Whether the document is missing, or a cited passage is not in it."""
        return self.file is None or any(each.state == "changed" and each.cited for each in self.findings)

    def lines(self) -> Iterator[str]:
        """What is not exact, as text: each passage that changed, and the runs of passages that moved together."""
        for (state, shift), found in groupby(self.findings, key=lambda each: (each.state, each.shift)):
            run = list(found)
            if state == "moved":
                last = f" to {run[-1].passage_id.split(':')[1]}" if len(run) > 1 else ""
                yield f"{run[0].passage_id}{last}: moved by {shift:+}"
            elif state == "changed":
                yield from (f"{f.passage_id}: changed{', cited' if f.cited else ''}: {f.where}" for f in run)


class Document(NamedTuple):
    """A file that may be a snapshot."""

    path: Path
    sha256: str
    text: str

    @property
    def name(self) -> str:
        """Name of the file."""
        return self.path.name


Tell = Callable[[str], object]


def _silent(line: str) -> None:
    """Of what was not read nothing is told."""


def documents(folder: Path, tell: Tell) -> list[Document]:
    """Every text file of a folder, by name. What else is there and cannot be read is told, one line for each.

    Raises OSError where the folder cannot be read.
    """
    found, left = [], files.share()
    for each in files.listing(folder):
        if each.kind == files.FOLDER:
            continue
        try:
            data = files.read(folder, each.name, left)
            found.append(Document(folder / each.name, hashlib.sha256(data).hexdigest(), data.decode()))
            left -= len(data)
        except OSError as error:
            tell(f"{visible(each.name)}: not read: {error.strerror or error}")
        except UnicodeDecodeError as error:
            tell(f"{visible(each.name)}: not read: it is not UTF-8 at byte {error.start:,}")
    return found


def verify(
    sources: list[dict[str, Any]], passages: list[dict[str, Any]], folder: Path, tell: Tell = _silent
) -> list[Verdict]:
    """Prove every passage against the documents of a folder.

    `sources` and `passages` are rows of the published tables. A document is found by its digest; if
    none fits, the file that holds most of the source's passages is taken as its changed version.
    `tell` is given a line for each file that could not be read.
    """
    by_source: dict[str, list[dict[str, Any]]] = {row["source_id"]: [] for row in sources}
    for row in passages:
        by_source[row["source_id"]].append(row)
    at_hand = documents(folder, tell)
    snapshots = {row["snapshot_sha256"] for row in sources}
    digests: dict[str, dict[str, list[int]]] = {}
    return [_verdict(row, by_source[row["source_id"]], at_hand, snapshots, digests) for row in sources]


def _verdict(
    source: dict[str, Any],
    passages: list[dict[str, Any]],
    at_hand: list[Document],
    snapshots: set[str],
    digests: dict[str, dict[str, list[int]]],
) -> Verdict:
    for document in at_hand:
        if document.sha256 == source["snapshot_sha256"]:
            return Verdict(source["source_id"], document.name, True, list(_find(passages, document, {})))
    # A mirror's snapshot shares passages with its origin, and is no changed version of it.
    at_hand = [document for document in at_hand if document.sha256 not in snapshots]
    for document in at_hand:
        if document.name not in digests:
            found = digests[document.name] = defaultdict(list)
            for p in segment(document.text):
                found[p.sha256].append(p.start)
    held = {d.name: sum(p["sha256"] in digests[d.name] for p in passages) for d in at_hand}
    best = max(at_hand, key=lambda document: held[document.name], default=None)
    if best is None or not held[best.name]:
        return Verdict(source["source_id"], None, False, [])
    return Verdict(source["source_id"], best.name, False, list(_find(passages, best, digests[best.name])))


def _find(passages: list[dict[str, Any]], document: Document, digests: dict[str, list[int]]) -> Iterator[Finding]:
    shift = 0
    for passage in passages:
        key, cited, start = passage["passage_id"], passage["use"] == "cited", passage["start"]
        if digest(document.text[start : passage["end"]]) == passage["sha256"]:
            yield Finding(key, "exact", cited, 0, "")
        elif places := digests.get(passage["sha256"]):
            # Of several places with the same words, the one to which its neighbours moved.
            shift = min(places, key=lambda place: abs(place - start - shift)) - start
            yield Finding(key, "moved", cited, shift, f"now at {start + shift}")
        else:
            words = f", “{passage['opens']} … {passage['closes']}”" if passage["opens"] else ""
            yield Finding(key, "changed", cited, 0, f"was at {start}-{passage['end']}{words}")


def texts(
    sources: list[dict[str, Any]], passages: list[dict[str, Any]], folder: Path, tell: Tell = _silent
) -> dict[str, str]:
    """Text of every passage whose snapshot is in a folder, with what a terminal would obey shown as escapes."""
    at_hand = {d.sha256: d.text for d in documents(folder, tell)}
    snapshots = {row["source_id"]: at_hand.get(row["snapshot_sha256"]) for row in sources}
    found = {}
    for row in passages:
        text = snapshots[row["source_id"]]
        if text is not None:
            found[row["passage_id"]] = visible(normal(text[row["start"] : row["end"]]))
    return found


# --- coverage -------------------------------------------------------------------------------------


class Coverage(NamedTuple):
    """What became of the passages of one source."""

    source_id: str
    passages: int
    cited: int
    set_aside: int
    unread: list[str]


def coverage(sources: list[dict[str, Any]], passages: list[dict[str, Any]]) -> list[Coverage]:
    """Per source: passages cited, set aside, and those (by id) that are neither."""
    unread: dict[str, list[str]] = defaultdict(list)
    for row in passages:
        if row["use"] == "unread":
            unread[row["source_id"]].append(row["passage_id"])
    return [
        Coverage(row["source_id"], row["passages"], row["cited"], row["set_aside"], unread[row["source_id"]])
        for row in sources
    ]
