"""Any text is cut whole, and in time that grows with its size and no faster."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syrian_groups_data.evidence import Refused, blocks, lines, rules, sentences, words, wrap
from syrian_groups_data.evidence.cut import LANGUAGES, cut, looks_wrapped
from syrian_groups_data.evidence.sentences import BULLETS, SPACE
from tests.effort import growth

# What may lie between passages: white space, and the marks of bullets, headings, rows and rules.
MARKS = frozenset(SPACE + BULLETS + "#=*-–—_~+|:>!{}")
CHARACTERS = st.sampled_from(
    "aBoİ.?!؟…。 \n\t\r\u00a0\u2028\u200f\u200b\ufeff\u00ad-–=+*#|>_•()[]“”\"'1٢مق\u0301\x1b\x85\x1c\x00"
)
TEXT = st.text(CHARACTERS | st.characters(codec="utf-8"), max_size=120)
PIECES = ["Word", "word", "Mr.", "e.g.", "5.", "12.", "(a)", "[1]", "[note 2]", "No.", "p.m.", "م.", "وقال", "د.", "Dr.", "III.", "“Ah!”", "...", "…", "?", "!", "The", "al-X", "|", "•", "1", "X.1", "2012.1", ")", "(", "]", "Art.", "**b**", "i)", "-3", "ق.م.", "vb.", "z. B.", "Example,"]  # fmt: skip
LAYOUT = ["\n", "\n\n", "\n- ", "\n# ", "\n== ", "\n| a |", "\t", "   ", "\n---\n", "\no "]
WORDS = st.lists(st.sampled_from(PIECES + LAYOUT), max_size=50).map(" ".join)


@given(TEXT | WORDS, st.sampled_from([*sorted(LANGUAGES), "xx", ""]), st.booleans())
def test_passages_of_any_text_lie_in_order_and_leave_out_nothing(text: str, language: str, unwrap: bool) -> None:
    end = 0
    for _, start, stop in [*cut(text, language=language, unwrap=unwrap), (None, len(text), len(text))]:
        assert end <= start <= stop <= len(text)
        between = text[end:start]
        assert all(c in MARKS or (c == "o" and between.strip(SPACE) == "o") for c in between)
        assert text[start:stop] == text[start:stop].strip(SPACE)
        end = stop
    assert looks_wrapped(text) in (True, False)


UNITS = [
    " ", "\t", "\n", "\r\n", "a", "a\n", "a\n\n", "Aa\n\n", "[edit]\n\n", "=", "= ", "= a =\n", "a\n=\n", "# a\n", "#", "*", "* ", "*a* ",
    "*a\n", "- ", "- a. B\n", "o a\n", "o A\n", "|", "| a |\n", "a\tb", "a    b", ".", ". ", '. "', "a.", "a. ", "A. ", "a. B. ", "1.", "1. ",
    "1-", "a.1,2 ", "a.[1]", "[1", "a. [", "(", ")", "()", "(a. B", "(a. B)", "[a. B] ", "“A.” ", '"', "? ", "?! A", "…", "... A ", "\u200b", "a.\u200b",
    "a\u00ad", "\u00a0", "\u2028", "。", "啊。", "ا.", "ابت.ابت", "م. ", "ق.م. ", "a-", "A'", "§", "a.¹", "a.† ", "a. – ", "12) ", "iv. ", "Article ", "e.g. ", "Mr. ",
]  # fmt: skip


@pytest.mark.parametrize("unwrap", [False, True])
@pytest.mark.parametrize("unit", UNITS, ids=repr)
def test_time_grows_with_the_text(unit: str, unwrap: bool) -> None:
    assert not growth(lambda text: cut(text, language="en", unwrap=unwrap), unit, 2_000)


# What stands around figures, and what is decoded or left out before words are compared.
FIGURES = ["a.1 ", "1a", "1.5,", "-1", "1–2", "$1", "5%", "€ 5", "1 000 ", "½", "²", "٣", "1٫", "&amp;", "&", "&#", "[note 1]", "'", "_", "a\u0301", "\ufeff"]  # fmt: skip


@pytest.mark.parametrize("unit", FIGURES, ids=repr)
def test_words_are_found_in_time_that_grows_with_the_text(unit: str) -> None:
    assert not growth(words.words.__wrapped__, unit, 30_000)  # what it keeps costs nothing


def test_a_text_of_more_passages_than_a_list_may_hold_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Before all of them are made: 4,000,000 short lines took a minute and 4 GiB."""
    monkeypatch.setattr("syrian_groups_data.evidence.cut._MOST", 10)
    assert len(cut("a b\n" * 10, language="en")) == 10
    for text in ("a b\n" * 11, "He left. " * 11):
        with pytest.raises(Refused, match="it has more than 10 passages"):
            cut(text, language="en")


@pytest.mark.parametrize("unit", [" ", "\t", "= ", "a ", "a = "], ids=repr)
def test_a_line_that_starts_like_a_heading_is_no_trap(unit: str) -> None:
    assert not growth(lambda text: cut(f"={text}", language="en"), unit, 20_000)


PATTERNS = {
    f"{module.__name__.rsplit('.')[-1]}.{name}": value
    for module in (blocks, lines, rules, sentences, words, wrap)
    for name, value in vars(module).items()
    if isinstance(value, re.Pattern)
}


@pytest.mark.parametrize("name", PATTERNS)
def test_every_pattern_is_linear_in_its_worst_text(name: str) -> None:
    """Matched at one place, as the rules do; those that run over a whole text are searched for in it too."""
    pattern = PATTERNS[name]
    whole = name in ("lines._LINE", "lines._BREAK", "lines._CELLS", "lines._RINGS", "lines._HEADING", "sentences.STOP", "sentences._EVENT",
                     "sentences._LETTER", "sentences._BRACKET", "rules._PLAIN")  # fmt: skip
    for unit in UNITS:
        works: list[Callable[[str], object]] = [pattern.match, pattern.fullmatch]
        if whole:
            works.append(lambda text: sum(1 for _ in pattern.finditer(text)))
        for work in works:
            assert not growth(work, unit, 2_000)


def test_growth_tells_a_pattern_that_goes_back() -> None:
    """From every place of the text to its end: squared."""
    assert growth(re.compile("a*b").search, "a", 2_000)


def test_patterns_are_found() -> None:
    assert len(PATTERNS) > 25


def test_a_heading_of_many_levels_is_no_longer_than_six() -> None:
    text = "".join(f"{'=' * i} h {'=' * i}\n" for i in range(1, 60))
    assert max(section.count("/") for section, *_ in cut(text, language="en") if section) <= 5
