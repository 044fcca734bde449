"""a document -> its passages; a later version of it -> what becomes of each"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from ..model.problem import near, visible
from . import decisions
from .project import Usage, busy, count, project

if TYPE_CHECKING:
    from ..evidence import Account, Manner
    from ..model.passages import Passage
    from .lists import Standing


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("snapshot", metavar="SNAPSHOT", help="a UTF-8 text file")
    parser.add_argument("--key", required=True, type=_key, help="id of the source")
    parser.add_argument("--language", metavar="TAG", help="language of the text, where its record does not say")
    parser.add_argument("--unwrap", action="store_true", help="join the lines of a paragraph first")
    parser.add_argument("--from", dest="start", type=int, metavar="N", help="first code point of the source")
    parser.add_argument("--to", dest="end", type=int, metavar="N", help="after its last code point")
    parser.add_argument("--carry", action="store_true", help="write what the account of a later version says")
    parser.add_argument("--old", metavar="FILE", help="the earlier text, to show what changed")
    decisions.arguments(parser)


class Document(NamedTuple):
    """The text that was given."""

    path: Path
    text: str
    sha256: str


def run(args: argparse.Namespace) -> int:
    """Exit status of the command."""
    from .lists import alone

    root, document = project(args), _document(args.snapshot)
    if (args.split is None) != (args.at is None):
        raise Usage("give --split N and --at OFFSET together")
    with alone(root):
        return _run(args, root, document)


def _run(args: argparse.Namespace, root: Path, document: Document) -> int:
    from ..evidence import Manner, Refused
    from .lists import standing

    with busy("reading raw/"):
        known = standing(root, args.key)
    if led := known.corpus.redirects.get(args.key):
        raise Usage(f"{args.key} was given up; it is {led.new} now")
    source = known.source
    cut = source.cut if source else None
    told = cut.language if cut else source.language if source else known.draft.get("language")
    language = args.language or told
    if language is None:
        raise Usage(
            f"nothing says in which language it is; give --language, or language: in raw/sources/{args.key}.yml"
        )
    languages = known.corpus.vocabulary.terms("languages")
    if language not in languages:
        raise Usage(
            f"no language {language}{near(language, languages)}; there are {', '.join(languages)}, and more go to raw/vocabulary.yml"
        )
    manner = Manner(language, args.unwrap or bool(cut and "unwrap" in cut.options))
    decides = bool(args.accept or args.keep or args.join or args.split)
    try:
        if known.passages is not None and (known.used or decides):
            return _later(args, known, document, manner, decides)
        if decides:
            raise Usage(f"{args.key} has no passages to decide on")
        return _first(args, known, document, manner)
    except Refused as why:
        raise Usage(f"{why}; nothing was changed") from None


def _first(args: argparse.Namespace, known: Standing, document: Document, manner: Manner) -> int:
    """Cut a document of which nothing is known yet."""
    from ..evidence import first_list, segmenter
    from .lists import cut_of, snapshot_of, write

    span = _span(args, document.text) or _part_of_record(known, document)
    shared = known.others(document.sha256)
    if shared and span == (0, len(document.text)):
        raise Usage(f"it is a snapshot of {shared[0].id}; give --from and --to, or another file")
    passages = first_list(document.text, *span, manner)
    options = ["unwrap"] if manner.unwrap else []
    said = cut_of(document.sha256, segmenter(), manner.language, options, passages)
    snapshot = snapshot_of(document.sha256, len(document.text), span, known.source)
    said_already = known.source or known.draft
    new = {} if said_already else {"kind": "document", "language": manner.language}
    write(known, passages, {**new, "snapshot": snapshot, "cut": said, "earlier": None, "kept": None})
    print(f"wrote {count(len(passages), 'passage')} to raw/sources/{args.key}.csv, and how they were cut to its record")
    if new:
        print(f"raw/sources/{args.key}.yml is new: say there what kind of document it is, and who published it")
    _propose(manner, document.text[slice(*span)])
    return 0


def _propose(manner: Manner, text: str) -> None:
    from ..evidence import looks_wrapped

    if not manner.unwrap and looks_wrapped(text):
        print("its lines look broken at one width: run it again with --unwrap, which joins them", file=sys.stderr)


def _later(args: argparse.Namespace, known: Standing, document: Document, manner: Manner, decides: bool) -> int:
    """Account for a later version of a document, carry over to it, and decide."""
    source, passages = known.source, known.passages
    assert source is not None
    assert passages is not None
    later = document.sha256 != source.snapshot.sha256
    texts = _earlier_texts(args, known, document)
    values: dict[str, Any] = {}
    if later:
        if decides and not args.carry:
            raise Usage(f"it is not the snapshot of {args.key}; give --carry too, or the file that was carried to")
        account, span = _account(args, known, document, manner, texts)
        _tell(args.key, account, document, texts, known)
        _propose(manner, document.text[slice(*span)])
        if not args.carry:
            print("nothing was written; --carry writes it")
            return int(
                any(each.state in ("changed", "gone") and each.number in known.resting for each in account.fates)
            )
        values, passages = _carried(known, document, account, span), account.passages
    elif not decides:
        print(f"{args.key}: this is its snapshot, and its passages are the list in raw/sources/{args.key}.csv")
        return 0
    passages, kept, left = decisions.decided(args, known, document, passages, texts)
    _write(known, document, manner if later else None, passages, {**values, "kept": kept})
    return int(left)


def _account(
    args: argparse.Namespace, known: Standing, document: Document, manner: Manner, texts: dict[int, str]
) -> tuple[Account, tuple[int, int]]:
    from ..evidence import LEAST, account, proposed

    source, passages = known.source, known.passages
    assert source is not None
    assert passages is not None
    if not source.snapshot.span and (shared := known.others(document.sha256)):
        raise Usage(f"it is a snapshot of {shared[0].id}, not a later version of {args.key}")
    span = _span(args, document.text)
    if span is None and source.snapshot.span:
        others = [
            passage
            for key, other in known.corpus.sources.items()
            if key != args.key and other.snapshot.sha256 == source.snapshot.sha256
            for passage in known.corpus.passages.get(key, ())
            if passage.live
        ]
        parts = [each.part for each in known.others(document.sha256) if each.snapshot.sha256 == document.sha256]
        span = proposed(document.text, [each for each in passages if each.live], others, parts)
        if span:
            print(f"{args.key} is proposed to be {span[0]}-{span[1]} of it; --from and --to choose another part")
    span = span or (0, len(document.text))
    with busy("laying passages"):
        found = account(
            document.text, span, passages, source.snapshot.sha256, manner, known.resting, known.aside, texts
        )
    if found.share < LEAST:
        what = (
            f"{100 * found.share:.0f} % of its longer passages are in it, and a later version has {100 * LEAST:.0f} %"
        )
        raise Usage(f"{document.path} is no version of {args.key}: {what}; choose another key")
    return found, span


def _tell(key: str, account: Account, document: Document, texts: dict[int, str], known: Standing) -> None:
    from ..evidence import told

    resting = {number: list(where) for number, where in known.resting.items()}
    for number in known.aside:
        resting.setdefault(number, []).append(f"raw/sources/{key}.yml (set aside)")
    for line in told(key, account, document.text, texts, resting):
        print(line)
    states = ", ".join(f"{number} {state}" for state, number in account.counts().items() if number)
    print(f"{key}: {states}; {100 * account.share:.0f} % of its longer passages are in {visible(document.path.name)}")


def _carried(known: Standing, document: Document, account: Account, span: tuple[int, int]) -> dict[str, Any]:
    """What a record says of its new snapshot."""
    from .lists import earlier_of, snapshot_of

    assert known.source is not None
    return {
        "snapshot": snapshot_of(document.sha256, len(document.text), span, known.source),
        "cut": None,
        "earlier": earlier_of(known.source),
    }


def _write(
    known: Standing, document: Document, manner: Manner | None, passages: list[Passage], values: dict[str, Any]
) -> None:
    """Write the list and what its record says of it; without a manner nothing was cut."""
    from ..evidence import segmenter
    from .lists import cut_of, write

    source = known.source
    assert source is not None
    assert source.cut is not None
    old = source.cut
    cut = (
        cut_of(document.sha256, segmenter(), manner.language, ["unwrap"] if manner.unwrap else [], passages)
        if manner
        else cut_of(old.snapshot, old.segmenter, old.language, list(old.options), passages)
    )
    write(known, passages, {**values, "cut": cut})
    print(f"wrote raw/sources/{known.key}.csv and its record; syrian-groups-data check tells what is to be decided")


def _earlier_texts(args: argparse.Namespace, known: Standing, document: Document) -> dict[int, str]:
    """Old texts of passages by number: from the file given, else from one beside the document."""
    from ..evidence import survey

    assert known.source is not None
    wanted = {row.snapshot or known.source.snapshot.sha256 for row in known.passages or ()}
    found: dict[str, str] = {document.sha256: document.text}
    if args.old:
        old = _document(args.old)
        if old.sha256 not in wanted:
            raise Usage(f"{args.old} is no earlier snapshot of {args.key}")
        found[old.sha256] = old.text
    elif not wanted <= found.keys():
        shelf = survey(document.path.parent, wanted, below=False)
        at_hand = shelf.by_digest()
        found |= {key: shelf.text(at_hand[key]) for key in wanted & at_hand.keys()}
    texts = {}
    for row in known.passages or ():
        if (text := found.get(row.snapshot or known.source.snapshot.sha256)) is not None and row.state != "earlier":
            texts[row.number] = text[row.start : row.end]
    return texts


def _document(name: str) -> Document:
    import hashlib

    from ..evidence import unreadable
    from ..files import read, share

    path = Path(os.path.realpath(name))
    try:
        data = read(path.parent, path.name, share())
    except OSError as error:
        raise Usage(f"{name}: {error.strerror}") from None
    if why := unreadable(data):
        raise Usage(f"{name}: {why}")
    text = data.decode()
    if not text.strip():
        raise Usage(f"{path} holds no text")
    return Document(path, text, hashlib.sha256(data).hexdigest())


def _span(args: argparse.Namespace, text: str) -> tuple[int, int] | None:
    """The part that was asked for, if one was."""
    if args.start is None and args.end is None:
        return None
    start, end = args.start or 0, len(text) if args.end is None else args.end
    if not 0 <= start < end <= len(text):
        raise Usage(f"--from {start} --to {end} is no part of {len(text)} characters")
    return start, end


def _part_of_record(known: Standing, document: Document) -> tuple[int, int]:
    """The part that the record names, where it names this document, else the whole."""
    source = known.source
    same = source and source.snapshot.sha256 == document.sha256
    return source.part if source and same else (0, len(document.text))


def _key(text: str) -> str:
    from ..model.values import is_id

    if not is_id(text):
        raise argparse.ArgumentTypeError("write lower-case letters and digits joined by single hyphens, 60 at most")
    return text
