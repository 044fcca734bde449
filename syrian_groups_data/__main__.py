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


def _found(root: str | None) -> Path | None:
    """The folder named by --root, else the nearest parent folder that is a project of ours."""
    from .files import FOLDER, kind, marked

    if root is None:
        here = Path.cwd()
        return next((folder for folder in (here, *here.parents) if marked(folder)), None)
    if kind(Path(root), "raw") != FOLDER:
        raise Usage(f"no folder raw/ in {root}; name the folder of a project with --root")
    return Path(root).resolve()


def _project(args: argparse.Namespace) -> Path:
    """The project where check, build and segment work."""
    if (root := _found(args.root)) is None:
        here = Path.cwd()
        raise Usage(
            f"no raw/ in {here} or above it has a project.yml; run this inside a project, or name one with --root"
        )
    return root


def _package(args: argparse.Namespace, given: str | None = None) -> Path:
    """The folder with the tables to work on: named, else that of the project around, else the installed one."""
    from .release import _base

    if given is not None:
        folder = Path(given)
        return folder.parent if folder.name == "datapackage.json" else folder
    if (root := _found(args.root)) is None:
        _tell("no project in this folder or above it; what follows is from the installed data")
        return _base()
    from .files import kind

    if kind(root, ".build"):  # a build was killed here, or is at work
        from .files.exchange import recover

        if recover(root):
            _tell(f"ended what a killed build had left in {root}")
    return root


def _tell(line: str) -> None:
    print(f"syrian-groups-data: {visible(line)}", file=sys.stderr)


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
    corpus = _load(_project(args) / "raw")
    if corpus is None:
        return 1
    print(f"{_count(len(corpus.entries), 'record')}, no problems")
    return 0


def build(args: argparse.Namespace) -> int:
    """raw/ -> tables/ and datapackage.json; --check fails when they are stale"""
    from .author.citation import read_citation
    from .files import replaceable
    from .files.exchange import put, recover
    from .flatten import flatten
    from .publish import render, stale, summary

    root = _project(args)
    with _busy("building"):
        corpus = _load(root / "raw")
        if corpus is None:
            print("nothing was written", file=sys.stderr)
            return 1
        if not corpus.entries:
            print(f"{visible(str(root / 'raw'))} holds no records; nothing was written", file=sys.stderr)
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
        recover(root)
        replaceable(root, set(files))
        put(root, files, ["tables"])
    size = sum(len(data) for data in files.values()) / 1e6
    print(f"built {len(tables)} tables in {visible(str(root / 'tables'))} ({size:.1f} MB)")
    for line in summary(tables):
        print(line)
    return 0


def segment(args: argparse.Namespace) -> int:
    """a new document -> its passages"""
    import hashlib
    import os

    from . import files
    from .author.text import MAX_BYTES
    from .evidence import segment as cut
    from .evidence import write

    root, path = _project(args), Path(os.path.realpath(args.snapshot))
    try:
        data = files.read(path.parent, path.name, files.share())
        text = data.decode()
    except OSError as error:
        raise Usage(f"{args.snapshot}: {error.strerror}") from None
    except UnicodeDecodeError as error:
        raise Usage(f"{args.snapshot} is not UTF-8 at byte {error.start}") from None
    start, end = args.start or 0, len(text) if args.end is None else args.end
    if not 0 <= start < end <= len(text):
        raise Usage(f"--from {start} --to {end} is no part of {len(text)} characters")
    digest = hashlib.sha256(data).hexdigest()
    name, record = f"raw/sources/{args.key}.csv", f"raw/sources/{args.key}.yml"
    target = root / name
    files.expect(root, name, files.FILE)
    both = files.kind(root, name) and files.kind(root, record)
    if both and digest.encode() not in files.read(root, record, MAX_BYTES):
        raise Usage(f"{args.key} has the passages of another snapshot; delete {target} first, or choose another key")
    passages = cut(text, start, end)
    write(root, name, passages)
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

    folder = _documents(args.snapshots)
    sources, passages = _rows(_package(args), "sources", "passages")
    with _busy("comparing"):
        verdicts = prove(sources, passages, folder, _tell)
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

    base = _package(args)
    sources, passages = _rows(base, "sources", "passages")
    known = _texts(base, args.snapshots)
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

    base = _package(args)
    data, known = load(base), _texts(base, args.snapshots)
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


def _documents(folder: str) -> Path:
    """The folder with the documents, where the user says it is."""
    from .files import listing

    try:
        listing(Path(folder))
    except OSError as error:
        raise Usage(f"{folder} is not a folder that can be read: {error.strerror}") from None
    return Path(folder)


def _texts(base: Path, folder: str | None) -> dict[str, str]:
    """Text of the passages, where a folder with the documents is given."""
    if folder is None:
        return {}
    from .evidence import texts

    where = _documents(folder)
    sources, passages = _rows(base, "sources", "passages")
    return texts(sources, passages, where, _tell)


def search(args: argparse.Namespace) -> int:
    """records by words of any name"""
    from .library import load

    found = load(_package(args)).find(" ".join(args.text))
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

    base = _package(args, args.package)
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


def _version(root: str | None) -> str:
    from .release import _base, descriptor

    return str(descriptor(_found(root) or _base()).get("version", "unknown"))


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
