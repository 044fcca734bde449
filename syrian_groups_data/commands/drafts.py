"""What the authoring commands share: a record to write into, and the proof that what is written can be read."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from ..model.corpus import Corpus, Entry
from ..model.problem import Problems, near
from ..model.records import Record, Source
from .project import Usage, tell

if TYPE_CHECKING:
    from ..author.spoken import Spoken


def corpus_of(root: Path) -> Corpus:
    """Everything in raw/ that can be read."""
    from ..author import load

    return load(root / "raw")


def record_of(root: Path, key: str) -> tuple[Entry, Corpus]:
    """A record that stands in a file of its own, and the corpus that it belongs to."""
    corpus = corpus_of(root)
    entry = corpus.entries.get(key)
    if entry is None:
        unread = [each for each in corpus.problems if each.path.endswith(f"/{key}.yml")]
        if unread:
            raise Problems(unread)
        raise Usage(f"no record {key}{near(key, corpus.entries)}; make one with syrian-groups-data new TYPE {key}")
    if not entry.path.endswith(".yml"):
        raise Usage(f"{key} stands in {entry.path}, which is input of check and build only; give it a file of its own")
    return entry, corpus


def claimed(
    text: str, name: str, model: type[Record], claims: Iterable[Spoken], corpus: Corpus
) -> tuple[str, list[str]]:
    """The text of a record with claims written into it, and what was done with each, in a line.

    A name is in the language of the source in which it is read, where nothing says another.
    """
    from ..author.edit import Ambiguous, cited
    from ..author.layout import order

    done = []
    for property, claim, passages in claims:
        source = corpus.sources.get(passages[0].partition(":")[0])
        lang = {"lang": source.language} if property == "names" and source and "lang" not in claim else {}
        try:
            text, line = cited(text, name, order(model), property, claim | lang, passages)
        except Ambiguous as why:
            raise Usage(str(why)) from None
        done.append(line)
    return text, done


def proved(corpus: Corpus, path: str, model: type[Record], text: str) -> None:
    """Raise Problems where a record, as it would be written, makes some that were not there before, in whatever file.

    What is marked as to be filled in is none yet, nor is the snapshot of a source that is not cut.
    """
    from ..author.explain import UNFILLED
    from ..author.inherit import resolved
    from ..author.read import parsed
    from ..check import check

    cut = not issubclass(model, Source) or "\nsnapshot:" in text
    before = {(each.path, each.code, each.what) for each in check(corpus)}
    try:
        record, marks = parsed(text + ("" if cut else _SNAPSHOT), path, model)
        entries = {**corpus.entries, record.id: resolved(corpus, Entry(record, path, marks))}
        after = check(corpus._replace(entries=entries))
    except Problems as found:
        after = [each for each in found.problems if not each.what.endswith(UNFILLED)]
    lacking = [] if cut else ["no-passages"]
    wrong = [each for each in after if not each.warning and each.code not in lacking]
    new = [each for each in wrong if (each.path, each.code, each.what) not in before]
    if new:
        tell("nothing was written; as it would stand:")
        raise Problems(new)


_SNAPSHOT = f"snapshot: {{sha256: {'0' * 64}, characters: 1}}\n"  # stands for that of a source that is not cut yet


def good_id(corpus: Corpus, key: str) -> None:
    """Raise Usage where an id cannot be minted."""
    from ..model.values import is_id

    if not is_id(key):
        raise Usage(f"{key} is no id: lower-case letters and digits joined by single hyphens, 60 at most")
    if key in corpus.entries:
        raise Usage(f"{key} is in use in {corpus.entries[key].path}")
    if key in corpus.redirects:
        raise Usage(f"{key} was given up once, and an id is never used again; choose another")
