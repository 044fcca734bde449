"""Sources and passages -> rows: those of the snapshot in reading order, then what is known of those that are gone."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from urllib.parse import quote

from ..model import rows
from ..model.passages import Passage, by_number
from ..model.records import Source
from ..model.sources import Snapshot
from ..model.table import Row
from .view import View


def sources(view: View) -> Iterator[Row]:
    """One row a source."""
    for key, source in view.sources.items():
        decided = source.kept_numbers
        known, kept = Counter[str](), 0
        for passage in by_number(view.corpus.passages[key]).values():
            # What is kept stands: it counts by what rests on it, like those of the snapshot.
            stands = not passage.live and passage.number in decided
            known[_use(view, f"{key}:{passage.number}") if passage.live or stands else "gone"] += 1
            kept += stands
        yield view.row(rows.Sources)(
            source_id=key,
            title=source.title,
            publisher=source.publisher,
            author=source.author,
            kind=source.kind,
            language=source.language,
            published=source.published,
            url=source.url,
            licence=source.licence,
            derived_from=source.derived_from,
            work=view.work(key),
            supplied=list(source.supplied),
            snapshot_sha256=source.snapshot.sha256,
            retrieved=source.snapshot.retrieved,
            revision=source.snapshot.revision,
            archive=source.snapshot.archive,
            earlier=[_version(each) for each in source.earlier],
            passages=known.total() - known["gone"],
            kept=kept,
            cited=known["cited"],
            set_aside=known["set_aside"],
            note=source.note,
        )


def _version(snapshot: Snapshot) -> str:
    return f"{snapshot.sha256} {snapshot.retrieved}" if snapshot.retrieved else snapshot.sha256


def _use(view: View, key: str) -> str:
    return "cited" if key in view.cited else "set_aside" if key in view.aside else "unread"


def passages(view: View) -> Iterator[rows.Passages]:
    """One row a passage; an earlier wording of one is in its row."""
    row = view.row(rows.Passages)
    for key, source in view.watch(view.sources.items(), "sources"):
        known = view.corpus.passages[key]
        earlier: dict[int, list[str]] = defaultdict(list)
        for passage in known:
            if passage.state == "earlier":
                earlier[passage.number].append(passage.sha256)
        urls = _urls(source, [passage for passage in known if passage.live])
        kept = source.kept_numbers
        for ordinal, passage in enumerate(by_number(known).values(), 1):
            name = f"{key}:{passage.number}"
            use = _use(view, name) if passage.live else "gone"
            reason, note = view.aside.get(name, (None, None)) if use == "set_aside" else (None, None)
            decided = kept.get(passage.number) if use == "gone" else None
            yield row(
                passage_id=name,
                source_id=key,
                ordinal=ordinal if passage.live else None,
                section=passage.section,
                start=passage.start,
                end=passage.end,
                snapshot_sha256=passage.snapshot or source.snapshot.sha256,
                sha256=passage.sha256,
                words_sha256=passage.words_sha256,
                letters=passage.letters,
                opens=passage.opens,
                closes=passage.closes,
                url=urls.get(passage.number, source.url),
                use=use,
                reason=reason,
                became=[f"{key}:{number}" for number in passage.became],
                gone_since=decided.since if decided else None,
                earlier=earlier[passage.number],
                note=decided.note if decided else note,
            )


def _urls(source: Source, passages: list[Passage]) -> dict[int, str]:
    """Links that let a browser show a passage: text fragments of its first and last words, and its neighbours'."""
    if not source.url:
        return {}
    found = {}
    for i, passage in enumerate(passages):
        if passage.link and passage.opens and passage.closes:
            before = passages[i - 1].closes if passage.link in ("prefix", "both") else None
            after = passages[i + 1].opens if passage.link in ("suffix", "both") else None
            parts = [f"{_quoted(before)}-"] if before else []
            parts += [_quoted(passage.opens), _quoted(passage.closes)]
            parts += [f"-{_quoted(after)}"] if after else []
            found[passage.number] = f"{source.url}#:~:text={','.join(parts)}"
    return found


def _quoted(words: str) -> str:
    return quote(words, safe="").replace("-", "%2D")
