"""Words of a passage: what typography and footnotes do to them, and what a figure never loses."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from syrian_groups_data.evidence.letters import Letters
from syrian_groups_data.evidence.words import letters, words

SAME = [
    ("curly quotes", "The commander's men said \"no\".", "The commander’s men said “no”."),
    ("dashes", "in the winter of 2013-2014, it is said", "in the winter of 2013–2014, it is said"),
    ("ellipsis", "the winter… He did not", "the winter... He did not"),
    ("no-break space", "on 2 March", "on\u00a02\u202fMarch"),
    ("line wrap", "attacked the town", "attacked\nthe   town"),
    ("line wrap with a hyphen", "the battalion", "the bat-\ntalion"),
    ("carriage return", "attacked the town", "attacked\r\nthe town"),
    ("entity", "Müller & Sons said “no” in 2014", "M&uuml;ller &amp; Sons said &#8220;no&#x201d; in&nbsp;2014"),
    ("soft hyphen", "the battalion", "the bat\u00adtalion"),
    ("right-to-left mark", "قال القائد", "\u200fقال القائد\u200e"),
    ("parts", "Müller left Çeşme", unicodedata.normalize("NFD", "Müller left Çeşme")),
    ("byte order mark", "Example Town", "\ufeffExample Town"),
    ("case", "Example Town", "EXAMPLE TOWN"),
    ("full width", "Town 2014", "Ｔｏｗｎ ２０１４"),
    ("footnote in brackets", "It left the town.[6][10]", "It left the town.[7]"),
    ("footnote before", "[12] Author, Title", "[13] Author, Title"),
    ("named note", "It left the town.[note 1]", "It left the town.[note 2]"),
    ("raised footnote", "It left the town.³", "It left the town.¹²"),
    ("bare footnote", "It left the town.3", "It left the town.12"),
    ("bare footnote after a quotation", "They said “we will not leave.”3", "They said “we will not leave.”4"),
    ("footnote in round brackets", "It left the town.(3)", "It left the town.(12)"),
    ("footnote in round brackets, Arabic", "غادرت البلدة.(٣)", "غادرت البلدة.(٤)"),
    ("bare footnote gone", "It left the war.3", "It left the war."),
    ("percent", "by 5 %", "by 5%"),
]  # fmt: skip
OTHER = [
    ("digit", "Two of 15 guards", "Two of 16 guards"),
    ("decimal point", "1.5 tons", "15 tons"),
    ("decimal comma", "1,5 tons", "1.5 tons"),
    ("thousands", "1,500 men", "1.500 men"),
    ("spaced thousands", "5 000 men", "5000 men"),
    ("sign", "-5 degrees", "5 degrees"),
    ("minus", "at −5 degrees", "at 5 degrees"),
    ("percent", "5% of them", "5 of them"),
    ("currency", "$5 million", "€5 million"),
    ("range", "5–6 men", "56 men"),
    ("time", "at 12:30", "at 1230"),
    ("fraction", "1½ hours", "11/2 hours"),
    ("exponent", "10⁶ dollars", "10⁷ dollars"),
    ("Arabic-Indic", "قتل ٥ رجال", "قتل ٦ رجال"),
    ("Arabic decimal", "٥٫٥ طن", "٥٥ طن"),
    ("an editor's figure", "killed [12] men", "killed [13] men"),
    ("money at the end", "He was paid Rs.500", "He was paid Rs.600"),
    ("a number in round brackets", "It lost many men (15).", "It lost many men (16)."),
    ("a number of a house in round brackets", "He lives in No.(5)", "He lives in No.(6)"),
    ("number at the end", "He lives in No.5", "He lives in No.6"),
    ("day at the end", "It was on Sept.11", "It was on Sept.12"),
    ("decimal at the end", "It rose by 3.12", "It rose by 3.13"),
    ("a year at the end", "It left the town.2014", "It left the town.2015"),
    ("a bound", "some >5 men", "some <5 men"),
    ("bare footnote inside", "It left.3 He stayed", "It left.4 He stayed"),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other"), [case[1:] for case in SAME], ids=[case[0] for case in SAME])
def test_the_same_words(one: str, other: str) -> None:
    assert words(one) == words(other)


@pytest.mark.parametrize(("one", "other"), [case[1:] for case in OTHER], ids=[case[0] for case in OTHER])
def test_other_words(one: str, other: str) -> None:
    assert words(one) != words(other)


DIGITS = st.sampled_from(["0123456789", "٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹"])
SEPARATORS = ("", ".", ",", " ", "\u00a0", "'", "/", ":", "-", "–", "٫", "٬", "−")
FIGURE = st.tuples(
    st.sampled_from(["", "", "", "-", "$", "€", "+", "~", "."]),
    st.lists(st.integers(0, 999), min_size=1, max_size=4),
    st.lists(st.sampled_from(SEPARATORS), min_size=3, max_size=3),
    st.sampled_from(["", "", "", "%", " %", "°", "½", "²"]),
    DIGITS,
)
# One form of each: what looks the same to a reader is no other figure.
_PLAIN = str.maketrans({"\u00a0": " ", "–": "-", "−": "-"})


def figure(parts: tuple[str, list[int], list[str], str, str]) -> str:
    sign, numbers, separators, unit, digits = parts
    said = "".join(f"{number}{separator}" for number, separator in zip(numbers, [*separators, ""], strict=False))
    said = said if len(numbers) > 3 else said.rstrip("".join(SEPARATORS))
    return sign + said.translate(str.maketrans("0123456789", digits)) + unit


PLACES = [
    "The front said that {} of them were killed.",
    "Of them {} were killed",
    "{} of them were killed.[6]",
    "They said: “{} of us were killed.”12",
    "قال القائد إن {} من رجاله قتلوا.",
    "The loss was {}",
]


@given(FIGURE, FIGURE, st.sampled_from(PLACES))
def test_no_other_figure_is_the_same_words(one: object, other: object, place: str) -> None:
    first, second = figure(one), figure(other)  # type: ignore[arg-type]
    told = [each.replace(" %", "%").translate(_PLAIN) for each in (first, second)]
    assume(told[0] != told[1])
    assert words(place.format(first)) != words(place.format(second))


@given(FIGURE, st.sampled_from(PLACES), st.integers(1, 999), st.integers(1, 999))
def test_a_footnote_is_not_taken_for_a_figure(figures: object, place: str, old: int, new: int) -> None:
    said = place.format(figure(figures)).removesuffix("[6]").removesuffix("12")  # type: ignore[arg-type]
    stop = "" if said.endswith((".", "”")) else " men."
    assert words(f"{said}{stop}[{old}]") == words(f"{said}{stop}[{new}]") == words(f"{said}{stop}")


TEXTS = st.text(
    st.sampled_from("abcÇşü ağ١٢3 45..,;:!?“”'\"()[]\n\t-–%$½²\u00ad\u200f\ufeff&;ßﬁİمن"), max_size=60
) | st.lists(
    st.sampled_from(
        ["A man left.", "[6]", "[note 1]", "12", "&nbsp;", "&uuml;", "“No.”", "3", "\n", " ", "U\u0308ber", "x²"]
    ),
    max_size=12,
).map("".join)


@given(TEXTS)
def test_letters_of_a_document_are_those_of_its_words(text: str) -> None:
    """But for a footnote at the very end, which may be a figure in another text."""
    index = Letters(text)
    assert index.said.startswith(letters(text)) or letters(text) == index.said
    assert len(index.places) == len(index.said)
    assert list(index.places) == sorted(index.places)


@given(TEXTS, TEXTS)
def test_words_know_no_typography(text: str, more: str) -> None:
    for one, other in (("'", "’"), ('"', "“"), ("-", "–"), (" ", "\u00a0"), ("\n", "\r\n"), ("\n", " ")):
        if one not in ("\n", " ") or "[" not in text:
            assert words(text.replace(one, other)) == words(text)
    assert words(f"\ufeff{text}") == words(text)
