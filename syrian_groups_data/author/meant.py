"""Which key of a record somebody may have meant who wrote another word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches

from pydantic import BaseModel

from .layout import order

KEYS_STAND = "raw/README.md and the codebook, tables/README.md, list them all"
_MOST = 5
_STEM, _ENDING = 4, 3  # letters that two words of one stem share at least, and those that the ending of one may have


def told(model: type[BaseModel]) -> dict[str, str]:
    """Keys of a record in their order, and what each is said to hold."""
    about = {field.alias or name: field.description or "" for name, field in model.model_fields.items()}
    return {key: about[key] for key in order(model)}


def meant(word: str, keys: Mapping[str, str]) -> str:
    """` (near: …)`, with keys that are spelled alike, then those whose name or meaning has the word; empty where none is."""
    found = [*get_close_matches(word, keys), *_akin(word, keys), *_akin(word, keys, meaning=True)]
    return f" (near: {', '.join(list(dict.fromkeys(found))[:_MOST])})" if found else ""


def _akin(word: str, keys: Mapping[str, str], meaning: bool = False) -> Iterator[str]:
    stem = word.casefold()[: max(_STEM, len(word) - _ENDING)]
    for key, about in keys.items():
        if len(stem) >= _STEM and any(
            each.startswith(stem) for each in re.findall(r"[^\W_]+", about if meaning else key)
        ):
            yield key
