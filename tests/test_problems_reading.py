"""Problems of reading a file, and of one record against its model."""

from __future__ import annotations

from pathlib import Path

import pytest

from syrian_groups_data.commands import main
from tests.cases import Case, each, prove
from tests.problems_model import MODEL
from tests.problems_reading import (
    READING,
    UNSEEN,
)


@pytest.mark.parametrize(("code", "case"), each(READING | MODEL))
def test_exact_message(code: str, case: Case, example: Path) -> None:
    prove(code, case, example / "raw")


@pytest.mark.parametrize("character", UNSEEN, ids=[f"U+{ord(each):04X}" for each in UNSEEN])
def test_a_list_that_segment_wrote_is_taken_by_check(character: str, example: Path) -> None:
    """Its cells quote the document, whatever the document holds."""
    (example / "raw/sources/odd.yml").write_text("id: odd\nkind: news\nlanguage: en\n", encoding="utf-8")
    document = example / "odd.txt"
    text = f"Caf{character} owners {character} of the town said on Monday that they would close{character}.\n"
    document.write_text(text, encoding="utf-8")
    assert main(["--root", str(example), "segment", "--key", "odd", str(document)]) == 0
    assert main(["--root", str(example), "check"]) == 0
