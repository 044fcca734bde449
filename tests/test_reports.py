"""Reports with numbered paragraphs, bullets, notes, quotations and tables, all invented: how often they are cut wrongly."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.benchmarks.segmenters import MARK, REPORTS, ends, ours

ALLOWED = 0.04  # wrong cuts a sentence


@pytest.mark.parametrize("path", sorted(REPORTS.glob("*.txt")), ids=lambda path: path.stem)
def test_few_sentences_of_a_report_are_cut_wrongly(path: Path) -> None:
    cut = ours(path.name[:2])
    sentences, wrong = 0, []
    for line in path.read_text(encoding="utf-8").splitlines():
        marked = line.split(MARK)
        sentences += len(marked)
        differ = ends(marked) ^ ends(cut("".join(marked)))
        wrong += [line] * len(differ)
    assert sentences > 70
    assert len(wrong) <= ALLOWED * sentences, wrong
