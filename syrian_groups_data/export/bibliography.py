"""Sources for a reference manager (CSL JSON, BibTeX), and a single citation to paste."""

from __future__ import annotations

import json
import re
from typing import Any

from ..model.passages import extent
from .source import Row, Source

_CSL = {
    "encyclopedia": "entry-encyclopedia", "ai-encyclopedia": "entry-encyclopedia", "news": "article-newspaper",
    "mirror": "webpage", "report": "report", "court-document": "legal_case",
    "social-media": "post", "interview": "interview",
    "agency-wire": "article-newspaper",
}  # fmt: skip
_CONTAINED = ("entry-encyclopedia", "article-newspaper", "webpage", "post")
_ESCAPES = str.maketrans(
    {"\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_"}
    | {"~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
)


def export(source: Source) -> dict[str, bytes]:
    """`references.json` (CSL JSON) and `references.bib` (BibTeX, UTF-8). What a document does not state is left out."""
    items = [_csl(row) for row in source.rows("sources")]
    bib = "\n".join(_bibtex(row) for row in source.rows("sources"))
    return {
        "references.json": (json.dumps(items, ensure_ascii=False, indent=2) + "\n").encode(),
        "references.bib": bib.encode(),
    }


def _parts(text: str | None) -> list[list[int]] | None:
    """A date as CSL has it, at the precision of the text; None for anything but year, month or day."""
    if not text or not re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", text):
        return None
    return [[int(part) for part in text.split("-")]]


def _csl(row: Row) -> dict[str, Any]:
    kind = _CSL.get(row["kind"], "document")
    item: dict[str, Any] = {
        "id": row["source_id"],
        "type": kind,
        "title": row["title"],
        "author": [{"literal": row["author"]}] if row["author"] else None,
        "container-title" if kind in _CONTAINED else "publisher": row["publisher"],
        "URL": row["url"],
        "language": row["language"],
        "issued": {"date-parts": parts} if (parts := _parts(row["published"])) else None,
        "accessed": {"date-parts": parts} if (parts := _parts(row.get("retrieved"))) else None,
        "archive_location": row.get("archive"),
        "note": _digest(row),
    }
    return {key: value for key, value in item.items() if value}


def _digest(row: Row) -> str:
    return f"SHA-256 of the text as read: {row['snapshot_sha256']}"


def _bibtex(row: Row) -> str:
    fields = {
        "title": row["title"],
        "author": row["author"],
        "organization": row["publisher"],
        "date": row["published"] if _parts(row["published"]) else None,
        "urldate": row.get("retrieved") if _parts(row.get("retrieved")) else None,
        "note": _digest(row),
    }
    lines = []
    for key, value in fields.items():
        if value:
            text = str(value).translate(_ESCAPES)
            # Braces keep the case of a title, and an author who is no first and last name whole.
            lines.append(f"  {key} = {{{f'{{{text}}}' if key in ('title', 'author') else text}}},")
    if row["url"]:
        lines.append(f"  url = {{{row['url']}}},")
    return "\n".join([f"@online{{{row['source_id']},", *lines, "}", ""])


def footnote(source: Source, key: str) -> str:
    """A citation to paste: claim, speaker, source, date retrieved, deep link, digest.

    `key` is the id of a statement or of a passage; one that was given up leads to its successor. Raises LookupError,
    whose message says what to do, where the package has neither.
    """
    if key in source.passages:
        return _passage(source, source.passages[key])
    now = _successor(source, key)
    statement = source.statements[now]
    passages, against = (
        " ".join(_passage(source, source.passages[each]) for each in source.supports(now, role))
        for role in ("supports", "disputes")
    )
    where = f"{source.name} {source.version}, statement {now}{'' if now == key else f' (formerly {key})'}"
    told = (
        f"{source.claim(statement)} ({source.marked(statement)}).",
        f"Said in: {source.called(statement['said_in']).rstrip('.')}." if statement["said_in"] else "",
        f"Note: {statement['note'].rstrip('.')}." if statement["note"] else "",
        source.answers(statement),
        passages,
        f"Against it: {against}" if against else "",
        f"In: {where}.",
    )
    return " ".join(filter(None, told))


def _successor(source: Source, key: str) -> str:
    """The statement that an id names now, by way of the table of changes."""
    changes = {row["old_id"]: row for row in source.rows("changes")}
    if re.fullmatch(r"s?[0-9a-f]{12}", key) and f"s{key[-12:]}" not in changes:  # an id of 1.0.0 begins today's
        key = next((each for each in source.statements if each.startswith(f"s{key[-12:]}")), key)
    elif re.fullmatch(r"[0-9a-f]{12}", key):
        key = f"s{key}"
    while key not in source.statements:
        if key not in changes:
            raise LookupError(f"no statement or passage {key}; {_there(source, key)}")
        if not (new := changes[key]["new_id"]):
            raise LookupError(f"the statement {key} was withdrawn in {changes[key]['since']}: {changes[key]['reason']}")
        key = new
    return key


def _there(source: Source, key: str) -> str:
    """What there is, for whoever asked for something else."""
    name, _, number = key.rpartition(":")
    if name not in source.sources or not number.isdecimal():
        return "the tables statements and passages have their ids"
    return extent(name, (int(each.rpartition(":")[2]) for each in source.passages if each.startswith(f"{name}:")))


def _passage(source: Source, row: Row) -> str:
    origin = source.sources[row["source_id"]]
    title = f"“{origin['title']}”" if origin["title"] else origin["source_id"]
    named = ", ".join(filter(None, (origin["author"], title, origin["publisher"], origin["published"])))
    read = f", retrieved {origin['retrieved']}" if origin.get("retrieved") else ", date retrieved not recorded"
    link = f", {row['url']}" if row["url"] else ""
    gone = ", gone from the source since" if row["use"] == "gone" else ""
    return f"{named}{read}, passage {row['passage_id']}{link}{gone} [SHA-256 {row['sha256']}]."
