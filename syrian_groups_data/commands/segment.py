"""a new document -> its passages"""

from __future__ import annotations

import argparse
from pathlib import Path

from ..model.problem import visible
from .project import Usage, count, project


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("snapshot", metavar="SNAPSHOT", help="a UTF-8 text file")
    parser.add_argument("--key", required=True, type=_key, help="id of the source")
    parser.add_argument("--from", dest="start", type=int, help="first code point of the source")
    parser.add_argument("--to", dest="end", type=int, help="after its last code point")


def run(args: argparse.Namespace) -> int:
    """Exit status of the command."""
    import hashlib

    from ..evidence import segment as cut
    from ..evidence import write

    root, path = project(), Path(args.snapshot)
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
    print(f"wrote {count(len(passages), 'passage')} to {visible(str(target))}")
    print(f"for raw/sources/{args.key}.yml:")
    print(f"snapshot:\n  sha256: {digest}\n  characters: {len(text)}")
    if (start, end) != (0, len(text)):
        print(f"  span: {{start: {start}, end: {end}}}")
    return 0


def _key(text: str) -> str:
    import re

    from ..model.values import ID_PATTERN

    if not re.match(ID_PATTERN, text):
        raise argparse.ArgumentTypeError("write lower-case letters and digits joined by single hyphens")
    return text
