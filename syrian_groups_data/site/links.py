"""Addresses: of pages inside the site, of the live pages outside, of whoever publishes the package."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from .reading import TABLE_OF

_CONTROL = re.compile(r"[\x00-\x20\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069]")


def page(type: str, key: str) -> str:
    """Path of a record's page, from the root of the site. An id needs no quoting: it is checked when tables are read."""
    return f"{TABLE_OF[type]}/{key}.html"


def outside(url: Any) -> str | None:
    """An address as a link may have it: http or https with a host; anything else is none."""
    if not isinstance(url, str) or _CONTROL.search(url):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.netloc else None


def contact(descriptor: dict[str, Any]) -> dict[str, str | None]:
    """Whom to tell: what the descriptor gives, never an address of our making."""
    makers = [each for each in descriptor.get("contributors") or () if isinstance(each, dict)]
    emails = [each["email"] for each in makers if re.fullmatch(r"[\w.+-]+@[\w.-]+\.\w+", str(each.get("email", "")))]
    paths = [found for each in makers if (found := outside(each.get("path")))]
    return {
        "email": emails[0] if emails else None,
        "url": outside(descriptor.get("homepage")) or (paths[0] if paths else None),
    }
