"""Prove every passage against the documents."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

from ..model.values import digest
from .cut import segment
from .documents import Document, documents


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


def verify(sources: list[dict[str, Any]], passages: list[dict[str, Any]], folder: Path) -> list[Verdict]:
    """Prove every passage against the documents of a folder.

    `sources` and `passages` are rows of the published tables. A document is found by its digest; if
    none fits, the file that holds most of the source's passages is taken as its changed version.
    """
    by_source: dict[str, list[dict[str, Any]]] = {row["source_id"]: [] for row in sources}
    for row in passages:
        by_source[row["source_id"]].append(row)
    at_hand = documents(folder)
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
