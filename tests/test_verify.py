"""What verify says of documents as they are in life, and of folders as they are."""

from __future__ import annotations

import json
import os
import textwrap
import tracemalloc
import unicodedata
from pathlib import Path
from typing import Any

import pytest

from syrian_groups_data.evidence import documents, verify
from syrian_groups_data.evidence.cut import Cut, cut
from syrian_groups_data.evidence.passages import listed
from tests.conftest import EXAMPLE, ROOT, Run
from tests.life import Life

A = "The battalion attacked the northern checkpoint of the valley on 2 March."
B = "Two guards were killed in the attack, according to the local council."
C = "The commander's men said that they “would not leave” the town in the winter of 2013–2014... He did not deny it."
PAGE = f"Example Town\n{A} {B}\nReferences\n{C}[6]\n"


def rows(
    text: str, key: str = "page", sha256: str = "0" * 64, cited: bool = True
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """A source and its passages, as the tables have them."""
    source = {"source_id": key, "snapshot_sha256": sha256, "earlier": []}
    found = []
    for number, place in enumerate(cut(text, language="en"), 1):
        row = listed(text, number, place)._asdict()
        more = {"passage_id": f"{key}:{number}", "source_id": key, "ordinal": number, "snapshot_sha256": sha256}
        found.append({**row, **more, "use": "cited" if cited else "set_aside", "gone_since": None})
    return source, found


def states(old: str, new: str | bytes, folder: Path) -> list[str] | None:
    """States of the passages of an old text in a folder that holds a new one; None where it is missing."""
    (folder / "page.txt").write_bytes(new.encode() if isinstance(new, str) else new)
    source, passages = rows(old)
    (verdict,) = verify([source], passages, folder).verdicts
    return [each.state for each in verdict.findings] if verdict.file else None


EDITS = {
    "a line above": lambda text: f"Updated today.\n{text}",
    "curly quotes": lambda text: text.replace("'", "’").replace("“", '"').replace("”", '"').replace("...", "…").replace("–", "-"),
    "no-break spaces": lambda text: text.replace("2 March", "2\u00a0March"),
    "wrapped": lambda text: "\n".join(textwrap.fill(line, 30) for line in text.splitlines()),
    "entities": lambda text: text.replace("“", "&ldquo;").replace("'", "&#39;").replace(" ", "&nbsp;", 4),
    "soft hyphens": lambda text: text.replace("battalion", "bat\u00adtal\u00adion"),
    "right-to-left marks": lambda text: text.replace(" the ", " \u200fthe\u200e "),
    "decomposed": lambda text: unicodedata.normalize("NFD", text),
    "carriage returns": lambda text: text.replace("\n", "\r\n"),
    "byte order mark": lambda text: f"\ufeff{text}",
    "footnotes": lambda text: text.replace("[6]", "[7][8]").replace("council.", "council.12"),
}  # fmt: skip


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS.keys())
def test_typography_is_the_same_words_at_worst(tmp_path: Path, edit: Any) -> None:
    found = states(PAGE, edit(PAGE), tmp_path)
    assert found is not None
    assert set(found) <= {"exact", "moved", "same words"}


def test_two_passages_are_never_at_one_place(tmp_path: Path) -> None:
    twice = f"Example Town\n{A} {B}\nOn 9 April the front attacked the southern checkpoint. {B}\n"
    assert states(twice, twice.replace(f" {B}", "", 1), tmp_path) == ["exact", "exact", "gone", "moved", "moved"]


def test_a_short_text_of_another_document_is_no_changed_version(tmp_path: Path) -> None:
    other = "Another Report\n\nRainfall in the northern plain was far below the mean of ten years.\n\nReferences\n"
    assert states(PAGE, other, tmp_path) is None


def test_furniture_of_the_same_site_is_no_changed_version(tmp_path: Path) -> None:
    furniture = "All rights reserved by the publisher of this site, whose terms apply to every page.\n" * 3
    (tmp_path / "page.txt").write_text(
        f"{furniture}\nQuite another story stands on this page of the site.\n{furniture}"
    )
    source, passages = rows(f"{furniture}{A}\n{furniture}")
    for row in passages:
        row["use"] = "cited" if row["opens"] == "The battalion attacked" else "set_aside"
    assert verify([source], passages, tmp_path).verdicts[0].file is None


def test_a_changed_sentence_is_pointed_at(tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text(PAGE.replace("Two guards", "Ten guards"), encoding="utf-8")
    source, passages = rows(PAGE)
    (verdict,) = verify([source], passages, tmp_path).verdicts
    changed = verdict.findings[2]
    assert (changed.state, changed.failed, verdict.failed) == ("changed", True, True)
    assert PAGE.replace("Two guards", "Ten guards")[changed.start : changed.end] == B.replace("Two", "Ten")
    assert "likely now at" in changed.where
    assert 0.5 < verdict.share < 1


def test_the_verdict_needs_no_segmenter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source, passages = rows(PAGE)
    (tmp_path / "page.txt").write_text(PAGE.replace("Two guards", "Ten guards"), encoding="utf-8")
    monkeypatch.setitem(__import__("sys").modules, "sentencex", None)
    assert [each.state for each in verify([source], passages, tmp_path).verdicts[0].findings][2] == "changed"


def test_a_snapshot_of_another_source_is_no_changed_version(tmp_path: Path) -> None:
    """A mirror shares most sentences with what it copies; so does an earlier snapshot with a later one."""
    import hashlib

    (tmp_path / "page.txt").write_text(PAGE, encoding="utf-8")
    digest = hashlib.sha256(PAGE.encode()).hexdigest()
    page, of_page = rows(PAGE, sha256=digest)
    mirror, of_mirror = rows(f"Home\n{PAGE}", "mirror")
    found = {each.source_id: each.file for each in verify([page, mirror], [*of_page, *of_mirror], tmp_path).verdicts}
    assert found == {"page": "page.txt", "mirror": None}
    mirror["earlier"], page["snapshot_sha256"] = [f"{digest} 2025-01-01"], "1" * 64
    assert [each.file for each in verify([page, mirror], [*of_page, *of_mirror], tmp_path).verdicts] == [None, None]


def test_one_file_is_the_changed_version_of_one_source(tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text(PAGE.replace("2 March", "3 March"), encoding="utf-8")
    page, of_page = rows(PAGE)
    mirror, of_mirror = rows(f"Home of quite another site, which copies texts.\n{PAGE}", "mirror", "1" * 64)
    found = {each.source_id: each.file for each in verify([page, mirror], [*of_page, *of_mirror], tmp_path).verdicts}
    assert found == {"page": "page.txt", "mirror": None}


def test_files_that_were_not_read_are_named_and_subfolders_are_searched(tmp_path: Path) -> None:
    (tmp_path / "below" / "deep").mkdir(parents=True)
    (tmp_path / "below" / "deep" / "page.txt").write_text(f"Above.\n{PAGE}", encoding="utf-8")
    (tmp_path / "utf16.txt").write_bytes(PAGE.encode("utf-16"))
    (tmp_path / "latin.txt").write_bytes("Çeşme".encode("latin-1", "replace") + b"\xe9")
    (tmp_path / "utf32.txt").write_bytes(PAGE.encode("utf-32"))
    (tmp_path / "picture.png").write_bytes(b"\x89PNG\0\0")
    (tmp_path / "page.pdf").write_bytes(b"%PDF-1.4\n%\xe2\xe3" + PAGE.encode())
    (tmp_path / "page.rtf").write_bytes(b"{\\rtf1 " + PAGE.encode())
    (tmp_path / "page.docx").write_bytes(b"PK\x03\x04 " + PAGE.encode())
    (tmp_path / "page.html").write_text(f"<!-- saved -->\n<!doctype html>\n<p>{PAGE}", encoding="utf-8")
    (tmp_path / ".hidden").write_text("x")
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link.txt").symlink_to(tmp_path / "utf16.txt")
    with (tmp_path / "large.txt").open("wb") as file:
        file.truncate(300 << 20)
    source, passages = rows(PAGE)
    report = verify([source], passages, tmp_path)
    assert report.verdicts[0].file == "below/deep/page.txt"
    assert {each.name: each.reason.split(";")[0] for each in report.unread} == {
        ".hidden": "it is hidden",
        "large.txt": "its 314,572,800 bytes are more than the 8,388,608 that are read, and it is no snapshot",
        "latin.txt": "it is not UTF-8 at byte 0",
        "link.txt": "it is a link",
        "page.docx": "it is an office file or an archive",
        "page.html": "it is HTML",
        "page.pdf": "it is PDF",
        "page.rtf": "it is RTF",
        "picture.png": "it is binary",
        "pipe": "it is a pipe",
        "utf16.txt": "it is UTF-16",
        "utf32.txt": "it is UTF-32",
    }


def test_a_large_snapshot_is_read_all_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import hashlib

    monkeypatch.setattr(documents, "READ", 20)
    (tmp_path / "page.txt").write_text(PAGE, encoding="utf-8")
    source, passages = rows(PAGE, sha256=hashlib.sha256(PAGE.encode()).hexdigest())
    assert verify([source], passages, tmp_path).verdicts[0].same


@pytest.mark.parametrize("data", [b"\xff" * 100, b"\0" * 100])
def test_a_large_file_that_is_no_text_is_no_snapshot_whatever_a_record_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, data: bytes
) -> None:
    import hashlib

    monkeypatch.setattr(documents, "READ", 20)
    (tmp_path / "page.txt").write_bytes(data)
    source, passages = rows(PAGE, sha256=hashlib.sha256(data).hexdigest())
    report = verify([source], passages, tmp_path)
    assert (report.verdicts[0].file, [each.name for each in report.unread]) == (None, ["page.txt"])


def test_a_page_of_tags_that_was_read_as_it_stands_is_proved(tmp_path: Path) -> None:
    import hashlib

    page = f"<html><p>{PAGE}"
    (tmp_path / "page.html").write_text(page, encoding="utf-8")
    source, passages = rows(page, sha256=hashlib.sha256(page.encode()).hexdigest())
    assert verify([source], passages, tmp_path).verdicts[0].same


def test_twenty_thousand_equal_lines_are_laid_in_bounded_memory(tmp_path: Path) -> None:
    line = "A line that stands here over and over again, with a few words.\n"
    text = line * 20_000
    first = listed(text, 1, Cut(None, 0, len(line) - 1))._asdict()
    source = {"source_id": "page", "snapshot_sha256": "0" * 64, "earlier": []}
    passages = [
        {
            **first, "passage_id": f"page:{n}", "source_id": "page", "ordinal": n, "start": (n - 1) * len(line),
            "end": n * len(line) - 1, "snapshot_sha256": "0" * 64, "use": "cited", "gone_since": None,
        }
        for n in range(1, 20_001)
    ]  # fmt: skip
    (tmp_path / "page.txt").write_text(f"A first line.\n{text}", encoding="utf-8")
    tracemalloc.start()
    (verdict,) = verify([source], passages, tmp_path).verdicts
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert {each.state for each in verdict.findings} == {"moved"}
    assert peak < 100 << 20
    (tmp_path / "page.txt").write_text(text.removeprefix(line), encoding="utf-8")
    (verdict,) = verify([source], passages, tmp_path).verdicts
    assert {each.state for each in verdict.findings} == {"changed"}
    assert "one of 20000 equal sentences" in verdict.findings[0].where


# --- the command ------------------------------------------------------------------------------------


def test_a_source_alone_and_json(life: Life) -> None:
    assert life.run("build").status == 0
    alone = life.run("verify", "--snapshots", "documents", "--source", "report")
    assert (alone.status, alone.out) == (0, "report: 10 exact in report.txt (its snapshot)\n")
    assert life.run("verify", "--snapshots", "documents", "--source", "reprot").status == 2
    (life.root / "documents" / "more.bin").write_bytes(b"\0")
    done = life.run("verify", "--snapshots", "documents", "--json")
    told = json.loads(done.out)
    versions = {each["source_id"]: each["version"] for each in told["sources"]}
    assert versions.keys() >= {"copy", "monitor", "report"}
    assert set(versions.values()) == {"snapshot"}
    assert told["unread"] == [{"name": "more.bin", "reason": "it is binary"}]
    assert told["sources"][0]["passages"][0]["state"] == "exact"


def test_the_share_of_a_changed_version_is_printed(life: Life) -> None:
    assert life.run("build").status == 0
    text = (EXAMPLE / "documents" / "report.txt").read_text(encoding="utf-8")
    life.write(text.replace("two guards", "ten guards"), "report.txt")
    done = life.run("verify", "--snapshots", "documents")
    assert done.status == 1
    assert (
        "report: 9 exact, 1 changed in report.txt (a changed version: 80 % of its longer passages are in it)"
        in done.out
    )
    assert "report:7: changed, cited: was at 182-294" in done.out


def test_what_is_kept_is_proved_against_the_earlier_document(life: Life) -> None:
    life.begin(PAGE, A[:20], B[:20])
    life.write(PAGE, "before.txt")
    life.later(PAGE.replace(f" {B}", ""), "--keep", "3")
    done = life.run("verify", "--snapshots", "documents", "--source", "page")
    assert done.status == 0, done.out
    assert "page:3: kept, cited: as read in before.txt" in done.out
    (life.root / "documents" / "before.txt").unlink()
    done = life.run("verify", "--snapshots", "documents", "--source", "page")
    assert done.status == 1
    assert "page:3: not at hand, cited: kept as read in the snapshot" in done.out


def test_every_citation_is_proved_against_the_documents(documents: Path, run: Run) -> None:
    done = run(ROOT, "verify", "--snapshots", str(documents))
    assert done.returncode == 0, done.stdout
    assert done.stdout.count("(its snapshot)") == 6
    assert "changed" not in done.stdout
    assert "moved" not in done.stdout
