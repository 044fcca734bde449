"""What a person decides on passages that changed or are gone, and what follows from it."""

from __future__ import annotations

import pytest

from syrian_groups_data.author import load
from syrian_groups_data.evidence.negation import turns
from syrian_groups_data.model.passages import by_number, live
from syrian_groups_data.model.vocabulary import DEFAULT
from tests.life import KEY, Life
from tests.test_carry import PAGE, A, B, C


def test_accept_gives_a_number_its_new_sentence_and_burns_the_other(life: Life) -> None:
    life.begin(PAGE, B[:20])
    old = by_number(life.rows())[3]
    life.later(PAGE.replace("Two guards", "Ten guards"))
    done = life.segment("--accept", "3")
    assert done.status == 0, done.err
    assert "page:3 takes its sentence as it is now" in done.out
    assert life.said(3) == B.replace("Two", "Ten")
    earlier = [row for row in life.rows() if row.number == 3 and row.state == "earlier"]
    assert [row.sha256 for row in earlier] == [old.sha256]
    burnt = by_number(life.rows())[7]
    assert (burnt.state, burnt.became) == ("burnt", (3,))
    assert life.problems() == []
    # What is burnt counts nowhere.
    whole = sum(each.live for rows in load(life.root / "raw").passages.values() for each in rows)
    assert f" of {whole} passages in " in life.run("build").out
    assert life.run("site", "out").status == 0
    assert f"<b>{whole}</b> passages of " in (life.root / "out/index.html").read_text(encoding="utf-8")
    # The number that was burnt is minted no more.
    life.later(f"A line above.\n{PAGE.replace('Two guards', 'Ten guards')}")
    assert next(row.number for row in live(life.rows())) == 8


def test_accept_leads_over_versions_that_nobody_decided_on(life: Life) -> None:
    life.begin(PAGE, B[:20])
    life.later(PAGE.replace("Two guards", "Ten guards"))
    life.later(PAGE.replace("Two guards", "Twelve guards"))
    assert by_number(life.rows())[7].became == (8,)
    assert "cite page:8, or give segment --accept 3" in life.run("check").err
    assert life.segment("--accept", "3").status == 0
    assert life.said(3) == B.replace("Two", "Twelve")
    assert life.problems() == []


def test_accept_is_refused_where_the_other_number_is_in_use(life: Life) -> None:
    life.begin(PAGE, B[:20])
    life.later(PAGE.replace("Two guards", "Ten guards"))
    group = life.root / "raw" / "groups" / "readers.yml"
    group.write_text(group.read_text(encoding="utf-8").replace("page:3]", "page:3, page:7]"), encoding="utf-8")
    done = life.segment("--accept", "3")
    assert (done.status, "7 is in use" in done.err) == (2, True)


def test_accept_of_a_whole_source_prints_every_difference(life: Life) -> None:
    life.begin(PAGE, A[:20], B[:20])
    life.write(PAGE, "before.txt")
    done = life.later(PAGE.replace("Two guards", "Ten guards").replace("2 March", "3 March"), "--accept", "all")
    assert (
        "page:2 takes its sentence as it is now: The battalion attacked the northern checkpoint of the valley on [-2-] {+3+} March."
        in done.out
    )
    assert "page:3 takes its sentence as it is now: [-Two-] {+Ten+} guards" in done.out
    assert life.problems() == []


def test_a_wording_that_returns_after_another_was_accepted_is_a_change_like_any_other(life: Life) -> None:
    """The claim may say what was accepted: nobody puts it back on the earlier sentence without a word."""
    life.begin(PAGE, B[:20])
    changed = PAGE.replace("Two guards", "Ten guards of the ministry and of the port")
    life.later(changed, "--accept", "3")
    life.write(PAGE)
    told = life.segment()
    assert (told.status, "page:3: changed, likely into page:8" in told.out) == (1, True)
    life.later(PAGE)
    assert life.gone() == [3]
    assert life.segment("--accept", "3").status == 0
    assert (life.said(3), life.problems()) == (B, [])
    # What was gone, and had another wording once, returns as it was read last.
    life.later(PAGE.replace(B, ""), "--keep", "3")
    life.later(changed)
    assert life.said(3) is None
    life.later(PAGE)
    assert life.said(3) == B


def test_a_short_line_that_moved_leads_to_where_it_stands_and_can_be_accepted(life: Life) -> None:
    """It may belong to something else there: it is told, and a person decides."""
    life.begin("Allies\nNobody at all\n" + PAGE, "Nobody")
    number = life.number("Nobody")
    life.run("build")
    life.write(PAGE + "Enemies\nNobody at all\nFriends\n")
    told = life.run("verify", "--snapshots", "documents", "--source", KEY)
    assert told.status == 1
    assert f"page:{number}: changed, cited" in told.out
    assert "likely now at" in told.out
    assert "“Nobody at all”" in told.out
    life.later(life.text())
    assert life.gone() == [number]
    assert f"give segment --accept {number}" in life.run("check").err
    assert life.segment("--accept", str(number)).status == 0
    assert (life.said(number), life.problems()) == ("Nobody at all", [])


def test_keep_lets_a_claim_stand_as_it_was_read(life: Life) -> None:
    life.begin(PAGE, A[:20], B[:20])
    life.later(PAGE.replace(f" {B}", ""))
    assert life.segment("--keep", "3").status == 0
    assert life.problems() == []
    (kept,) = load(life.root / "raw").sources[KEY].kept
    assert kept.passages == ["3"]
    assert life.run("build").status == 0
    from syrian_groups_data.library.release import arrow

    rows = {row["passage_id"]: row for row in arrow(life.root / "tables" / "passages.parquet").to_pylist()}
    gone = rows["page:3"]
    assert (gone["use"], gone["ordinal"], gone["gone_since"], gone["url"]) == ("gone", None, kept.since, None)
    assert gone["snapshot_sha256"] != rows["page:2"]["snapshot_sha256"]
    sources = {row["source_id"]: row for row in arrow(life.root / "tables" / "sources.parquet").to_pylist()}
    page = sources["page"]
    assert (page["passages"], page["kept"], page["cited"]) == (6, 1, 2)
    assert page["earlier"] == [gone["snapshot_sha256"]]


def test_what_is_kept_and_returns_is_kept_no_more(life: Life) -> None:
    life.begin(PAGE, B[:20])
    life.later(PAGE.replace(f" {B}", ""), "--keep", "3")
    life.later(f"A line above.\n{PAGE}")
    assert load(life.root / "raw").sources[KEY].kept == []
    assert life.problems() == []


@pytest.mark.parametrize(
    "decision",
    [
        ("--accept", "2"),
        ("--keep", "2"),
        ("--keep", "99"),
        ("--join", "2-2"),
        ("--split", "2"),
        ("--split", "2", "--at", "20"),
    ],
)
def test_a_decision_on_nothing_is_refused_and_writes_nothing(life: Life, decision: tuple[str, ...]) -> None:
    life.begin(PAGE, A[:20])
    before = (life.root / "raw" / "sources" / "page.csv").read_bytes()
    assert life.segment(*decision).status == 2
    assert (life.root / "raw" / "sources" / "page.csv").read_bytes() == before


def test_what_a_record_says_of_its_snapshot_goes_with_it(life: Life) -> None:
    life.begin(PAGE, A[:20])
    record = life.root / "raw" / "sources" / "page.yml"
    text = record.read_text(encoding="utf-8")
    said = "  retrieved: 2025-12-08\n  revision: 'no: 12'\n"
    record.write_text(text.replace("cut:\n", f"{said}cut:\n", 1), encoding="utf-8")
    life.later(f"A line above.\n{PAGE}")
    source = load(life.root / "raw").sources[KEY]
    assert (source.snapshot.retrieved, source.earlier[0].retrieved, source.earlier[0].revision) == (
        None, "2025-12-08", "no: 12",
    )  # fmt: skip
    life.later(PAGE)
    assert load(life.root / "raw").sources[KEY].snapshot.retrieved == "2025-12-08"
    assert life.run("build").status == 0
    from syrian_groups_data.library.release import arrow

    rows = {row["source_id"]: row for row in arrow(life.root / "tables" / "sources.parquet").to_pylist()}
    assert rows[KEY]["retrieved"] == "2025-12-08"
    assert rows[KEY]["earlier"][0] == f"{source.earlier[0].sha256} 2025-12-08"


def test_join_and_split_mend_a_wrong_cut_with_new_numbers(life: Life) -> None:
    life.begin(PAGE, B[:20])
    assert life.segment("--join", "2-3").status == 0
    assert life.said(7) == f"{A} {B}"
    assert life.gone() == [3]
    rows = by_number(life.rows())
    assert (rows[2].state, rows[2].became, rows[3].became) == ("mended", (7,), (7,))
    at = life.text().index(B)
    assert life.segment("--split", "7", "--at", str(at)).status == 0
    assert (life.said(8), life.said(9)) == (A, B)
    # A wrong cut that was mended does not come back.
    life.later(f"A line above.\n{PAGE}")
    assert (life.said(8), life.said(9), life.said(3)) == (A, B, None)


def test_a_new_passage_is_never_set_aside_by_an_old_range(life: Life) -> None:
    life.begin(PAGE, C[:20], aside="1-3")
    life.later(PAGE.replace(A, f"{A} A sentence that nobody has read so far stands here now."))
    assert life.run("coverage").status == 1
    assert "page:7" in life.run("coverage", "--unread").out


# Sentences that are turned into their opposite, in languages that negate in different ways: two words of French, a suffix of
# Turkish, a prefix of Persian, a letter of Arabic, a script without spaces.
TURNED = [
    ("en", "The guard fired at the crowd.", "The guard never fired at the crowd."),
    ("en", "The union didn’t sign it.", "The union did sign it."),
    ("en", "The boat left with its crew.", "The boat left without its crew."),
    ("fr", "Le garde a tiré sur la foule.", "Le garde n’a pas tiré sur la foule."),
    ("es", "El guardia disparó contra la gente.", "El guardia no disparó contra la gente."),
    ("de", "Die Wache hat geschossen.", "Die Wache hat nicht geschossen."),
    ("de", "Ein Boot kam an.", "Kein Boot kam an."),
    ("ru", "Охрана стреляла по людям.", "Охрана не стреляла по людям."),
    ("tr", "Muhafız kalabalığa saldırdı.", "Muhafız kalabalığa saldırmadı."),
    ("tr", "Liman açık.", "Liman açık değil."),
    ("tr", "İskelede tekne var.", "İskelede tekne yok."),
    ("ar", "أطلق الحارس النار على الحشد.", "لم يطلق الحارس النار على الحشد."),
    ("ar", "الميناء آمن.", "الميناء غير آمن."),
    ("ar", "وهو عضو في النقابة.", "وليس عضوا في النقابة."),
    ("fa", "نگهبان شلیک کرد.", "نگهبان شلیک نکرد."),
    ("he", "השומר ירה.", "השומר לא ירה."),
    ("uk", "Варта стріляла.", "Варта не стріляла."),
    ("zh", "卫兵开了枪。", "卫兵没有开枪。"),
    ("hi", "पहरेदार ने गोली चलाई।", "पहरेदार ने गोली नहीं चलाई।"),
    # A negation that goes to another clause; a language of which nothing is known.
    ("en", "Two did not flee and three fled.", "Two fled and three did not flee."),
    ("qu", "Iskay runa.", "Kimsa runa."),
]


@pytest.mark.parametrize(("language", "before", "after"), TURNED)
def test_a_negation_that_comes_goes_or_moves_is_seen(language: str, before: str, after: str) -> None:
    assert turns(before, after, language)
    assert turns(after, before, language)


@pytest.mark.parametrize(
    ("language", "before", "after"),
    [
        ("en", "Two guards did not come.", "Ten guards did not come."),
        ("fr", "Deux gardes du port ne sont pas venus.", "Dix gardes du port ne sont pas venus."),
        ("tr", "Köyden iki muhafız o gün gelmedi.", "Köyden on muhafız o gün gelmedi."),
        ("ar", "لم يأتِ حارسان أمس.", "لم يأت حارسان اليوم."),
        ("ru", "Двое из охраны порта не пришли.", "Трое из охраны порта не пришли."),
    ],
)
def test_words_farther_from_a_negation_may_change(language: str, before: str, after: str) -> None:
    assert not turns(before, after, language)


def test_every_language_of_ours_has_its_negations() -> None:
    assert all(not turns("7", "8", language) for language in DEFAULT.terms("languages"))


def test_all_accepts_no_negation_that_is_not_named(life: Life) -> None:
    life.begin(PAGE, A[:20], B[:20])
    life.write(PAGE, "before.txt")
    later = PAGE.replace("Two guards were", "Two guards were not").replace("2 March", "3 March")
    life.write(later)
    done = life.segment("--carry", "--accept", "all")
    assert done.status == 1
    assert "page:3 is left to you, for it may say the opposite: Two guards were {+not+}" in done.out
    assert "give --accept 3 for those" in done.out
    assert life.gone() == [3]
    assert by_number(life.rows())[2].live
    assert life.segment("--accept", "all", "3").status == 0
    assert life.said(3) == B.replace("were", "were not")
    assert life.problems() == []


def test_all_accepts_nothing_whose_earlier_text_is_not_at_hand(life: Life) -> None:
    life.begin(PAGE, B[:20])
    life.write(PAGE.replace("Two guards", "Ten guards"))
    done = life.segment("--carry", "--accept", "all")
    assert (done.status, life.gone()) == (1, [3])
    assert "page:3 is left to you" in done.out
    assert "the earlier text is not here" in done.out
    earlier = life.root / "earlier" / "page.txt"
    earlier.parent.mkdir()
    earlier.write_bytes(PAGE.encode())
    assert life.segment("--accept", "all", "--old", "earlier/page.txt").status == 0
    assert life.problems() == []


@pytest.mark.parametrize("numbers", [("2", "3"), ("2,3",), ("3,2", "2"), ("2", "--accept", "3")])
def test_several_numbers_are_accepted_or_kept_at_once(life: Life, numbers: tuple[str, ...]) -> None:
    life.begin(PAGE, A[:20], B[:20])
    later = PAGE.replace("Two guards", "Ten guards").replace("2 March", "3 March")
    done = life.later(later, "--accept", *numbers)
    assert done.out.count("takes its sentence as it is now") == 2
    assert life.problems() == []
    life.later(PAGE.replace(A, "").replace(B, ""), "--keep", *(each.replace("accept", "keep") for each in numbers))
    assert life.problems() == []
