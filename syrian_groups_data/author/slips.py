"""What a hand does that YAML takes for something else: the slip behind what a parser says of it."""

from __future__ import annotations

import re
from typing import NamedTuple


class Slip(NamedTuple):
    """A slip in a line: its column from 1, what is wrong, what to do."""

    column: int
    what: str
    fix: str


# Quoted text is what it is; only its length matters here.
_QUOTED = re.compile(r"""(?<=[\s\[{,])(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*')""")
# A comment stands two spaces behind a value, and has a space after its mark; what does not may be a part of it.
_COMMENT = re.compile(r"(?:^|\s{2,})#\s.*")
_PART = re.compile(r"\s#|\s{2,}#(?=\S)")
_INSIDE = re.compile(rf"(?<=\S)(?:{_PART.pattern})")
# A key stands at the start of a line or item, or in braces; the colon in report:7 belongs to it, but not that of a date.
_KEY = r"(?:^\s*(?:- )?|[{,]\s*)"
_NO_SPACE = re.compile(rf"{_KEY}([a-z_]+(?=:[^\s\d/])|(?:low|high|value|since|until|as_of|date)(?=:\d)):")
_AFTER = re.compile(rf"""{_KEY}[a-z_]+: +(?:"(?:[^"\\]|\\.)*+"|'(?:[^']|'')*+')(?=\s*[^\s,\]}}#])""")
_HYPHEN = re.compile(r"^\s*-(?=[^\s-])")
# In braces a comma ends a text, elsewhere only the line does.
_COLON = re.compile(r"^\s*(?:- )?[a-z_]+: [^\s\[{|>].*?(:)(?:\s|$)|[{,]\s*[a-z_]+: [^\s\[{][^,\[\]{}]*?(:)\s")


def dropped(line: str, at: int) -> bool:
    """Whether a comment follows on what ends at a place in its line, and may be meant as text."""
    return bool(_PART.match(line, at))


DROPPED = (
    "what follows # is no part of the value",
    "quote the text; a comment stands two spaces behind a value, with a space after #",
)


# What libyaml says, and what it mostly is.
_QUOTE = "put the text in double quotation marks"
_SAID = {
    "did not find expected ',' or '}'": (
        "what opens with { goes on wrongly or does not end",
        f"write a comma or }}, or {_QUOTE}",
    ),
    "did not find expected ',' or ']'": (
        "what opens with [ goes on wrongly or does not end",
        f"write a comma or ], or {_QUOTE}",
    ),
    "did not find expected <document start>": ("more follows on what was closed", _QUOTE),
    "found character that cannot start any token": ("no text starts with this character", _QUOTE),
    "did not find expected comment or line break": ("no text starts with this character", _QUOTE),
    "did not find expected node content": ("no text starts with this character", _QUOTE),
}


def said(message: str) -> tuple[str, str]:
    """What is wrong and what to do, for what the parser says; its own words where we have none."""
    return _SAID.get(message, (message, "see raw/README.md for the format"))


def slip(line: str) -> Slip | None:
    """The first slip of a line that YAML could not read."""
    if found := _AFTER.search(line):
        return Slip(
            found.end() + 1, "a quotation mark ends the text here", "put the whole text in double quotation marks"
        )
    bare = _QUOTED.sub(lambda found: "x" * len(found.group()), line)
    bare = _COMMENT.sub("", bare)
    if found := _INSIDE.search(bare):
        return Slip(found.end(), *DROPPED)
    if found := _NO_SPACE.search(bare):
        key = found[1]
        return Slip(found.start(1) + 1, f"no space after {key}:", f"write {key}: and a space before the value")
    if found := _HYPHEN.search(bare):
        return Slip(found.end(), "no space after the hyphen", "write - and a space before the item")
    if found := _COLON.search(bare):
        return Slip(found.start(found.lastindex or 0) + 1, "a colon and a space inside a text", _QUOTE)
    return None
