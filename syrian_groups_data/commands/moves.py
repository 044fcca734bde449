"""What rename and merge do: a plan over all of raw/, the proof that it can be read, and one step to put it in place."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from ..model.corpus import Corpus, Entry, Loc, Redirected
from ..model.problem import Problems, near, visible
from .project import Usage, count


class Move(NamedTuple):
    """An id that is given up for another, new one or one in use."""

    old: str
    new: str
    into: bool
    reason: str
    since: str | None


def carry_out(root: Path, corpus: Corpus, move: Move, plan_only: bool) -> int:
    """Print the plan; write it unless only the plan is wanted. Exit status."""
    from ..files.exchange import put

    entry = corpus.entries.get(move.old)
    if entry is None:
        raise Usage(f"no record {move.old}{near(move.old, corpus.entries)}")
    if any(not each.path.endswith(".yml") for each in (entry, *filter(None, [corpus.entries.get(move.new)]))):
        raise Usage(f"{entry.path} is input of check and build only; give the record a file of its own first")
    if problems := [each for each in corpus.problems if not each.warning]:
        raise Problems(problems)
    files, gone = _texts(root, corpus, entry, move)
    lines, ledger = _ledger(root, corpus, _as_moved(corpus, files, gone, move), move)
    for name in sorted({*files, *gone}):
        print(f"{visible(name)}: {'deleted' if name in gone else 'rewritten' if name in _names(corpus) else 'new'}")
    for line in lines:
        print(visible(line))
    if plan_only:
        print("nothing was written", file=sys.stderr)
        return 0
    files["raw/changes.csv"] = ledger
    put(root, files, gone=gone)
    print(f"{move.old} is {move.new} now, in {count(len(files), 'file')}")
    return 0


def _names(corpus: Corpus) -> set[str]:
    return {entry.path for entry in corpus.entries.values()} | {"raw/redirects.yml", "raw/changes.csv"}


def _values(corpus: Corpus, entry: Entry, wanted: str) -> Iterator[Loc]:
    """Places at which the value of a claim is the id."""
    from ..check.references import references_in

    for loc, target, _ in references_in(entry, corpus):
        if target == wanted:
            yield loc


def _texts(root: Path, corpus: Corpus, entry: Entry, move: Move) -> tuple[dict[str, bytes], list[str]]:
    """Every file that changes, and those that go."""
    from ..author.merge import merged, rejoined
    from ..author.references import replaced
    from ..author.text import read_text

    texts: dict[str, str] = {}
    for each in corpus.entries.values():
        if each.path.endswith(".yml"):
            text = read_text(root / each.path, each.path)
            new = replaced(text, each, move.old, move.new, _values(corpus, each, move.old))
            if move.into and new != text:
                new = rejoined(new, each.path, type(each.record))
            if new != text or each is entry:
                texts[each.path] = new
        elif any(True for _ in _values(corpus, each, move.old)):
            raise Usage(f"{move.old} is named in {each.path}, which is input of check and build only; change it there")
    home = Path(entry.path).parent.as_posix()
    target, gone = f"{home}/{move.new}.yml", [entry.path]
    moved = texts.pop(entry.path)
    if move.into:
        other = corpus.entries[move.new]
        texts[target] = merged(
            texts.get(other.path) or read_text(root / other.path, other.path), moved, target, type(other.record)
        )
    else:
        texts[target] = moved
    files = {name: text.encode() for name, text in texts.items()}
    if entry.record.type == "source":
        from ..files import FILE, kind, read, share

        name = f"{home}/{move.old}.csv"
        if kind(root, name) == FILE:
            files[f"{home}/{move.new}.csv"] = read(root, name, share())
            gone.append(name)
    files["raw/redirects.yml"] = _redirects(root, move, _since(root, move)).encode()
    return files, gone


def _redirects(root: Path, move: Move, since: str) -> str:
    """The redirects with one more, and those that led to the old id led on."""
    from ..author.edit import with_items
    from ..author.text import read_text
    from ..author.yaml12 import read_yaml
    from ..files import FILE, kind

    name = "raw/redirects.yml"
    text = read_text(root / name, name) if kind(root, name) == FILE else "redirects: []\n"
    known: list[dict[str, Any]] = read_yaml(text, name)[0]["redirects"]
    rows = [{**row, "new": move.new} if row["new"] == move.old else row for row in known]
    row = {"old": move.old, "new": move.new, "since": since}
    rows.append(row | ({"reason": move.reason} if move.reason else {}))
    return with_items(text, "redirects", rows)


def _since(root: Path, move: Move) -> str:
    from ..author.citation import read_citation

    return move.since or read_citation(root / "CITATION.cff").version


def _as_moved(corpus: Corpus, files: dict[str, bytes], gone: list[str], move: Move) -> Corpus:
    """Everything in raw/ as it would stand. Raises Problems where a record could not be read."""
    from ..author.inherit import resolved
    from ..author.read import parsed

    kinds = {entry.path.split("/")[1]: type(entry.record) for entry in corpus.entries.values()}
    entries = {key: entry for key, entry in corpus.entries.items() if entry.path not in gone}
    moved: list[Entry] = []
    for name, data in files.items():
        if name.endswith(".yml") and name.count("/") == 2:
            record, marks = parsed(data.decode(), name, kinds[name.split("/")[1]])
            moved.append(Entry(record, name, marks))
    entries |= {each.record.id: each for each in moved}
    placed = corpus._replace(entries=entries)
    entries |= {each.record.id: resolved(placed, each) for each in moved}
    passages = {move.new if key == move.old and not move.into else key: rows for key, rows in corpus.passages.items()}
    led = {
        old: found._replace(new=move.new) if found.new == move.old else found for old, found in corpus.redirects.items()
    }
    return corpus._replace(
        entries=entries, passages=passages, redirects=led | {move.old: Redirected(move.new, (1, 1), (1, 1))}
    )


def _ledger(root: Path, corpus: Corpus, after: Corpus, move: Move) -> tuple[list[str], bytes]:
    """What becomes of each statement, and raw/changes.csv as it should stand. Raises Problems where it cannot be read."""
    from ..author.changes import changes_text
    from ..check import check
    from ..diff import Why, ledger, said_in
    from ..flatten import flatten

    before = {(each.code, each.what) for each in check(corpus)}
    problems = [
        each
        for each in check(after)
        if not each.warning and not each.code.startswith("change-") and (each.code, each.what) not in before
    ]
    if problems:
        raise Problems(problems)
    tables = [flatten(each._replace(changes=())) for each in (corpus, after)]
    former, current = map(said_in, tables)
    redirects = {old: found.new for old, found in after.redirects.items()}
    why = Why("merge" if move.into else "rename", move.reason, _since(root, move))
    known = [change for change, _ in corpus.changes]
    rows, lines = ledger(former, current, known, redirects, why)
    return lines, changes_text(rows).encode()
