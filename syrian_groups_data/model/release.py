"""What a release says of itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from .vocabulary import DEFAULT, Vocabulary

GENERATOR = "syrian-groups-data"  # how a package of this schema names what made it

if TYPE_CHECKING:
    from .project import Boundaries


class Release(NamedTuple):
    """What the descriptor says of the package as a whole."""

    name: str = GENERATOR
    title: str | None = None
    description: str | None = None
    version: str = "0.0.0"
    created: str | None = None
    homepage: str | None = None
    contributors: tuple[dict[str, str], ...] = ()
    licences: tuple[dict[str, str], ...] = ()
    keywords: tuple[str, ...] = ()
    vocabulary: Vocabulary = DEFAULT  # the terms that its tables hold
    boundaries: Boundaries | None = None  # for maps
    compare: tuple[str, ...] = ()  # two groups to set side by side
