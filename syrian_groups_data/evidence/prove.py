"""Prove every passage against the documents, by laying it on them: what was cut once needs no cutting again."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

from ..model.passages import Passage
from ..model.values import digest
from ..model.watch import Watch, unwatched
from .documents import Document, Shelf, Unread, survey
from .extents import Place
from .hits import Sought
from .lay import LEAST, LONG, Layout, lay, share
from .letters import Letters
from .likely import Piece, successors, worded, words_of
from .words import words_digest

STATES = ("exact", "moved", "same words", "changed", "gone", "kept", "not at hand")
_FAILED = ("changed", "gone", "not at hand")
_SENTENCE = re.compile(r"[^\n.!?\u2026\u061f\u06d4]+[.!?\u2026\u061f\u06d4]*[\"'\u2019\u201d)\]]*|[.!?\u2026]+")
_SHOWN = 300
_SAMPLE = 400  # passages by which the changed version of a source is looked for

Row = dict[str, Any]
# What is needed of the table of passages: it may be long.
PASSAGE_COLUMNS = [
    "passage_id", "source_id", "ordinal", "section", "start", "end", "snapshot_sha256", "sha256", "words_sha256",
    "letters", "opens", "closes", "use", "gone_since",
]  # fmt: skip


class Finding(NamedTuple):
    """What became of one passage: one of `STATES`. `start` and `end` are its place in the document at hand, or of a
    changed one the likeliest; `where` says it in words."""

    passage_id: str
    state: str
    cited: bool
    shift: int
    start: int | None
    end: int | None
    where: str

    @property
    def failed(self) -> bool:
        """Whether something rests on it that is not proved."""
        return self.cited and self.state in _FAILED


class Verdict(NamedTuple):
    """What became of one source: the file that was taken for it, the share of its longer passages there, each passage."""

    source_id: str
    file: str | None
    same: bool
    share: float
    findings: list[Finding]

    @property
    def failed(self) -> bool:
        """Whether the document is missing, or a cited passage is not proved."""
        return self.file is None or any(each.failed for each in self.findings)


class Report(NamedTuple):
    """What became of every source, and files that were not read."""

    verdicts: list[Verdict]
    unread: list[Unread]


def verify(
    sources: Sequence[Row], passages: Sequence[Row], folder: Path, only: str | None = None, watch: Watch = unwatched
) -> Report:
    """Prove every passage, or those of one source, against the documents of a folder.

    `sources` and `passages` are rows of the published tables. A document is found by its digest; if none fits, the
    file that holds the largest share of the source's longer passages is taken as its changed version, if it holds
    enough. A snapshot of another source, or an earlier one, is no changed version of any.
    """
    known = {row["snapshot_sha256"] for row in (*sources, *passages)}
    known |= {version.split()[0] for row in sources for version in row["earlier"]}
    shelf = survey(folder, known, watch=watch)
    at_hand = shelf.by_digest()
    groups: dict[str, list[_Source]] = defaultdict(list)
    by_source: dict[str, list[Row]] = defaultdict(list)
    for row in passages:
        by_source[row["source_id"]].append(row)
    for row in sources:
        if only in (None, row["source_id"]):
            source = _Source(row["source_id"], by_source[row["source_id"]])
            groups[row["snapshot_sha256"]].append(source)
    missing = {key: group for key, group in groups.items() if key not in at_hand}
    others = _Others(shelf, [each for each in shelf.documents if each.sha256 not in known])
    versions = others.versions(missing)
    verdicts: dict[str, Verdict] = {}
    for key, group in watch(groups.items(), "documents"):
        same = at_hand.get(key)
        if document := same or versions.get(key):
            found = _same(shelf.text(document), group) if same else _changed(others.letters(document), group)
            for source, (part, findings) in zip(group, found, strict=True):
                verdicts[source.key] = Verdict(source.key, document.name, bool(same), part, findings)
        else:
            verdicts |= {source.key: Verdict(source.key, None, False, 0.0, []) for source in group}
    return Report([_kept(verdicts[key], by_source[key], shelf, at_hand) for key in _order(sources, only)], shelf.unread)


def _order(sources: Sequence[Row], only: str | None) -> list[str]:
    return [row["source_id"] for row in sources if only in (None, row["source_id"])]


class _Source:
    """A source with its passages that are not gone, in reading order, as they are laid."""

    def __init__(self, key: str, rows: list[Row]) -> None:
        self.key, self.rows = key, sorted((row for row in rows if row["ordinal"]), key=lambda row: row["ordinal"])
        self.passages = [passage_of(row) for row in self.rows]
        self.aside = {p.number for p, row in zip(self.passages, self.rows, strict=True) if row["use"] == "set_aside"}


def passage_of(row: Row) -> Passage:
    """A row of the published table as what is laid."""
    number = int(row["passage_id"].rpartition(":")[2])
    names = ("section", "start", "end", "sha256", "words_sha256", "letters", "opens", "closes")
    return Passage(number, *(row[name] for name in names))


class _Others:
    """Documents that are no snapshot: one of them may be the changed version of one that is missing."""

    def __init__(self, shelf: Shelf, documents: Sequence[Document]) -> None:
        self.shelf, self.documents = shelf, documents
        self._last: tuple[Document, Letters] | None = None

    def letters(self, document: Document) -> Letters:
        """The letters of a document; only those of the last one are kept."""
        if self._last is None or self._last[0] != document:
            self._last = None
            self._last = document, Letters(self.shelf.text(document))
        return self._last[1]

    def versions(self, missing: dict[str, list[_Source]]) -> dict[str, Document]:
        """Which document is the version of which missing one: one of one, the one with the largest share first."""
        if not missing:
            return {}
        samples = {key: _sample(group) for key, group in missing.items()}
        sought = Sought(passage for sample in samples.values() for passage in sample)
        shares = []
        for document in self.documents:
            found = sought.hits(self.letters(document))
            for key, sample in samples.items():
                part = sum(each.words_sha256 in found for each in sample) / max(1, len(sample))
                if part >= LEAST:
                    shares.append((-part, key, document))
        versions: dict[str, Document] = {}
        taken: set[Document] = set()
        for _, key, document in sorted(shares):
            if key not in versions and document not in taken:
                versions[key] = document
                taken.add(document)
        return versions


def _sample(group: Sequence[_Source]) -> list[Passage]:
    """Some of the passages of a source whose share in a text is that of all, near enough."""
    both = [(p, p.number in source.aside) for source in group for p in source.passages]
    long = [each for each in both if each[0].letters >= LONG] or both
    told = [p for p, aside in long if not aside] or [p for p, _ in long]
    return told[:: 1 + len(told) // _SAMPLE]


def _same(text: str, group: Sequence[_Source]) -> Iterator[tuple[float, list[Finding]]]:
    for source in group:
        findings = []
        for row in source.rows:
            exact = digest(text[row["start"] : row["end"]]) == row["sha256"]
            where = "" if exact else "its list is of another text"
            findings.append(
                _finding(row, "exact" if exact else "changed", Place(row["start"], row["end"], exact), where)
            )
        yield 1.0, findings


def _changed(letters: Letters, group: Sequence[_Source]) -> Iterator[tuple[float, list[Finding]]]:
    """Findings in a changed version; sources that shared the snapshot are laid together, unless they lie over each other."""
    both = sorted((p.start, p.end, s, i) for s, source in enumerate(group) for i, p in enumerate(source.passages))
    if any(b[0] < a[1] for a, b in pairwise(both)):
        for source in group:
            yield from _changed(letters, [source])
        return
    rows = [group[s].rows[i] for _, _, s, i in both]
    passages = [group[s].passages[i] for _, _, s, i in both]
    cited = {i for i, row in enumerate(rows) if row["use"] == "cited"}
    layout, _ = lay(letters, passages, cited)
    findings = _findings(letters.text, rows, passages, layout)
    for s, source in enumerate(group):
        mine = [i for i, each in enumerate(both) if each[2] == s]
        part = share(source.passages, [layout.places[i] for i in mine], source.aside)
        yield part, [findings[i] for i in mine]


def _findings(text: str, rows: Sequence[Row], passages: Sequence[Passage], layout: Layout) -> list[Finding]:
    new = _pieces(text, layout.places)
    became = successors(passages, layout.places, new, {})
    lost = {i: passage for i, passage in enumerate(passages) if layout.places[i] is None and i not in became}
    counts = {passage.letters for passage in lost.values()} - {0}
    digests = [words_digest(text[p.start : p.end]) if p.letters in counts else "" for p in new]
    became |= worded({i: [passage.words_sha256] for i, passage in lost.items()}, digests)
    found = []
    for i, (row, passage, place) in enumerate(zip(rows, passages, layout.places, strict=True)):
        if place:
            shift = place.start - row["start"]
            state = "same words" if not place.exact else "moved" if shift else "exact"
            found.append(_finding(row, state, place, ""))
            continue
        edges = f", “{passage.opens} … {passage.closes}”" if passage.opens else ""
        was = f"was at {passage.start}-{passage.end}{edges}"
        if equal := layout.equal.get(i):
            found.append(
                _finding(row, "changed", None, f"one of {equal} equal sentences, and it is not sure which; {was}")
            )
        elif i in became:
            first, last = new[became[i][0]].start, new[became[i][-1]].end
            said = " ".join(text[first:last].split())
            said = said if len(said) <= _SHOWN else f"{said[:_SHOWN]} …"
            where = f"{was}; likely now at {first}-{last}: “{said}”"
            found.append(_finding(row, "changed", Place(first, last, False), where))
        else:
            found.append(_finding(row, "gone", None, was))
    return found


def _pieces(text: str, places: Sequence[Place | None]) -> list[Piece]:
    """What stands between passages that are laid, by lines and full stops: near enough to point at."""
    found, start = [], 0
    for place in [*sorted(place for place in places if place), Place(len(text), len(text), True)]:
        for each in _SENTENCE.finditer(text, start, max(start, place.start)):
            said = each.group().strip()
            if words := words_of(said):
                left = each.start() + each.group().index(said)
                found.append(Piece(left, left + len(said), words, sum(c.isalnum() for c in said)))
        start = max(start, place.end)
    return found


def _finding(row: Row, state: str, place: Place | None, where: str) -> Finding:
    shift = place.start - row["start"] if place and state in ("moved", "same words") else 0
    start, end = (place.start, place.end) if place else (None, None)
    return Finding(row["passage_id"], state, row["use"] == "cited", shift, start, end, where)


def _kept(verdict: Verdict, rows: Sequence[Row], shelf: Shelf, at_hand: dict[str, Document]) -> Verdict:
    """A verdict with what stands although the snapshot lacks it: proved against the document that had it."""
    findings = list(verdict.findings)
    kept: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if row["gone_since"]:
            kept[row["snapshot_sha256"]].append(row)
    for key, of_one in kept.items():
        document = at_hand.get(key)
        text = shelf.text(document) if document else ""
        for row in of_one:
            if document is None:
                state, where = "not at hand", f"kept as read in the snapshot {key[:12]}…, which is not at hand"
            elif digest(text[row["start"] : row["end"]]) == row["sha256"]:
                state, where = "kept", f"as read in {document.name}"
            else:
                state, where = "changed", f"kept, but {document.name} does not say so"
            findings.append(Finding(row["passage_id"], state, True, 0, row["start"], row["end"], where))
    return verdict._replace(findings=findings)
