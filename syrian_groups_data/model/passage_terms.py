"""Terms of passages: how they were cut, and what became of them."""

from __future__ import annotations

PASSAGE_USES = {
    "cited": "a statement cites it",
    "set_aside": "set aside with a reason",
    "unread": "neither",
    "gone": "its snapshot has it no longer, or has it in other words",
}
PASSAGE_STATES = {
    "gone": "the sentence changed, or is there no longer",
    "earlier": "an earlier wording of a passage whose later one was accepted",
    "burnt": "its sentence was accepted as a later wording of another passage",
    "mended": "it was joined with others or split, because it had been cut wrongly",
}
PASSAGE_LINKS = {
    "plain": "its first and last words mark it in the text, and nothing else",
    "prefix": "they do after the last words of the passage before it",
    "suffix": "they do before the first words of the passage after it",
    "both": "they do between the two",
}
CUT_OPTIONS = {"unwrap": "lines of a paragraph were joined first"}
SET_ASIDE = {
    "navigation": "site furniture or credits",
    "heading": "heading that carries no claim and no year",
    "blank": "label or image left without a value",
    "repeat": "the same source's own words again",
    "no-claim": "rhetoric or transition",
    "out-of-scope": "touches nobody here (a note says why)",
    "markup": "marks of the file's format: tags, templates, frames of tables",
}
