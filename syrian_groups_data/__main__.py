"""The command line: the only place that chains stages.

Exit status: 0 clean, 1 problems in the data, 2 usage, 3 environment (disk, permissions, missing extra).
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn

from .arguments import parser
from .model.problem import Environment, Problems, listed, visible


class Usage(Exception):
    """The command was given something that it cannot work on."""


def _project() -> Path:
    """The nearest parent folder with raw/, where check, build and segment work."""
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / "raw").is_dir():
            return folder
    raise Usage(f"no raw/ in {here} or above it; run this inside a checkout of the data")


def _package(given: str | None = None) -> Path:
    """The folder with the tables to work on: named, else around the nearest raw/, else the installed one."""
    from .release import _base

    if given is not None:
        folder = Path(given)
        return folder.parent if folder.name == "datapackage.json" else folder
    try:
        root = _project()
    except Usage:
        return _base()
    if (root / ".build").is_dir():  # a build was killed here, or is at work
        from .publish.exchange import recover

        if recover(root):
            print(f"syrian-groups-data: ended what a killed build had left in {visible(str(root))}", file=sys.stderr)
    if (root / "datapackage.json").is_file():
        return root
    return _base()


def _load(raw: Path) -> Any:
    """The corpus, if no problem stops it; warnings and problems are printed."""
    from .author import load
    from .check import check

    corpus = load(raw)
    problems = check(corpus)
    for problem in problems:
        print(problem, file=sys.stderr)
    warnings = sum(problem.warning for problem in problems)
    errors = len(problems) - warnings
    if problems:
        print(f"{_count(errors, 'problem')}, {_count(warnings, 'warning')}", file=sys.stderr)
    return None if errors else corpus


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


@contextmanager
def _busy(what: str) -> Iterator[None]:
    """Something that moves on a terminal while long work goes on, nothing in a pipe."""
    if not sys.stderr.isatty():
        yield
        return
    from rich.console import Console

    with Console(stderr=True).status(what):
        yield


def check(args: argparse.Namespace) -> int:
    """every problem in raw/"""
    corpus = _load(_project() / "raw")
    if corpus is None:
        return 1
    print(f"{_count(len(corpus.entries), 'record')}, no problems")
    return 0


def build(args: argparse.Namespace) -> int:
    """raw/ -> tables/ and datapackage.json; --check fails when they are stale"""
    from .author.citation import read_citation
    from .flatten import flatten
    from .publish import render, stale, summary
    from .publish.exchange import put

    root = _project()
    with _busy("building"):
        corpus = _load(root / "raw")
        if corpus is None:
            print("nothing was written", file=sys.stderr)
            return 1
        release = read_citation(root / "CITATION.cff")
        tables = flatten(corpus)
        files = render(tables, release, {old: found.new for old, found in corpus.redirects.items()})
        if args.check:
            wrong = stale(root, files)
            for line in wrong:
                print(line, file=sys.stderr)
            if not wrong:
                print(f"{len(files)} files are fresh")
            return int(bool(wrong))
        put(root, files)
    size = sum(len(data) for data in files.values()) / 1e6
    print(f"built {len(tables)} tables in {visible(str(root / 'tables'))} ({size:.1f} MB)")
    for line in summary(tables):
        print(line)
    return 0


def segment(args: argparse.Namespace) -> int:
    """a new document -> its passages"""
    import hashlib

    from .evidence import segment as cut
    from .evidence import write

    root, path = _project(), Path(args.snapshot)
    try:
        data = path.read_bytes()
        text = data.decode()
    except OSError as error:
        raise Usage(f"{path}: {error.strerror}") from None
    except UnicodeDecodeError as error:
        raise Usage(f"{path} is not UTF-8 at byte {error.start}") from None
    start, end = args.start or 0, len(text) if args.end is None else args.end
    if not 0 <= start < end <= len(text):
        raise Usage(f"--from {start} --to {end} is no part of {len(text)} characters")
    digest = hashlib.sha256(data).hexdigest()
    target = root / "raw" / "sources" / f"{args.key}.csv"
    record = target.with_suffix(".yml")
    if target.exists() and record.is_file() and digest.encode() not in record.read_bytes():
        raise Usage(f"{args.key} has the passages of another snapshot; delete {target} first, or choose another key")
    passages = cut(text, start, end)
    write(target, passages)
    print(f"wrote {_count(len(passages), 'passage')} to {visible(str(target))}")
    print(f"for raw/sources/{args.key}.yml:")
    print(f"snapshot:\n  sha256: {digest}\n  characters: {len(text)}")
    if (start, end) != (0, len(text)):
        print(f"  span: {{start: {start}, end: {end}}}")
    return 0


def _rows(base: Path, *names: str) -> list[list[dict[str, Any]]]:
    import io

    from .release import arrow, verified

    _, files = verified(base, names)
    return [arrow(io.BytesIO(files[name])).to_pylist() for name in names]


def verify(args: argparse.Namespace) -> int:
    """every citation against the documents"""
    from .evidence import verify as prove

    folder = Path(args.snapshots)
    if not folder.is_dir():
        raise Usage(f"{folder} is not a folder")
    sources, passages = _rows(_package(), "sources", "passages")
    with _busy("comparing"):
        verdicts = prove(sources, passages, folder)
    for verdict in verdicts:
        if verdict.file is None:
            where = visible(str(folder))
            print(f"{verdict.source_id}: missing: no file in {where} is its snapshot or holds its passages")
            continue
        states = [each.state for each in verdict.findings]
        counts = ", ".join(
            f"{states.count(state)} {state}" for state in ("exact", "moved", "changed") if state in states
        )
        version = "its snapshot" if verdict.same else "a changed version"
        print(f"{verdict.source_id}: {counts} in {visible(verdict.file)} ({version})")
        for line in verdict.lines():
            print(f"  {line}")
    return int(any(verdict.failed for verdict in verdicts))


def coverage(args: argparse.Namespace) -> int:
    """per source: cited, set aside, unread"""
    from .evidence import coverage as account

    sources, passages = _rows(_package(), "sources", "passages")
    known = _texts(args.snapshots)
    found = account(sources, passages)
    for each in found:
        counts = f"{each.cited} cited, {each.set_aside} set aside, {len(each.unread)} unread"
        print(f"{each.source_id}: {_count(each.passages, 'passage')}, {counts}")
    places = {row["passage_id"]: f"{row['start']}-{row['end']}" for row in passages}
    unread = [key for each in found for key in each.unread]
    for key in unread if args.unread else ():
        print(f"{key}: {known.get(key, places[key])}")
    return int(bool(unread))


def show(args: argparse.Namespace) -> int:
    """a record with its evidence"""
    from .library import load
    from .show import as_json, passage_as_json, render, render_passage

    data = load(_package())
    known = _texts(args.snapshots)
    if args.id in data.passages:
        passage = data.passages[args.id]
        if args.json:
            _print_json(passage_as_json(data, passage, known))
        else:
            render_passage(data, passage, known)
        return 0
    try:
        entity = data[args.id]
        found = entity.statements(args.property)
    except LookupError as error:
        raise Usage(f"{error.args[0]}; or look for it: syrian-groups-data search {args.id}") from None
    if not found:
        there = ", ".join(dict.fromkeys(each.property for each in entity.statements()))
        print(f"{entity.id}: nothing on {args.property}; there are statements on {there}", file=sys.stderr)
        return 1
    if args.json:
        _print_json(as_json(entity, known, args.property))
    else:
        render(entity, known, args.property)
    return 0


def _print_json(content: object) -> None:
    print(json.dumps(content, ensure_ascii=False, indent=2))


def _texts(folder: str | None) -> dict[str, str]:
    """Text of the passages, where a folder with the documents is given."""
    if folder is None:
        return {}
    from .evidence import texts

    if not Path(folder).is_dir():
        raise Usage(f"{folder} is not a folder")
    sources, passages = _rows(_package(), "sources", "passages")
    return texts(sources, passages, Path(folder))


def search(args: argparse.Namespace) -> int:
    """records by words of any name"""
    from .library import load

    found = load(_package()).find(" ".join(args.text))
    if args.json:
        _print_json([{"id": e.id, "type": e.type, "label": e.label, "names": e.names} for e in found])
    else:
        from .show import listing

        listing(found)
    if not found:
        print(f"nothing found for {' '.join(args.text)!r}; try fewer words or another spelling", file=sys.stderr)
    return 0 if found else 1


def validate(args: argparse.Namespace) -> int:
    """built tables: hashes, types, keys, references"""
    from .validate import validate as prove

    base = _package(args.package)
    with _busy("validating"):
        problems = prove(base, args.engine)
    for line in listed(problems):
        print(line, file=sys.stderr)
    if problems:
        print(f"{_count(len(problems), 'problem')} in {visible(str(base))}", file=sys.stderr)
        return 1
    print(f"{visible(str(base))}: valid")
    return 0


def schema(args: argparse.Namespace) -> int:
    """JSON Schema of what is authored"""
    from .model.records import RECORDS

    kinds = {kind.__name__.lower(): kind for kind in RECORDS}
    if args.record and args.record not in kinds:
        raise Usage(f"no record {args.record}; there are {', '.join(kinds)}")
    found = {name: kind.model_json_schema() for name, kind in kinds.items() if args.record in (None, name)}
    _print_json(found[args.record] if args.record else found)
    return 0


def _parser() -> argparse.ArgumentParser:
    commands = (check, build, segment, verify, coverage, show, search, validate, schema)
    return parser({command.__name__: command for command in commands}, _version)


def _version() -> str:
    from .release import descriptor

    return str(descriptor(_package()).get("version", "unknown"))


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; its exit status."""
    try:
        args = _parser().parse_args(argv)
        return int(args.run(args))
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    except Exception as error:
        return _expected(error)


_EXTRAS = {"pyspark": "spark"}


def _expected(error: Exception) -> int:
    """Exit status of an error that a stage raises on purpose; anything else is ours and is raised."""
    from .release import Damaged

    if isinstance(error, Usage):
        return _fail(2, error)
    if isinstance(error, Problems | Damaged):
        return _fail(1, error)
    if isinstance(error, ModuleNotFoundError):
        extra = _EXTRAS.get(str(error.name), "build")
        return _fail(3, f"{error.name} is not installed; pip install 'syrian-groups-data[{extra}]'")
    if isinstance(error, Environment):
        return _fail(3, error)
    if isinstance(error, OSError):
        return _fail(3, f"{error.filename or 'the system'}: {error.strerror or error}")
    raise error


def _fail(status: int, why: object) -> int:
    for line in str(why).splitlines():
        print(f"syrian-groups-data: {visible(line)}" if status > 1 else visible(line), file=sys.stderr)
    return status


def run() -> NoReturn:
    """Entry point of the console script."""
    sys.exit(main())


if __name__ == "__main__":
    run()
