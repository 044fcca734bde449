"""CITATION.cff -> what the descriptor says of the package."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from ..files import kind
from ..model.release import Release
from .read import parse_yaml_file

# As SemVer has it; `2.0.0-dev` is what is not yet released.
SEMVER = r"^\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?$"


class _Part(BaseModel):
    model_config = ConfigDict(strict=True, extra="ignore", frozen=True)


class Author(_Part):
    """A person or a body that made the data."""

    name: str | None = None
    given: str | None = Field(default=None, alias="given-names")
    particle: str | None = Field(default=None, alias="name-particle")
    family: str | None = Field(default=None, alias="family-names")
    suffix: str | None = Field(default=None, alias="name-suffix")
    alias: str | None = None
    affiliation: str | None = None
    email: str | None = None
    orcid: str | None = None
    website: str | None = None

    def contributor(self) -> dict[str, str]:
        """As a data package lists it; empty for somebody without a name."""
        family = " ".join(filter(None, (self.particle, self.family, self.suffix)))
        title = self.name or " ".join(filter(None, (self.given, family))) or self.alias
        found = {
            "title": title,
            "givenName": self.given,
            "familyName": family,
            "organization": self.affiliation,
            "email": self.email,
            "path": self.orcid or self.website,
        }
        return {key: text for key, text in found.items() if text} if title else {}


class Citation(_Part):
    """The fields of CITATION.cff that are read here; it has others."""

    title: str | None = None
    abstract: str | None = None
    version: Annotated[str, Field(pattern=SEMVER)] = "0.0.0"
    released: Annotated[str, Field(pattern=r"^\d{4}-\d\d-\d\d$")] | None = Field(default=None, alias="date-released")
    url: str | None = None
    authors: list[Author] = Field(default_factory=list)
    keywords: list[str] = Field(default_factory=list)
    licence: str | list[str] | None = Field(default=None, alias="license")
    licence_url: str | None = Field(default=None, alias="license-url")

    def licences(self) -> list[dict[str, str]]:
        """As a data package lists them: `license-url` is that of the only one, or of one that has no name."""
        names = [self.licence] if isinstance(self.licence, str) else self.licence or []
        found = [{"name": re.sub(r"[^-a-zA-Z0-9._]+", "-", name), "title": name} for name in names]
        for each in found:
            if each["name"] == each["title"]:
                del each["title"]
        if self.licence_url and len(found) < 2:
            found = [{**(found[0] if found else {}), "path": self.licence_url}]
        return found


def read_citation(path: Path) -> Release:
    """Name, version, people and licence of the release, as written; the default of each where there is no such file.

    Raises Problems for a file that is malformed, OSError for one that cannot be read.
    """
    if kind(path.parent, path.name) is None:
        return Release()
    ((found, _),) = parse_yaml_file(path, path.name, Citation)
    return Release(
        title=found.title,
        description=found.abstract,
        version=found.version,
        created=f"{found.released}T00:00:00Z" if found.released else None,
        homepage=found.url,
        contributors=tuple(filter(None, (each.contributor() for each in found.authors))),
        licences=tuple(found.licences()),
        keywords=tuple(found.keywords),
    )
