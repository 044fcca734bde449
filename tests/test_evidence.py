"""Passages: how a document is cut, and what verify says when it has changed."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from syrian_groups_data.evidence import segment, to_csv, verify
from syrian_groups_data.model.values import digest
from tests.conftest import EXAMPLE, ROOT, Run

TEXT = (EXAMPLE / "documents" / "report.txt").read_text(encoding="utf-8")


def cut(text: str) -> list[str]:
    return [text[passage.start : passage.end] for passage in segment(text)]


def test_lines_and_sentences_become_passages() -> None:
    assert cut(TEXT)[:4] == ["Mithal", "Mithal Battalion", "Leader: Jane Example", "Flag: 20px"]
    assert cut(TEXT)[-1].startswith("John Example, its spokesman")
    assert [passage.ordinal for passage in segment(TEXT)] == list(range(1, 11))


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
        stored = (EXAMPLE / "raw" / "sources" / f"{key}.csv").read_text(encoding="utf-8")
        assert to_csv(segment(text, start, end)) == stored


def test_csv_round_trips() -> None:
    rows = list(csv.DictReader(io.StringIO(to_csv(segment(TEXT)))))
    assert [row["sha256"] for row in rows] == [passage.sha256 for passage in segment(TEXT)]


def _verify(example: Path, run: Run) -> tuple[int, str]:
    done = run(example, "verify", "--snapshots", "documents")
    assert "Traceback" not in done.stderr
    return done.returncode, done.stdout


def test_verify_finds_documents_by_digest_not_by_name(example: Path, run: Run) -> None:
    assert run(example, "build").returncode == 0
    (example / "documents" / "report.txt").rename(example / "documents" / "anything.dat")
    code, out = _verify(example, run)
    assert code == 0
    assert "report: 10 exact in anything.dat (its snapshot)" in out


def test_verify_names_the_passage_whose_word_was_changed(example: Path, run: Run) -> None:
    assert run(example, "build").returncode == 0
    path = example / "documents" / "report.txt"
    path.write_text(TEXT.replace("two guards", "ten guards"), encoding="utf-8")
    code, out = _verify(example, run)
    assert code == 1
    assert "report: 9 exact, 1 changed in report.txt (a changed version)" in out
    assert "report:7: changed, cited" in out


def test_verify_forgives_moved_passages(example: Path, run: Run) -> None:
    assert run(example, "build").returncode == 0
    (example / "documents" / "report.txt").write_text("A new line above.\n" + TEXT, encoding="utf-8")
    code, out = _verify(example, run)
    assert code == 0
    assert "report: 10 moved in report.txt" in out
    assert "  report:1 to 10: moved by +18\n" in out


def test_of_places_with_the_same_words_the_one_near_its_neighbours_is_meant(tmp_path: Path) -> None:
    text = "A first line here.\nReferences\nA second line here.\nReferences\nA third line here.\n"
    source = {"source_id": "a", "snapshot_sha256": "0" * 64}
    rows = [{**p._asdict(), "passage_id": f"a:{p.ordinal}", "source_id": "a", "use": "cited"} for p in segment(text)]
    (tmp_path / "a.txt").write_text("Put above.\n" + text.replace("second", "2nd"))
    (verdict,) = verify([source], rows, tmp_path)
    assert [(f.state, f.shift) for f in verdict.findings] == [
        ("moved", 11), ("moved", 11), ("changed", 0), ("moved", 8), ("moved", 8)
    ]  # fmt: skip


def test_verify_names_a_missing_document(example: Path, run: Run) -> None:
    assert run(example, "build").returncode == 0
    (example / "documents" / "report.txt").write_text("Quite another text.", encoding="utf-8")
    code, out = _verify(example, run)
    assert code == 1
    assert "report: missing" in out
    assert "copy: 3 exact" in out


def test_a_changed_passage_that_nothing_cites_is_no_failure(example: Path, run: Run) -> None:
    assert run(example, "build").returncode == 0
    (example / "documents" / "report.txt").write_text(TEXT.replace("Flag: 20px", "Flag: 99px"), encoding="utf-8")
    code, out = _verify(example, run)
    assert code == 0
    assert "report:4: changed: " in out


def test_every_citation_is_proved_against_the_documents(documents: Path, run: Run) -> None:
    done = run(ROOT, "verify", "--snapshots", str(documents))
    assert done.returncode == 0, done.stdout
    assert done.stdout.count("(its snapshot)") == 6
    assert "changed" not in done.stdout
    assert "moved" not in done.stdout


def test_the_documents_would_be_cut_as_stored_but_for_one_line(documents: Path) -> None:
    """The stored lists are the authority; of 488 passages one is a menu line that is two sentences now."""
    import hashlib

    from syrian_groups_data.author import load

    texts = {hashlib.sha256(path.read_bytes()).hexdigest(): path for path in documents.iterdir()}
    corpus, other = load(ROOT / "raw"), []
    for key, source in corpus.sources.items():
        text = texts[source.snapshot.sha256].read_bytes().decode()
        span = source.snapshot.span
        assert len(text) == source.snapshot.characters
        found = {(p.section, p.start, p.end) for p in segment(text, *(span.start, span.end) if span else ())}
        other += [p for p in corpus.passages[key] if (p.section, p.start, p.end) not in found]
    assert len(other) == 1


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
