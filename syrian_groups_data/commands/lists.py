"""What raw/ holds of a source: its record, its list of passages, what rests on them; and writing the two together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from ..model.corpus import Corpus
from ..model.passages import LIST_BYTES, Passage, numbers
from ..model.problem import Environment, Problem, Problems
from ..model.records import Source
from ..model.sources import Snapshot, seal
from .project import Usage

LOCK = ".segment.lock"


class Standing(NamedTuple):
    """A source as it stands in raw/: `source` and `passages` are None where there is no such file.

    `draft` is what a record says that was written before its document was cut.
    """

    root: Path
    key: str
    corpus: Corpus
    source: Source | None
    passages: list[Passage] | None
    resting: dict[int, list[str]]
    aside: set[int]
    published: bool
    draft: dict[str, Any]

    @property
    def used(self) -> bool:
        """Whether anything is known of its passages, so that their numbers mean something."""
        kept = bool(self.source and self.source.kept)
        return bool(self.resting or self.aside or kept or self.published)

    def others(self, sha256: str) -> list[Source]:
        """Other sources that are read from a snapshot, or were."""
        return [
            other
            for key, other in self.corpus.sources.items()
            if key != self.key and sha256 in (other.snapshot.sha256, *(each.sha256 for each in other.earlier))
        ]


@contextmanager
def alone(root: Path) -> Iterator[None]:
    """Nobody else makes lists in a project meanwhile: two writers would mint one number twice. Raises Environment."""
    from filelock import FileLock, Timeout

    try:
        with FileLock(root / LOCK, timeout=0):
            yield
    except Timeout:
        raise Environment("another segment is at work here; nothing was changed; wait for it to end") from None


def standing(root: Path, key: str) -> Standing:
    """A source as it stands. Raises Problems where its files, or what they say of each other, are wrong."""
    from ..author import load
    from ..check import check
    from ..model.uses import uses

    corpus = load(root / "raw")
    entry = corpus.entries.get(key)
    source = entry.record if entry and isinstance(entry.record, Source) else None
    passages = corpus.passages.get(key)
    here = [f"raw/sources/{key}.yml", f"raw/sources/{key}.csv"]
    wrong = [each for each in check(corpus) if each.path in here and not each.warning and each.code in _OF_LISTS]
    wrong += [each for each in corpus.problems if each.path in here]
    draft = _draft(root, here[0], wrong)
    if wrong and not draft:
        raise Problems(wrong)
    resting: dict[int, list[str]] = defaultdict(list)
    for use in uses(corpus):
        source_key, _, number = use.passage.partition(":")
        if source_key == key:
            resting[int(number)].append(f"{use.where} ({use.role})")
    highest = max((passage.number for passage in passages or ()), default=0)
    aside = {number for each in (source.set_aside if source else ()) for number in numbers(each.passages, highest)}
    _whole(key, corpus, source, passages, bool(resting or (source and source.set_aside)))
    return Standing(root, key, corpus, source, passages, dict(resting), aside, _published(root, key), draft)


def _draft(root: Path, name: str, wrong: list[Problem]) -> dict[str, Any]:
    """A record to which nothing is wrong but that it has no snapshot yet."""
    from ..author.text import read_text
    from ..author.yaml12 import read_yaml

    if [(each.code, each.what) for each in wrong] != [("missing-key", "snapshot: not there")]:
        return {}
    data, _, _ = read_yaml(read_text(root / name, name), name)
    return dict(data) if "cut" not in data else {}


_OF_LISTS = {"list-not-bound", "list-of-another-document", "list-made-again", "list-changed", "passage-order"}


def _whole(key: str, corpus: Corpus, source: Source | None, passages: list[Passage] | None, used: bool) -> None:
    """Raise where one file of a source is missing, so that its numbers cannot be known, or where some cannot be read."""
    if source and passages is None and (source.cut or used):
        what = f"raw/sources/{key}.csv is missing; restore it: numbers that were minted are in it"
        raise Usage(what)
    if passages is not None and source is None:
        raise Usage(f"raw/sources/{key}.yml is missing; restore it: it says how the list beside it was made")
    if passages is None and used:
        raise Usage(f"{key} is cited, and neither its record nor its list is there; restore them")
    unread = corpus.unread - {f"raw/sources/{key}.yml"}
    if unread and passages is not None:
        raise Problems([each for each in corpus.problems if each.path in unread])


def _published(root: Path, key: str) -> bool:
    """Whether the tables of the project have passages of a source."""
    from ..files import FILE, kind, open_file
    from ..library.release import arrow

    name = "tables/passages.parquet"
    if kind(root, name) != FILE:
        return False
    with open_file(root, name) as file:
        return key in set(arrow(file, name)["source_id"].to_pylist())


def cut_of(snapshot: str, segmenter: str, language: str, options: list[str], passages: list[Passage]) -> dict[str, Any]:
    """What a record says of its list, sealed."""
    highest = max((passage.number for passage in passages), default=0)
    said: dict[str, Any] = {
        "snapshot": snapshot,
        "segmenter": segmenter,
        "language": language,
        "options": options,
        "highest": highest,
    }
    return said | {"digest": seal(said, passages)}


def snapshot_of(sha256: str, characters: int, span: tuple[int, int], source: Source | None) -> dict[str, Any]:
    """A snapshot as a record has it, with what the record of its source says of it already."""
    part = {"span": {"start": span[0], "end": span[1]}} if span != (0, characters) else {}
    known = [_dumped(each) for each in (source.snapshot, *source.earlier) if each.sha256 == sha256] if source else []
    more = (
        {name: value for name, value in known[0].items() if name in ("retrieved", "revision", "archive")}
        if known
        else {}
    )
    return {"sha256": sha256, "characters": characters, **part, **more}


def earlier_of(source: Source) -> list[dict[str, Any]]:
    """The snapshots that a source was read from, the one that it is read from now too."""
    return [_dumped(each) for each in (*source.earlier, source.snapshot)]


def _dumped(snapshot: Snapshot) -> dict[str, Any]:
    return snapshot.model_dump(exclude_none=True)


def write(known: Standing, passages: list[Passage], values: dict[str, Any]) -> None:
    """Put the list of a source, and its record with some values set anew, in place together."""
    from ..author.blocks import with_keys
    from ..author.text import read_text
    from ..evidence import to_csv
    from ..files import FILE, kind
    from ..files.exchange import put

    name = f"raw/sources/{known.key}.yml"
    path = known.root / name
    there = kind(known.root, name) == FILE
    if known.source and not there:
        raise Usage(f"the record of {known.key} stands in a file with others; give it one of its own, {name}")
    text = read_text(path, name) if there else f"id: {known.key}\n"
    values = {key: _shortened(value) for key, value in values.items()}
    record = with_keys(text, name, values)
    rows = to_csv(passages)
    if len(rows) > LIST_BYTES:
        what = f"its list would have {len(rows):,} bytes, and {LIST_BYTES:,} are read at most"
        raise Usage(f"{what}; nothing was changed; read the document in parts, with --from and --to")
    put(known.root, {f"raw/sources/{known.key}.csv": rows, name: record.encode()})


def _shortened(value: Any) -> Any:
    """A mapping without what is empty."""
    return {k: v for k, v in value.items() if v != []} if isinstance(value, dict) else value
