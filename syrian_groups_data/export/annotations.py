"""W3C Web Annotations: which words of a live page carry which claim.

A page is named by its address; the words by their first and last ones (RangeSelector) and by their place in the text as
read (TextPositionSelector), for the package holds no more of its sources. The digest of the passage travels along, so
that who finds the words can prove that they are the same.
"""

from __future__ import annotations

import json
from typing import Any

from .source import Row, Source

_MOTIVATION = {"supports": "describing", "context": "linking", "disputes": "questioning"}


def export(source: Source) -> dict[str, bytes]:
    """`annotations.jsonld`, a page of annotations, one a citation, and `left-out.tsv`: citations that have no place."""
    items, left = [], ["citation_id\twhy\n"]
    for row in source.rows("citations"):
        passage = source.passages[row["passage_id"]]
        address = source.sources[passage["source_id"]]["url"]
        if why := _missing(passage, address):
            left.append(f"{row['citation_id']}\t{why}\n")
        else:
            items.append(_annotation(source, row, passage, address))
    found = {
        "@context": ["http://www.w3.org/ns/anno.jsonld", {"sha256": "https://schema.org/sha256"}],
        "id": f"urn:{source.name}:{source.version}:annotations",
        "type": "AnnotationPage",
        "items": items,
    }
    return {
        "annotations.jsonld": (json.dumps(found, ensure_ascii=False, indent=1) + "\n").encode(),
        "left-out.tsv": "".join(left).encode(),
    }


def _missing(passage: Row, address: str | None) -> str | None:
    if passage["use"] == "gone":
        return "the passage is gone from its source"
    if not address:
        return "the source has no address"
    return None if passage["opens"] and passage["closes"] else "the passage is too short for words of its own"


def _annotation(source: Source, row: Row, passage: Row, address: str) -> dict[str, Any]:
    statement = source.statements[row["statement_id"]]
    end = len(passage["closes"])
    said = f"{source.claim(statement)} ({source.marked(statement)}; this passage {_DOES[row['role']]})"
    note = f"Note: {statement['note']}" if statement["note"] else ""
    return {
        "id": f"urn:{source.name}:citation:{row['citation_id']}",
        "type": "Annotation",
        "motivation": _MOTIVATION[row["role"]],
        "body": {
            "type": "TextualBody",
            "format": "text/plain",
            "value": "\n".join(filter(None, (said, note, source.answers(statement)))),
        },
        "target": {
            "source": address,
            "sha256": passage["sha256"],
            "selector": [
                {
                    "type": "RangeSelector",
                    "startSelector": {"type": "TextQuoteSelector", "exact": passage["opens"]},
                    # A range ends before its end selector: this one is the point after the last words.
                    "endSelector": {
                        "type": "TextQuoteSelector",
                        "exact": passage["closes"],
                        "refinedBy": {"type": "TextPositionSelector", "start": end, "end": end},
                    },
                },
                {"type": "TextPositionSelector", "start": passage["start"], "end": passage["end"]},
            ],
        },
    }


_DOES = {"supports": "supports it", "context": "helps to read it", "disputes": "speaks against it"}
