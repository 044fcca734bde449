"""Names of our records, held against the documents: each is printed in every passage that it cites."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from syrian_groups_data.author import load
from syrian_groups_data.check.rule import claims
from syrian_groups_data.model.claims import Name
from tests.conftest import ROOT


def printed(name: str, passage: str) -> bool:
    """Whether a passage has a name, in any case and with any apostrophe; Syrians is no Syria."""
    straight = passage.replace("’", "'")
    return re.search(rf"(?i:{re.escape(name.replace('’', chr(39)))})(?![^\W\d_A-Z])", straight) is not None


def test_every_name_is_printed_in_its_passages(documents: Path) -> None:
    corpus = load(ROOT / "raw")
    read = [path.read_bytes() for path in documents.glob("*.txt")]
    snapshots = {hashlib.sha256(each).hexdigest(): each.decode() for each in read}
    texts = {
        f"{key}:{each.number}": snapshots[source.snapshot.sha256][each.start : each.end]
        for key, source in corpus.sources.items()
        for each in corpus.passages[key]
    }
    found = [
        f"{entry.record.id}: {claim.value} is not in {passage}"
        for entry, _, claim in claims(corpus)
        if isinstance(claim, Name)
        for passage in claim.cite
        if not printed(claim.value, texts[passage])
    ]
    assert found == []


def test_another_word_is_not_the_name() -> None:
    assert printed("Syria’s coast", "along Syria's Coast")
    assert printed("Jane Example", "Leaders: Jane ExampleWIA ()")
    assert not printed("Syria", "most Syrians")
    assert not printed("Jane Example", "Jane  Example")
