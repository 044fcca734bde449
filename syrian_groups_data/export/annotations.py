"""W3C Web Annotations: which words of a live page carry which claim.

A page is named by its address; the words by their place in the text as read (TextPositionSelector) and by their first
and last words (RangeSelector of two TextQuoteSelectors), for the package holds no more of its sources. The digest of
the passage travels as `digest`, so that who finds the words can prove that they are the same.
"""

from __future__ import annotations

import json
from typing import Any

from .source import Row, Source


def export(source: Source) -> dict[str, bytes]:
    """`annotations.jsonld`, a page of annotations, one a citation, and `without-address.txt`: citations that have none."""
    items, lost = [], []
    for row in source.rows("citations"):
        passage = source.passages[row["passage_id"]]
        address = source.sources[passage["source_id"]]["url"]
        if address and passage["opens"] and passage["closes"] and passage["use"] != "gone":
            items.append(_annotation(source, row, passage, address))
        else:
            lost.append(f"{row['citation_id']}\t{'no address' if not address else 'no edge words'}\n")
    found = {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": f"urn:{source.name}:{source.version}:annotations",
        "type": "AnnotationPage",
        "items": items,
    }
    return {
        "annotations.jsonld": (json.dumps(found, ensure_ascii=False, indent=1) + "\n").encode(),
        "without-address.txt": "".join(lost).encode(),
    }


def _annotation(source: Source, row: Row, passage: Row, address: str) -> dict[str, Any]:
    statement = source.statements[row["statement_id"]]
    claim = f"{source.title(statement['entity_id'])}, {statement['property'].replace('_', ' ')}: {statement['value']}"
    return {
        "id": f"urn:{source.name}:citation:{row['citation_id']}",
        "type": "Annotation",
        "motivation": {"supports": "identifying", "context": "describing", "disputes": "questioning"}[row["role"]],
        "body": {
            "type": "TextualBody",
            "format": "text/plain",
            "value": f"{claim} ({source.marked(statement)}; this passage {row['role']})",
        },
        "target": {
            "source": address,
            "digest": f"sha256:{passage['sha256']}",
            "selector": [
                {
                    "type": "RangeSelector",
                    "startSelector": {"type": "TextQuoteSelector", "exact": passage["opens"]},
                    "endSelector": {"type": "TextQuoteSelector", "exact": passage["closes"]},
                },
                {"type": "TextPositionSelector", "start": passage["start"], "end": passage["end"]},
            ],
        },
    }
