"""Lines of a document: headings, bullets, rows of tables, line breaks, wrapped text. All texts are invented."""

from __future__ import annotations

import textwrap

import pytest

from syrian_groups_data.evidence.cut import cut, looks_wrapped
from tests.test_cut import passages

PROSE = (
    "The movement was founded in the valley in 2012 by a former guard who had left the army in the spring of that year."
)
ARABIC = "تأسست الحركة في الوادي عام 2012 على يد حارس سابق كان قد ترك الجيش في ربيع ذلك العام وانضم إليه كثيرون من أبناء القرى."
TURKISH = "Hareket 2012 yılında vadide, o yılın baharında ordudan ayrılmış ve köylerden birçok kişiyi toplamış eski bir muhafız tarafından kuruldu."


def sections(text: str, unwrap: bool = False) -> dict[str, str | None]:
    return {text[c.start : c.end]: c.section for c in cut(text, language="en", unwrap=unwrap)}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (f"= Group =\n== Past ==\n{PROSE}\n=== Early ===\nIt grew.", {"Group": None, PROSE: "Past", "It grew.": "Past / Early"}),
        (f"# Group\n\n## Past ##\n{PROSE}\n### Early\nIt grew.", {"Group": None, PROSE: "Past", "It grew.": "Past / Early"}),
        (f"Group\n=====\n\nPast\n----\n\n{PROSE}\n\n---\n\nIt grew.", {"Group": None, PROSE: "Past", "It grew.": "Past"}),
        (f"## Past\n{PROSE}\n## Present\nIt fell.", {PROSE: "Past", "It fell.": "Present"}),
        (f"Group\n\nPast\n\n{PROSE}\n\nEnd of it\n\nIt fell.", {"Group": None, PROSE: "Past", "It fell.": "End of it"}),
        (f"Past\n[edit]\n\n{PROSE}", {"Past": "Past", PROSE: "Past"}),
        (f"Past\n\n[edit]\n\n{PROSE}", {PROSE: "Past"}),
        (f"1. Past\n\n{PROSE}\n\n1.2 Early\n\nIt grew.", {PROSE: "1. Past", "It grew.": "1. Past / 1.2 Early"}),
        (f"Past\n{PROSE}\n\nPresent\n{PROSE} It fell.", {"Past": "Past", "It fell.": "Present"}),
        (f"**Past**\n\n{PROSE}", {"Past": "Past", PROSE: "Past"}),
        (f"خلفية\n\n{ARABIC}", {ARABIC: "خلفية"}),
        (f"Geçmiş\n\n{TURKISH}", {TURKISH: "Geçmiş"}),
        (f"He left. Why?\n\n{PROSE}", {PROSE: None}),
        (f"= {'long ' * 60}=\n{PROSE}", {PROSE: None}),
    ],
)  # fmt: skip
def test_headings_are_sections(text: str, wanted: dict[str, str | None]) -> None:
    found = sections(text)
    assert {key: found[key] for key in wanted} == wanted


def test_a_headline_is_one_passage() -> None:
    text = "Army attacks! Ten dead in Mithal\n\nThe army attacked. Ten died.\n"
    assert passages(text) == ["Army attacks! Ten dead in Mithal", "The army attacked.", "Ten died."]


BULLETS = [
    "-",
    "*",
    "+",
    "•",
    "◦",
    "▪",
    "–",
    "—",
    "·",
    "→",
    "✓",
    "\uf0b7",
    ">",
    "- •",
    "**",
    "―",
    "⦁",
    "★",
    "٭",
    "ـ",
    "\uf0fc",
]


@pytest.mark.parametrize("bullet", BULLETS)
@pytest.mark.parametrize(
    ("language", "one", "two"),
    [
        ("en", "The ministry must free them.", "It must name them."),
        ("tr", "Bakanlık onları serbest bırakmalı.", "Adlarını da açıklamalı."),
        ("ar", "يجب أن تطلقهم الوزارة.", "ويجب أن تنشر أسماءهم."),
    ],
)
def test_a_bullet_is_left_out_and_may_hold_two_sentences(bullet: str, language: str, one: str, two: str) -> None:
    assert passages(f"Demands\n{bullet} {one} {two}\n  {bullet}\t{one}\n", language) == ["Demands", one, two, one]
    assert passages(f"{one} {bullet} {two}", language) == [one, two]


def test_what_is_no_bullet_stays() -> None:
    assert passages("-5 degrees\n+963 11 555\n*Emphasis* here\n- **Bold** here\n*Item\n**Sub\n-Said\n•\n* * *\n---") == [
        "-5 degrees", "+963 11 555", "*Emphasis* here", "**Bold** here", "Item", "Sub", "Said"
    ]  # fmt: skip
    assert passages("o\tRing. It is one.\no Another\n") == ["Ring.", "It is one.", "Another"]
    assert passages("o Ahmet’i gördü.\n", "tr") == ["o Ahmet’i gördü."]


def test_tables_are_cut_by_row() -> None:
    table = "| Day | Place |\n|:---|---:|\n| 3 May. | St. East. Two more. |\n"
    assert passages(table) == ["Day | Place", "3 May. | St. East. Two more."]
    assert passages("{|\n! Day !! Place\n|-\n| 3 May || Mithal. East\n|}") == ["Day !! Place", "3 May || Mithal. East"]
    assert passages("Name\tDied\nJane E.\tYes. In 2012.\tMithal.") == ["Name\tDied", "Jane E.\tYes. In 2012.\tMithal."]
    rows = "Day         Place      Killed\n3 May 2013  Mithal     Two. Maybe three\n"
    assert passages(rows, unwrap=True) == rows.splitlines()
    assert passages("12.\tThe men left. They hid.") == ["12.\tThe men left.", "They hid."]
    assert passages("12\tThe men left. They hid.") == ["12\tThe men left.", "They hid."]
    assert passages("The men left.    They hid in the old houses of the town.") == [
        "The men left.", "They hid in the old houses of the town."
    ]  # fmt: skip


def test_byte_order_mark_and_every_line_break() -> None:
    text = "\ufeffTown\r\n\r\nIt left.\rIt came.\x0cIt sat.\u2028It ran.\x85\u200b\n\u00a0\n\u00adIt stood.\u200f"
    assert passages(text) == ["Town", "It left.", "It came.", "It sat.", "It ran.", "It stood."]


def test_wrapped_lines_are_one_paragraph_again() -> None:
    text = (
        "REPORT OF THE COMMISSION\n\n"
        "I. INTRODUCTION\n"
        "1. The commission met fifteen witnesses in the example valley on the\n"
        "12. day of May 2013. It could not reach the others, who had left for\n"
        "the coast in the winter of that year.\n"
        "2. The battalion denied it.\n"
        "   (a) The ministry must free the prisoners. It must publish all of\n"
        "       their names before the winter.\n"
        "• The council must meet before the winter, and it must hear all of\n"
        "them. It must vote.\n\n"
        "Table 1\n"
        "Day        Place      Killed\n"
        "3 May      Mithal     12\n"
    )
    assert [each.replace("\n", "⏎") for each in passages(text, unwrap=True)] == [
        "REPORT OF THE COMMISSION",
        "I. INTRODUCTION",
        "1. The commission met fifteen witnesses in the example valley on the⏎12. day of May 2013.",
        "It could not reach the others, who had left for⏎the coast in the winter of that year.",
        "2. The battalion denied it.",
        "(a) The ministry must free the prisoners.",
        "It must publish all of⏎       their names before the winter.",
        "The council must meet before the winter, and it must hear all of⏎them.",
        "It must vote.",
        "Table 1",
        "Day        Place      Killed",
        "3 May      Mithal     12",
    ]
    assert sections(text, unwrap=True)["2. The battalion denied it."] == "I. INTRODUCTION"


@pytest.mark.parametrize("width", [50, 72, 100])
@pytest.mark.parametrize("between", ["\n\n", "\n", "\n   "])
@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", PROSE),
        ("ar", ARABIC),
        ("tr", TURKISH),
        ("tr", f"M.Ö. 5. yüzyılda, bkz. s. 4, 3. Ordu gelince, {TURKISH}"),
    ],
)
def test_unwrapping_gives_back_what_wrapping_took(width: int, between: str, language: str, sentence: str) -> None:
    paragraphs = [" ".join([sentence] * n) for n in (1, 3, 2, 4)]
    indent = between.strip("\n")
    wrapped = between.join(textwrap.fill(each, width, initial_indent=indent).strip() for each in paragraphs)
    assert looks_wrapped(wrapped)
    assert [" ".join(each.split()) for each in passages(wrapped, language, unwrap=True)] == [sentence] * 10


def test_what_was_not_wrapped_does_not_look_so() -> None:
    menu = "\n".join(["Home", "About us", "Search the archive", "Contact", "Privacy and terms of use"] * 9)
    items = "\n".join(f"- Item {'x' * (i % 7)} of the list" for i in range(30))
    verses = "\n".join(["The men came down by night.", "Nobody saw them go.", "The road was long and white."] * 9)
    for text in (PROSE, f"{PROSE}\n\n{PROSE}\n", menu, items, verses, "", "\n\n"):
        assert not looks_wrapped(text)
    assert looks_wrapped(textwrap.fill(f"{PROSE} {PROSE}", 76))


def test_a_part_of_a_document_keeps_the_offsets_of_the_whole() -> None:
    text = f"Menu\n\nPast\n\n{PROSE} It grew.\n"
    at = text.index("Past")
    assert cut(text, at, language="en") == cut(text, language="en")[1:]
    assert cut(text, 0, at, language="en") == [(None, 0, 4)]


def test_a_line_of_quotation_marks_of_mail_says_nothing() -> None:
    assert passages("> The front left. It came back.\n>\n> > No.\n>>\n") == ["The front left.", "It came back.", "No."]
