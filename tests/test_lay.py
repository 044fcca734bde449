"""Laying passages on a text: each at one place, none at another's, and nothing where nothing decides."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from syrian_groups_data.author import load
from syrian_groups_data.evidence import Manner, account, first_list
from syrian_groups_data.evidence.cut import Cut
from syrian_groups_data.evidence.hits import Sought
from syrian_groups_data.evidence.lay import lay
from syrian_groups_data.evidence.letters import Letters
from syrian_groups_data.evidence.passages import listed
from syrian_groups_data.evidence.words import words_digest
from syrian_groups_data.model.passages import Passage, live
from tests.benchmarks.segmenters import MARK, REPORTS
from tests.conftest import ROOT
from tests.effort import least

LINES = [
    "The battalion attacked the northern checkpoint of the valley on 2 March.",
    "Two guards were killed in the attack, according to the local council.",
    "The front denied that it had lost any of its fighters there.",
    "References",
    "Iran",
    "…",
    "“We will not leave,” its commander said to a local paper.[6]",
    "قال القائد إن رجاله لن يغادروا المدينة قبل الشتاء.",
    "Flag: 20px",
    "It left the town in 2014.",
    "It left the town in 2015.",
]  # fmt: skip


def document(lines: list[str]) -> tuple[str, list[Passage]]:
    """A text of lines, each of which is one passage."""
    text, rows = "", []
    for number, line in enumerate(lines, 1):
        rows.append(listed(f"{text}{line}", number, Cut(None, len(text), len(text) + len(line))))
        text += f"{line}\n"
    return text, rows


def laid(rows: list[Passage], text: str, resting: Collection[int] | None = None) -> list[str | None]:
    """What stands where each passage was laid; what is laid says what it should, and lies over no other."""
    layout, _ = lay(Letters(text), rows, range(len(rows)) if resting is None else resting)
    places = sorted(place for place in layout.places if place)
    assert all(one.end <= other.start for one, other in pairwise(places))
    for row, place in zip(rows, layout.places, strict=True):
        assert place is None or words_digest(text[place.start : place.end]) == row.words_sha256
    return [text[place.start : place.end] if place else None for place in layout.places]


@given(st.lists(st.sampled_from(LINES), max_size=14), st.integers(0, 14))
def test_a_line_that_is_put_in_moves_everything_and_changes_nothing(lines: list[str], at: int) -> None:
    _, rows = document(lines)
    text, _ = document([*lines[:at], "Quite another line of which nobody knew.", *lines[at:]])
    layout, _ = lay(Letters(text), rows, range(len(rows)))
    if at == 0 or at >= len(lines):
        assert [place and place.exact for place in layout.places] == [True] * len(rows)
    for row, place in zip(rows, layout.places, strict=True):
        # Of lines that are equal only those beside the new one may be in doubt.
        assert place is not None or lines.count(lines[row.number - 1]) > 1 or lines[row.number - 1] == "…"


@given(st.lists(st.sampled_from(LINES), max_size=12), st.sets(st.integers(0, 11)))
def test_what_is_deleted_never_takes_the_place_of_another(lines: list[str], deleted: set[int]) -> None:
    _, rows = document(lines)
    kept = [i for i in range(len(lines)) if i not in deleted]
    shorter, _ = document([lines[i] for i in kept])
    layout, _ = lay(Letters(shorter), rows, range(len(rows)))
    starts = [sum(len(lines[j]) + 1 for j in kept[:n]) for n in range(len(kept))]
    for i, place in enumerate(layout.places):
        if place and lines[i] != "…":
            owner = kept[starts.index(place.start)]
            assert owner == i or lines[min(i, owner) : max(i, owner) + 1].count(lines[i]) > abs(i - owner)


EDITS = [
    "as it is",
    "wrapped",
    "curly",
    "entities",
    "decomposed",
    "crlf",
    "bom",
    "spaced",
    "notes",
    "unseen",
    "stretched",
]


def edited(text: str, how: str) -> str:
    import textwrap
    import unicodedata

    if how == "wrapped":
        return "\n".join(
            textwrap.fill(line, 24, break_long_words=False, break_on_hyphens=False) for line in text.splitlines()
        )
    if how == "curly":
        return text.replace("“", '"').replace("”", '"').replace("'", "’").replace("…", "...")
    if how == "entities":
        return text.replace("“", "&ldquo;").replace(" ", "&nbsp;", 3).replace("é", "&eacute;")
    if how == "decomposed":
        return unicodedata.normalize("NFD", text)
    if how == "crlf":
        return text.replace("\n", "\r\n")
    if how == "bom":
        return f"\ufeff{text}"
    if how == "spaced":
        return text.replace(" ", "\u00a0").replace("\n", "\n\n")
    if how == "unseen":
        return text.replace(". ", ".\u200f \u200f").replace("\n", "\u200f\n\u200e").replace(",", "\u200b,\u2060")
    if how == "stretched":
        return text.replace("ا", "ا\u0640")
    return text.replace("[6]", "[7]").replace("[note 3]", "[note\u00a04]") if how == "notes" else text


@given(st.lists(st.sampled_from(LINES), max_size=10, unique=True), st.sampled_from(EDITS))
def test_typography_keeps_every_passage(lines: list[str], how: str) -> None:
    text, rows = document(lines)
    found = laid(rows, edited(text, how))
    told = [line for line, place in zip(lines, found, strict=True) if place is None and line != "…"]
    assert told == []


@pytest.mark.parametrize("how", EDITS)
@pytest.mark.parametrize("path", sorted(REPORTS.glob("*.txt")), ids=lambda path: path.stem)
def test_every_passage_of_a_report_is_found_in_an_edited_copy(path: Path, how: str) -> None:
    """With bullets that are letters, words that a line stretches, notes in brackets and bare ones."""
    text = path.read_text(encoding="utf-8").replace(MARK, "")
    rows = first_list(text, 0, len(text), Manner(path.name[:2], False))
    found = laid(rows, f"A line put above.\n{edited(text, how)}")
    assert [text[row.start : row.end] for row, place in zip(rows, found, strict=True) if place is None] == []


@pytest.mark.parametrize("how", EDITS)
def test_every_passage_of_the_documents_is_found_in_an_edited_copy(how: str, documents: Path) -> None:
    texts = {hashlib.sha256(path.read_bytes()).hexdigest(): path for path in documents.glob("*.txt")}
    corpus = load(ROOT / "raw")
    for key, source in corpus.sources.items():
        start, end = source.part
        text = texts[source.snapshot.sha256].read_bytes().decode()[start:end]
        rows = live(corpus.passages[key])
        layout, _ = lay(Letters(f"A line put above.\n{edited(text, how)}"), rows, range(len(rows)))
        assert [row.number for row, place in zip(rows, layout.places, strict=True) if not place] == [], key


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Two guards were killed at the gate.", "Two guards were killed at the gate and three were hurt."),
        ("Two guards were killed at the gate.", "The minister denied that two guards were killed at the gate."),
        ("Two guards were killed at the gate.", "Two guards were killed at the gate\nand three were hurt."),
        ("Two guards were killed at the gate.", "He denies it: Two guards were killed at the gate."),
        ("Iran", "Iran and its allies"),
        ("Two guards were killed.", "Twelve guards were killed."),
        ("It left in 2014.", "It left in 2014.5 hours later."),
    ],
)  # fmt: skip
def test_a_sentence_that_goes_on_or_starts_before_is_another(old: str, new: str) -> None:
    _, rows = document([old])
    assert laid(rows, f"{new}\n") == [None]


def test_lines_put_into_one_paragraph_are_found_beside_each_other() -> None:
    lines = ["Example Town", LINES[0], "Leader: Jane Example", LINES[1], "A last line without a stop"]
    _, rows = document(lines)
    assert laid(rows, " ".join(lines)) == lines


def test_equal_sentences_without_a_neighbour_are_in_doubt() -> None:
    same = LINES[1]
    _, rows = document(["A first line.", same, "A second line.", same, "A third line."])
    assert laid(rows, f"A first line.\n{same}\n")[1:] == [None, None, None, None]
    assert laid(rows, f"A first line.\n{same}\nA third line.\n")[1:4] == [None, None, None]
    assert laid(rows, f"{same}\nA third line.\n")[1:4] == [None, None, None]
    assert laid(rows, f"A second line.\n{same}\n") == [None, None, "A second line.", same, None]
    assert laid(rows, f"A first line.\nAnother line.\n{same}\nA third line.\n")[1:4] == [None, None, same]


def test_a_sentence_that_now_stands_twice_is_there() -> None:
    _, rows = document(["A first line.", LINES[1], "A second line."])
    text = f"A first line.\nPut in.\n{LINES[1]}\nPut in too.\nA second line.\n{LINES[1]}\n"
    layout, _ = lay(Letters(text), rows, range(len(rows)))
    assert [place and place.start for place in layout.places] == [0, 22, 104]
    _, short = document(["Allies:", "Iran", "Opponents:"])
    assert laid(short, "Allies:\nPut in\nIran\nPut in too\nIran\nThird\nOpponents:\n")[1] is None


def test_of_equal_lines_on_which_nothing_rests_each_that_is_left_keeps_a_number() -> None:
    _, rows = document(["[edit]", "[edit]", "[edit]"])
    assert laid(rows, "[edit]\n[edit]\n", resting=[1]) == ["[edit]", None, "[edit]"]
    assert laid(rows, "[edit]\n[edit]\n", resting=[]) == ["[edit]", "[edit]", None]


WORDS = st.sampled_from(
    ["The", "guards", "left.", "“No.”", "Iran", "12", "1.5", "[6]", "\n", "\n\n", "…", "- ", "== ", "U\u0308", "&amp;", "مق", "²",
     "\u00ad", "\r\n", "| ", "A man was killed there.", "Two guards were killed in the town.", "\u00a0", "ﬁ", "ß", "(see", ")",
     ".", "al-Example left.", "o", "It fell.(2)", "[note\u00a04]", "1312 هـ.", "ـ", "ـ\u0651", "\u200f", "5. madde", "ǆ"]
)  # fmt: skip
TEXTS = st.lists(WORDS, max_size=40).map(" ".join)


MANNERS = st.builds(Manner, st.sampled_from(["en", "ar", "tr", "fr"]), st.booleans())


@given(TEXTS, TEXTS, st.booleans(), MANNERS)
@example("Iran\nfive[4] ـ = H =\nـ\u0651[4]", "Iran\nfive[4]no ـ\n = H =\nـ\u0651[4]", False, Manner("en", True))
def test_any_text_after_any_other_makes_a_whole_list(old: str, new: str, resting: bool, manner: Manner) -> None:
    """Carried there and back: numbers are minted once, rows stand in order, each says what stands at its place."""
    rows = first_list(old, 0, len(old), manner)
    everything = {row.number for row in rows} if resting else set()
    for text, snapshot in ((new, "1" * 64), (old, "2" * 64)):
        before = {row.number: row for row in rows if row.live}
        found = account(text, (0, len(text)), rows, snapshot, manner, everything, set(), {})
        rows, here = found.passages, live(found.passages)
        assert rows[: len(here)] == here
        assert all(one.end <= other.start for one, other in pairwise(here))
        names = [row.number for row in rows if row.state != "earlier"]
        assert sorted(names) == list(range(1, len(names) + 1))
        for row in here:
            assert listed(text, row.number, Cut(row.section, row.start, row.end))._replace(link=row.link) == row
            if row.number in before:
                assert row.words_sha256 == before[row.number].words_sha256
        assert sum(found.counts().values()) == len({each.number for each in found.fates}) == len(found.fates)


@pytest.mark.parametrize("row", ["{:05} held", "Front {:05} held the upper and the lower town in May"])
def test_rows_that_start_alike_and_are_of_one_length_are_found_in_linear_time(row: str) -> None:
    def cost(count: int) -> float:
        text = "".join(f"{row.format(i)}\n" for i in range(count))
        rows = first_list(text, 0, len(text), Manner("en", False))
        letters, sought = Letters(text), Sought(rows)
        assert len(sought.hits(letters)) == count
        return least(lambda: sought.hits(letters))

    assert cost(4000) < 30 * cost(500) + 0.03


def test_in_a_line_that_is_a_passage_no_shorter_one_is_looked_for() -> None:
    """Nor at its start; a longer one that only starts there is."""
    old = "12\tTown\t40\n12\nTown\n"
    rows = first_list(old, 0, len(old), Manner("en", False))
    found = Sought(rows).hits(Letters(old))
    assert [found[row.words_sha256] for row in rows] == [[0], [8], [10]]
    text = "Two guards left\nTwo guards left\nthe town in the spring of that year.\n"
    rows = first_list(text, 0, 15, Manner("en", False))
    rows += first_list(text, 16, len(text), Manner("en", True))
    found = Sought(rows).hits(Letters(text))
    assert [found[row.words_sha256] for row in rows] == [[0, 13], [13]]
