"""Names in any spelling: what makes two of them one, what keeps them apart, and what a search says of a name."""

from __future__ import annotations

import csv
import json
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import syrian_groups_data as sgd
from syrian_groups_data.library.search import CLOSENESS, Index, Name
from syrian_groups_data.model.fold import bones, fold, fold_table, heard, sounds, together
from tests.conftest import Run

VARIANTS = Path(__file__).parent / "variants.tsv"


@pytest.fixture(scope="module")
def data() -> sgd.Data:
    return sgd.load()


def first(data: sgd.Data, text: str) -> str | None:
    found = data.find(text)
    return found[0].id if found else None


@pytest.mark.parametrize(
    ("a", "b"),
    [("المقاومة السورية", "المقاومه السوريه"), ("أحمد", "احمد"), ("Mihraç", "MIHRAC"), ("Reyhanlı", "Reyhanli"),
     ("Al-Qabū", "al-qabu"), ("Hay'at", "Hayat"), ("Hay´at", "Hayat"), ("Hay\u2032at", "Hayat"), ("Hayʾat", "Hayat"),
     ("Lata\u00adkia", "Latakia"), ("بان\u200dياس", "بانياس"), ("طرطـوس", "طرطوس"), ("سُورِيَة", "سوريه"), ("İdlib", "Idlib"),
     ("٢٠١٣", "2013"), ("THKP-C", "thkp c")],
)  # fmt: skip
def test_fold_makes_one(a: str, b: str) -> None:
    assert fold(a) == fold(b)


def readings(text: str) -> list[frozenset[str]]:
    return [sounds(word) for word, _ in together(heard(text))]


@pytest.mark.parametrize(
    ("a", "b"),
    [("Kayyali", "Kayali"), ("al-Sham", "Sham"), ("Qabbou", "Qabu"), ("Tartous", "Tartus"), ("Kassab", "Kasab"),
     ("Chabiha", "Shabiha"), ("Şara", "Sharaa"), ("Schabiha", "Şebbiha"), ("Jabla", "Jableh"), ("Djamal", "Cemal"),
     ("Alassad", "Asad"), ("annusra", "Nusra"), ("Abdulghani", "Abdelghany"), ("Hmeimim", "Khmeimim"), ("Zawr", "Zor"),
     ("Wannous", "Vannus"), ("Mihraç", "Mihraj"), ("Башар", "Beşar"), ("Mundhir", "Munzir"), ("Ahmet", "Ahmed")],
)  # fmt: skip
def test_spellings_of_one_sound(a: str, b: str) -> None:
    for mine, theirs in zip(readings(a), readings(b), strict=True):
        assert mine & theirs


@pytest.mark.parametrize("text", ["zzzz", "zz", "ddd", "zzzz zzzz", "cccc", "ggg", "zzdd", "ذذذ"])
def test_letters_that_are_no_name_find_nothing(data: sgd.Data, text: str) -> None:
    assert data.find(text) == []


def test_names_that_only_look_alike_sound_apart() -> None:
    names = ("Homs", "Hama", "Idlib", "Latakia", "Aleppo", "Afrin", "Golan", "Golani")
    for a in names:
        assert [b for b in names if sounds(fold(a)) & sounds(fold(b))] == [a]


def test_arabic_has_the_letters_of_what_is_written_in_latin() -> None:
    for arabic, latin in (("بشار", "Bashar"), ("الأسد", "Assad"), ("شبيحة", "Shabiha"), ("اللاذقية", "Ladhiqiyah")):
        ((one,), (other,)) = readings(arabic), readings(latin)
        assert bones(one) & bones(other), (arabic, latin)


def test_every_variant_is_found_among_the_first_three(data: sgd.Data) -> None:
    """At least nine of ten; and few others are found with them, or somebody would drown in what they did not ask for."""
    with VARIANTS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    assert len({(row["typed"], row["record"]) for row in rows}) == len(rows) >= 200
    found, others = Counter[bool](), []
    for row in rows:
        ids = [entity.id for entity in data.find(row["typed"])]
        found[row["record"] in ids[:3]] += 1
        others.append(len(ids) - 1)
    print(f"{found[True]} of {len(rows)} variants are found; {sum(others) / len(rows):.1f} other records on average")
    assert found[True] / len(rows) >= 0.9
    assert sorted(others)[len(others) // 2] <= 2
    assert sum(others) / len(rows) <= 4


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("المقاومة السورية", "syrian-resistance"),
        ("المقاومه السوريه", "syrian-resistance"),
        ("مقاومة سورية", "syrian-resistance"),
        ("Golani", "ahmed-al-sharaa"),
        ("Ahmad al-Sharaa", "ahmed-al-sharaa"),
        ("Mundhir Wannous", "munthir-wannus"),
        ("SYRIAN RESISTANCE", "syrian-resistance"),
        ("the Syrian Resistance", "syrian-resistance"),
        ("Syrian Popular Resistance", "syrian-popular-resistance"),
        ("Mihraç Ural", "mihrac-ural"),
        ("mihrac ural", "mihrac-ural"),
        ("ali kayyali", "mihrac-ural"),
        ("Hay'at Tahrir al-Sham", "hts"),
        ("reyhanli", "reyhanli"),
        ("بانياس", "baniyas"),
        ("SR", "syrian-resistance"),
        ("THKPC", "thkp-c"),
        ("Deirezzor", "deir-ez-zor-governorate"),
    ],
)
def test_find_any_spelling(data: sgd.Data, text: str, wanted: str) -> None:
    assert first(data, text) == wanted


def test_find_by_part_and_nothing(data: sgd.Data) -> None:
    assert {entity.id for entity in data.find("المقاومة")} >= {"syrian-resistance", "syrian-popular-resistance"}
    assert data.find("") == data.find("xyzzy") == data.find("el") == data.find("؟!") == []
    with pytest.raises(TypeError, match="find takes text, not None"):
        data.find(None)  # type: ignore[arg-type]


def test_two_words_are_not_found_in_one(data: sgd.Data) -> None:
    """`Dayr az-Zawr` sounds like Deir and Zor; each of its words must be another word of the name."""
    assert [entity.id for entity in data.find("Dayr az-Zawr")] == ["deir-ez-zor-governorate"]


def test_a_match_says_by_which_name_and_who_says_that_it_is_one(data: sgd.Data) -> None:
    epithet = data.search("Butcher of Baniyas")[0]
    assert (epithet.entity.id, epithet.name.text, epithet.closeness) == ("mihrac-ural", "Butcher of Baniyas", "name")
    assert epithet.told == "epithet, alleged “implicated” by accusers who are not named, contested"
    plain = data.search("Bachar el-Assad")[0]
    assert (plain.entity.id, plain.closeness, plain.told) == ("bashar-al-assad", "sound", "")
    assert data.search("بشار الأسد")[0].closeness == "letters"
    assert data.search("SR")[0].closeness == "initials"
    assert data.search("reyhan")[0].closeness == "beginnings"


def test_a_name_that_is_not_there_finds_nobody_by_an_epithet_or_a_lone_sound(data: sgd.Data) -> None:
    """Bosra has the consonants of Butcher, Nawa the one sound of new."""
    assert "mihrac-ural" not in [entity.id for entity in data.find("Bosra")]
    assert data.find("Nawa") == []


def test_closer_comes_first_whole_names_before_parts_epithets_last() -> None:
    names = ("Homs Governorate", "Homs", "Hims"), ("x", "y", "z")
    index = Index([Name(entity_id=key, text=text, role="alias") for text, key in zip(*names, strict=True)])
    assert [(name.entity_id, closeness) for name, closeness in index.find("homs")] == [
        ("y", "name"), ("x", "words"), ("z", "sound"),
    ]  # fmt: skip
    both = Index([Name(entity_id="a", text="Lion", role="epithet"), Name(entity_id="b", text="Lion", role="alias")])
    assert [name.entity_id for name, _ in both.find("lion")] == ["b", "a"]


@given(st.text(max_size=40), st.text(max_size=40))
def test_any_text_can_be_looked_for(name: str, text: str) -> None:
    index = Index([Name(entity_id="a", text=name, role="primary"), Name(entity_id="b", text=text, role="primary")])
    found = index.find(text)
    assert {closeness for _, closeness in found} <= set(CLOSENESS)
    assert not fold(text) or found[0][0].text in (text, name)


def test_a_text_of_many_like_words_is_no_toil() -> None:
    """Counted, not timed: without the limits this would not end."""
    index = Index([Name(entity_id="a", text="bab " * 300, role="primary")])
    assert index.find("bab beb bib bob bub bab bab quux") == []
    assert [name.entity_id for name, _ in index.find("bab " * 200)] == ["a"]
    assert max(len(sounds(word)) for word in ("chczzthdhchczzthdhchczz", "ذ" * 40)) < 500


def test_the_table_is_plain_data_and_enough_to_find_the_same() -> None:
    """Another program that has only the JSON reads words as we do."""
    table = json.loads(json.dumps(fold_table()))
    assert table == fold_table()

    def read(word: str) -> set[str]:
        """The rule as `fold_table` tells it, written apart from ours."""
        import re

        def one(spelling: str) -> set[str]:
            if len(spelling) > 2 and spelling[-1] == "h" and spelling[-2] in "aeiouy":
                spelling = spelling[:-1]
            found, rest, start = {""}, spelling, True
            while rest:
                for size in range(min(4, len(rest)), 0, -1):
                    part, last = rest[:size], size == len(rest)
                    keys = [f"^{part}$", f"^{part}", f"{part}$", part]
                    key = next(
                        (k for k in keys if k in table["sounds"] and (start or k[0] != "^") and (last or k[-1] != "$")),
                        None,
                    )
                    if key:
                        break
                else:
                    key, size = None, 1
                options = table["sounds"][key] if key else [rest[0]]
                found, rest, start = {a + b for a in found for b in options}, rest[size:], False
            once = {re.sub(r"(.)\1+", r"\1", each) for each in found}
            return {each.rstrip("a") or each for each in once} - {""}

        joined = re.match(table["joined"], word)
        return (
            one(word)
            | one(re.sub(table["attached"], "", word))
            | (one(joined[1] + word[joined.end() :]) if joined else set())
        )

    for text in (
        "Alassad",
        "Abdulrahman",
        "eş-Şara",
        "Dschulani",
        "Wannous",
        "Jableh",
        "الشرع",
        "جبلة",
        "Башар",
        "Hmeimim",
    ):
        for word in heard(text):
            assert read(word) == sounds(word), word


def test_search_in_a_pipe_says_what_an_epithet_is(example: Path, run: Run) -> None:
    path = example / "raw" / "people" / "john-example.yml"
    epithet = "  - {value: Wolf of Mithal, lang: en, role: epithet, standing: alleged, said_by: [valley-front], cite: [report:9]}\n"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("names:\n", f"names:\n{epithet}", 1), encoding="utf-8")
    assert run(example, "build").returncode == 0, run(example, "build").stderr
    line = run(example, "search", "wolf").stdout
    assert line == "john-example\tperson\tJohn Example\t\tWolf of Mithal (epithet, alleged by valley-front)\n"
    found = json.loads(run(example, "search", "wolf of", "--json").stdout)[0]["matched"]
    assert (found["text"], found["role"], found["standing"], found["closeness"]) == (
        "Wolf of Mithal", "epithet", "alleged", "words",
    )  # fmt: skip


def test_search_says_where_no_more_than_consonants_are_shared(tmp_path: Path, run: Run) -> None:
    told = "no name is written or sounds like 'Azaz'; these only share its consonants"
    assert told in run(tmp_path, "search", "Azaz").stderr
    for text in ("Bachar el-Assad", "بشار الأسد"):
        assert "consonants" not in run(tmp_path, "search", text).stderr
