"""Citations over edited documents: which sentence each claim cites afterwards, and what is refused."""

from __future__ import annotations

import re
import textwrap
from pathlib import Path

import pytest

from syrian_groups_data.author import load
from syrian_groups_data.check import check
from syrian_groups_data.evidence import LEAST
from syrian_groups_data.files import exchange
from syrian_groups_data.model.passages import by_number, live
from tests.life import KEY, Life

A = "The battalion attacked the northern checkpoint of the valley on 2 March."
B = "Two guards were killed in the attack, according to the local council."
C = "The front denied on its channel that it had lost any of its fighters there."
D = "A witness told the monitor that shots were heard until the evening."
PAGE = f"Example Town\n\n{A} {B}\n\n== Aftermath ==\n{C} {D}\n"


def test_a_paragraph_inserted_above_moves_no_citation(life: Life) -> None:
    life.begin(PAGE, A[:20], B[:20], C[:20])
    before = {n: life.said(n) for n in range(1, 7)}
    life.later(f"Updated on 4 March by the editors.\n\nA new paragraph tells of the weather in spring.\n\n{PAGE}")
    assert {n: life.said(n) for n in range(1, 7)} == before
    assert life.problems() == []
    assert [row.number for row in live(life.rows())][:3] == [7, 8, 1]


def test_a_changed_sentence_is_told_at_the_line_of_its_citation(life: Life) -> None:
    life.begin(PAGE, A[:20], B[:20])
    number = life.number(B[:20])
    life.later(PAGE.replace("Two guards", "Ten guards"))
    row = by_number(life.rows())[number]
    assert (row.state, row.became) == ("gone", (7,))
    assert life.said(7) == B.replace("Two", "Ten")
    assert life.problems() == ["raw/groups/readers.yml:5: passage-gone"]


def test_a_deleted_sentence_is_gone_and_no_other_takes_its_number(life: Life) -> None:
    life.begin(PAGE, A[:20], B[:20], C[:20])
    number = life.number(B[:20])
    life.later(PAGE.replace(f" {B}", ""))
    row = by_number(life.rows())[number]
    assert (row.state, row.became) == ("gone", ())
    assert life.gone() == [number]
    assert life.said(life.number(C[:20])) == C


def test_a_sentence_that_returns_gets_its_number_back(life: Life) -> None:
    life.begin(PAGE, B[:20])
    number = life.number(B[:20])
    life.later(PAGE.replace(f" {B}", ""))
    assert life.said(number) is None
    life.later(f"A new line above.\n{PAGE}")
    assert life.said(number) == B
    assert life.problems() == []
    assert [each.sha256 for each in load(life.root / "raw").sources[KEY].earlier] != []


def test_a_sentence_split_in_two_is_changed_into_both(life: Life) -> None:
    whole = "The commission visited the valley in March and found that the battalion had left it."
    life.begin(f"{A}\n{whole}\n{C}\n", "The commission")
    number = life.number("The commission")
    life.later(f"{A}\nThe commission visited the valley in March. It found that the battalion had left it.\n{C}\n")
    assert by_number(life.rows())[number].became == (4, 5)
    assert life.gone() == [number]
    refused = life.segment("--accept", str(number))
    assert (refused.status, "it became 4, 5" in refused.err) == (2, True)


def test_two_sentences_joined_by_words_are_both_changed(life: Life) -> None:
    life.begin(
        f"{A}\nThe commission visited the valley in March. It found that the battalion had left.\n{C}\n",
        "The comm",
        "It found",
    )
    life.later(f"{A}\nThe commission visited the valley in March and found that the battalion had left.\n{C}\n")
    assert sorted(life.gone()) == [2, 3]
    assert life.said(5) == "The commission visited the valley in March and found that the battalion had left."
    assert by_number(life.rows())[2].became == by_number(life.rows())[3].became == (5,)


def test_a_sentence_moved_to_another_section_keeps_its_number_and_gets_its_heading(life: Life) -> None:
    life.begin(PAGE, B[:20])
    number = life.number(B[:20])
    life.later(f"Example Town\n\n{A}\n\n== Aftermath ==\n{C} {D} {B}\n")
    assert life.said(number) == B
    assert by_number(life.rows())[number].section == "Aftermath"
    assert life.problems() == []


def test_a_sentence_that_moved_and_changed_leads_to_what_it_became(life: Life) -> None:
    life.begin(PAGE, B[:20], A[:20])
    later = f"Example Town\n\n{A}\n\n== Aftermath ==\n{C} {D} {B.replace('killed', 'wounded')}\n"
    life.later(later)
    assert by_number(life.rows())[3].became == (7,)
    assert life.said(7) == B.replace("killed", "wounded")
    assert life.gone() == [3]
    life.later(later.replace(A, "") + "Quite another sentence stands at the end, and nothing in it is alike.\n")
    assert by_number(life.rows())[2].became == ()


def test_of_two_equal_sentences_the_neighbours_tell_which_one_is_left(life: Life) -> None:
    twice = f"{A} {B}\nOn 9 April the front attacked the southern checkpoint of the valley. {B}\n"
    life.begin(twice, A[:20], B[:20])
    first = life.number(B[:20])
    life.later(twice.replace(f" {B}\n", "\n", 1))
    assert life.said(4) == B
    assert life.gone() == [first]


def test_of_equal_sentences_that_nothing_tells_apart_every_cited_one_is_changed(life: Life) -> None:
    life.begin(f"Example Town\n{B}\n{B}\n{B}\n{A}\n", B[:20])
    done = life.later(f"Example Town\n{B}\n{B}\n{A}\n")
    assert life.gone() == [2]
    assert "page:2: changed: one of 3 equal sentences, and it is not sure which" in done.out
    (told,) = check(load(life.root / "raw"))
    assert told.what == "page:2 was one of several equal sentences, and it is not sure which"
    assert told.fix.startswith("cite page:3 or page:4, or give segment --keep 2 ")


def test_a_short_line_under_another_label_is_not_the_same_claim(life: Life) -> None:
    life.begin("Allies:\nIran\nOpponents:\nTurkey\n\n" + A + "\n", "Iran", "Turkey")
    life.later("Allies:\nOpponents:\nIran\nTurkey\n\n" + A + "\n")
    assert life.said(4) == "Turkey"
    assert life.gone() == [2]


def test_a_sentence_that_goes_on_is_changed(life: Life) -> None:
    life.begin(f"{A}\nTwo guards were killed at the gate.\n{C}\n", "Two guards")
    life.later(f"{A}\nTwo guards were killed at the gate, and three were hurt.\n{C}\n")
    assert life.gone() == [2]


def test_a_document_wrapped_anew_keeps_every_number(life: Life) -> None:
    life.begin(PAGE, A[:20], B[:20], C[:20], D[:20])
    before = {n: life.said(n) for n in range(1, 7)}
    wrapped = "\n".join(textwrap.fill(line, 40) for line in PAGE.splitlines())
    done = life.later(wrapped)
    assert {n: life.said(n) for n in range(1, 7)} == before
    assert "6 exact" in done.out
    life.later(PAGE.replace("\n", "\n\n"))
    assert {n: life.said(n) for n in range(1, 7)} == before
    assert life.problems() == []


def test_one_of_two_sources_of_a_snapshot_is_carried(life: Life) -> None:
    """`copy` and `monitor` of the example are two parts of page.txt."""
    old = life.text()
    before = [old[row.start : row.end] for row in life.rows("monitor")]
    life.write(f"Another line of the site.\n{old}The footer of the site.\n", "page2.txt")
    done = life.run("segment", "documents/page2.txt", "--key", "monitor", "--carry")
    assert done.status == 0, done.err
    new = life.text("page2.txt")
    rows = [row for row in life.rows("monitor") if row.number <= len(before)]
    assert [new[row.start : row.end] for row in rows] == before
    span = load(life.root / "raw").sources["monitor"].snapshot.span
    assert span is not None
    assert new[span.start :].startswith(before[0])
    assert f"monitor is proposed to be {span.start}-{span.end} of it" in done.out
    assert life.problems() == ["raw/sources/copy.yml:7: snapshot-parted"]
    assert life.run("segment", "documents/page2.txt", "--key", "copy", "--carry").status == 0
    assert life.problems() == []
    other = load(life.root / "raw").sources["copy"].snapshot.span
    assert other is not None
    assert (other.start, other.end) == (0, span.start)
    # Back at the first version they share it again.
    for key in ("monitor", "copy"):
        assert life.run("segment", "documents/page.txt", "--key", key, "--carry").status == 0
    assert life.problems() == []


# --- the account, and what is refused ---------------------------------------------------------------


def test_without_carry_nothing_is_written(life: Life) -> None:
    life.begin(PAGE, B[:20])
    raw = {path: path.read_bytes() for path in (life.root / "raw").rglob("*.*")}
    life.write(PAGE.replace("Two guards", "Ten guards"))
    done = life.segment()
    assert done.status == 1
    assert "page:3: changed, likely into page:7" in done.out
    assert re.search(r"on it rests raw/groups/readers.yml:4:\d+ \(cite\)", done.out)
    assert done.out.endswith("nothing was written; --carry writes it\n")
    assert {path: path.read_bytes() for path in (life.root / "raw").rglob("*.*")} == raw


def test_a_difference_is_shown_where_the_earlier_text_is_at_hand(life: Life) -> None:
    life.begin(PAGE, B[:20])
    life.write(PAGE.replace("Two guards", "Ten guards"))
    without = life.segment().out
    assert "its words are shown only where the earlier text is at hand" in without
    assert "is  at 87-156: “Ten guards were killed" in without
    life.write(PAGE, "before.txt")
    assert "[-Two-] {+Ten+} guards were killed" in life.segment().out
    (life.root / "documents" / "before.txt").rename(life.root / "before.txt")
    assert "[-Two-] {+Ten+} guards were killed" in life.segment("--old", "before.txt").out


def test_as_long_as_nothing_rests_on_it_a_document_is_simply_cut(life: Life) -> None:
    life.write(PAGE)
    assert life.segment("--language", "en").status == 0
    life.write(f"Quite another first line.\n{C}\n")
    assert life.segment().status == 0
    assert [life.said(row.number) for row in life.rows()] == ["Quite another first line.", C]


@pytest.mark.parametrize("use", ["cite", "aside", "mention", "published"])
def test_whatever_rests_on_it_a_document_is_not_cut_from_one_again(life: Life, use: str) -> None:
    life.begin(PAGE, *([A[:20]] if use == "cite" else []), aside="2" if use == "aside" else "")
    group = life.root / "raw" / "groups" / "readers.yml"
    if use == "mention":
        group.write_text(
            "id: readers\nkind: media\nnames:\n  - {value: R, lang: en, cite: [report:7], note: 'Compare page:2.'}\n",
            "utf-8",
        )
    elif use != "cite":
        group.unlink()
    if use == "published":
        assert life.run("build").status == 0
    life.write(f"A line above.\n{PAGE}")
    done = life.segment()
    assert "nothing was written" in done.out
    assert "6 exact, 1 new" in done.out


def test_no_language_is_no_english(life: Life) -> None:
    life.write(PAGE)
    done = life.segment()
    assert (done.status, "give --language" in done.err) == (2, True)
    assert not (life.root / "raw" / "sources" / "page.csv").exists()


@pytest.mark.parametrize("page", ["<!DOCTYPE html><p>One.", "\ufeff\n<html><p>One.", "{\\rtf1 One.}", "%PDF-1.4\nOne."])
def test_what_is_no_plain_text_is_not_cut(life: Life, page: str) -> None:
    life.write(page)
    done = life.segment("--language", "en")
    assert (done.status, "save " in done.err) == (2, True)
    assert not (life.root / "raw" / "sources" / "page.csv").exists()


def test_a_record_that_was_written_first_says_the_language(life: Life) -> None:
    life.write(PAGE)
    path = life.root / "raw" / "sources" / "page.yml"
    path.write_text("id: page\n# where it is from\nkind: news\nlanguage: en\n", encoding="utf-8")
    assert life.segment().status == 0
    assert path.read_text(encoding="utf-8").startswith(
        "id: page\n# where it is from\nkind: news\nlanguage: en\nsnapshot:\n"
    )
    assert life.problems() == []


@pytest.mark.parametrize("lost", ["page.csv", "page.yml"])
def test_a_file_that_is_missing_is_to_be_restored(life: Life, lost: str) -> None:
    life.begin(PAGE, A[:20])
    (life.root / "raw" / "sources" / lost).unlink()
    done = life.segment("--language", "en")
    assert (done.status, "restore it" in done.err) == (2, True)
    assert not (life.root / "raw" / "sources" / lost).exists()


def test_both_files_missing_while_it_is_cited_is_no_new_source(life: Life) -> None:
    life.begin(PAGE, A[:20])
    for name in ("page.csv", "page.yml"):
        (life.root / "raw" / "sources" / name).unlink()
    done = life.segment("--language", "en")
    assert (done.status, "restore them" in done.err) == (2, True)


def test_an_unrelated_text_is_no_later_version(life: Life) -> None:
    life.begin(PAGE, A[:20])
    life.write("Example Town\n\nRainfall in the northern plain was far below the mean of ten years.\n")
    done = life.segment("--carry")
    assert (done.status, "0 % of its longer passages" in done.err) == (2, True)
    assert f"{100 * LEAST:.0f} %" in done.err
    assert life.problems() == []


def test_a_snapshot_of_another_source_is_no_later_version(life: Life) -> None:
    life.begin(PAGE, A[:20])
    done = life.run("segment", "documents/report.txt", "--key", KEY, "--carry")
    assert (done.status, "it is a snapshot of report" in done.err) == (2, True)


def test_a_list_that_was_changed_is_not_carried_on(life: Life) -> None:
    life.begin(PAGE, A[:20])
    path = life.root / "raw" / "sources" / "page.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",87,", ",88,"), encoding="utf-8")
    life.write(f"A line above.\n{PAGE}")
    done = life.segment("--carry")
    assert (done.status, "list-changed" in done.err) == (1, True)


def test_one_segment_works_at_a_time(life: Life) -> None:
    from filelock import FileLock

    life.write(PAGE)
    with FileLock(life.root / ".segment.lock"):
        done = life.segment("--language", "en")
    assert (done.status, "another segment is at work here; nothing was changed" in done.err) == (3, True)
    assert life.segment("--language", "en").status == 0


def test_a_segment_that_was_killed_between_list_and_record_is_ended_by_the_next_command(
    life: Life, monkeypatch: pytest.MonkeyPatch
) -> None:
    life.begin(PAGE, A[:20])
    before = life.rows()
    life.write(f"A line above.\n{PAGE}")
    place = exchange._place

    def killed(root: Path, unit: exchange.Unit, last: bool) -> None:
        if last:
            raise KeyboardInterrupt
        place(root, unit, last)

    monkeypatch.setattr(exchange, "_place", killed)
    with pytest.raises(KeyboardInterrupt):
        life.segment("--carry")
    monkeypatch.undo()
    assert "raw/sources/page.csv:1: list-made-again" in life.problems()
    done = life.run("check")
    assert (done.status, "ended what a killed command had left" in done.err) == (0, True)
    assert [row.number for row in life.rows()] == [7, *(row.number for row in before)]
    assert life.segment("--carry").out.startswith("page: this is its snapshot")


def test_where_the_list_cannot_be_written_the_record_is_not_either(life: Life) -> None:
    life.begin(PAGE, A[:20])
    record, path = (life.root / "raw" / "sources" / f"page.{end}" for end in ("yml", "csv"))
    before = record.read_bytes()
    life.write(f"A line above.\n{PAGE}")
    rows = path.read_bytes()
    path.unlink()
    path.mkdir()
    assert life.segment("--carry").status != 0
    path.rmdir()
    path.write_bytes(rows)
    assert record.read_bytes() == before
    assert life.segment("--carry").status == 0
    assert life.problems() == []
