"""Passages: how a document is cut and listed, and the account of all of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from syrian_groups_data.author.passages import read_passages
from syrian_groups_data.evidence import Manner, first_list, to_csv
from syrian_groups_data.evidence.cut import Cut
from syrian_groups_data.evidence.links import linked
from syrian_groups_data.evidence.passages import listed
from syrian_groups_data.model.passages import Passage
from syrian_groups_data.model.values import digest
from tests.conftest import EXAMPLE, ROOT, Run

TEXT = (EXAMPLE / "documents" / "report.txt").read_text(encoding="utf-8")


def segment(text: str, start: int = 0, end: int | None = None) -> list[Passage]:
    return first_list(text, start, len(text) if end is None else end, Manner("en", False))


def cut(text: str) -> list[str]:
    return [text[passage.start : passage.end] for passage in segment(text)]


def test_lines_and_sentences_become_passages() -> None:
    assert cut(TEXT)[:4] == ["Mithal", "Mithal Battalion", "Leader: Jane Example", "Flag: 20px"]
    assert cut(TEXT)[-1].startswith("John Example, its spokesman")
    assert [passage.number for passage in segment(TEXT)] == list(range(1, 11))


def test_headings_are_the_section_of_what_follows() -> None:
    sections = {text: passage.section for text, passage in zip(cut(TEXT), segment(TEXT), strict=True)}
    assert sections["Mithal Battalion"] is None
    assert sections["Attacks of 2014"] == "Attacks of 2014"
    assert sections[cut(TEXT)[-1]] == "Attacks of 2014"


def test_edges_are_short_and_open_no_formula() -> None:
    for text in (TEXT, "- = + @ marks lead\n* a bullet with quite a few words in it to see\n"):
        for passage in segment(text):
            assert (passage.opens is None) == (passage.closes is None)
            if passage.opens and passage.closes:
                assert len(passage.opens.split()) <= 3
                assert len(passage.closes.split()) <= 3
                assert len(passage.opens) + len(passage.closes) <= (passage.end - passage.start) / 2
                assert passage.opens[0] not in "=+-@"


@pytest.mark.parametrize(
    "text", ["", "\n\n", " - \n", "a", "x\n\ny", "One. Two. Three? " * 40, "مرحبا. كيف حالك؟ " * 9]
)
def test_passages_lie_in_order_and_miss_no_word(text: str) -> None:
    end = 0
    for passage in segment(text):
        assert end <= passage.start < passage.end <= len(text)
        assert digest(text[passage.start : passage.end]) == passage.sha256
        assert not text[end : passage.start].strip(" \n-=*•")
        end = passage.end


def test_a_part_is_cut_with_offsets_into_the_whole() -> None:
    text = (EXAMPLE / "documents" / "page.txt").read_text(encoding="utf-8")
    at = text.index("According")
    parts = [*segment(text, 0, at), *segment(text, at)]
    assert [text[p.start : p.end] for p in parts] == cut(text)


def test_the_stored_passages_are_what_segment_writes() -> None:
    for key, start, end in (("report", 0, None), ("copy", 0, 115), ("monitor", 115, 337)):
        name = "report.txt" if key == "report" else "page.txt"
        text = (EXAMPLE / "documents" / name).read_text(encoding="utf-8")
        stored = (EXAMPLE / "raw" / "sources" / f"{key}.csv").read_bytes()
        assert to_csv(segment(text, start, end)) == stored


def test_a_list_round_trips(tmp_path: Path) -> None:
    rows = [*segment(TEXT)[1:], segment(TEXT)[0]._replace(state="gone", snapshot="1" * 64, became=(11, 12))]
    (tmp_path / "list.csv").write_bytes(to_csv(rows))
    assert read_passages(tmp_path / "list.csv", "list.csv") == rows


def test_every_passage_of_the_documents_is_the_one_that_is_listed(documents: Path) -> None:
    """Bound as they were read: the numbers of 1.0.0, each with the digests of what stands at its place."""
    import hashlib

    from syrian_groups_data.author import load

    texts = {hashlib.sha256(path.read_bytes()).hexdigest(): path for path in documents.glob("*.txt")}
    corpus = load(ROOT / "raw")
    for key, source in corpus.sources.items():
        text = texts[source.snapshot.sha256].read_bytes().decode()
        assert len(text) == source.snapshot.characters
        rows = corpus.passages[key]
        assert [row.number for row in rows] == list(range(1, len(rows) + 1))
        assert linked(text, [listed(text, r.number, Cut(r.section, r.start, r.end)) for r in rows]) == rows


def test_no_run_of_twelve_words_of_a_source_is_in_the_repository(documents: Path) -> None:
    import re
    import subprocess

    def words(text: str) -> list[str]:
        return [found.group().casefold() for found in re.finditer(r"\w+", text)]

    known = set()
    for path in documents.glob("*.txt"):
        run = words(path.read_text(encoding="utf-8"))
        known |= {tuple(run[i : i + 12]) for i in range(len(run) - 11)}
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if listed.returncode:
        pytest.skip("not a git checkout: the files were not searched")
    found = []
    for name in listed.stdout.splitlines():
        if not name.endswith(".parquet") and (ROOT / name).is_file():
            run = words((ROOT / name).read_text(encoding="utf-8", errors="ignore"))
            found += [(name, run[i : i + 12]) for i in range(len(run) - 11) if tuple(run[i : i + 12]) in known]
    assert found == []


def test_coverage_lists_unread_passages_with_their_text(example: Path, run: Run) -> None:
    path = example / "raw" / "sources" / "report.yml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("  - {reason: blank, passages: [4]}\n", ""), encoding="utf-8"
    )
    assert run(example, "build").returncode == 0
    done = run(example, "coverage", "--unread", "--snapshots", "documents")
    assert done.returncode == 1
    assert "report: 10 passages, 8 cited, 1 set aside, 1 unread" in done.stdout
    assert "report:4: Flag: 20px" in done.stdout
