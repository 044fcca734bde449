"""The descriptor against the published profile, and what it says of the package against CITATION.cff."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from syrian_groups_data.author.citation import read_citation
from syrian_groups_data.author.text import MAX_BYTES
from syrian_groups_data.commands import main
from tests.conftest import ROOT

PROFILE = ROOT / "tests" / "profiles" / "data-package-2-0.json"


def wrong(package: dict[str, Any]) -> list[str]:
    """What the profile of Data Package v2 refuses."""
    jsonschema = pytest.importorskip("jsonschema", reason="jsonschema is not installed")
    schema = json.loads(PROFILE.read_bytes())
    return [
        f"{list(each.absolute_path)}: {each.message[:80]}"
        for each in jsonschema.Draft7Validator(schema).iter_errors(package)
    ]


def without_lists(package: dict[str, Any]) -> dict[str, Any]:
    """The one type of the standard that its profile does not know, as text."""
    for resource in package["resources"]:
        for field in resource.get("schema", {}).get("fields", []):
            if field["type"] == "list":
                field["type"] = "string"
                del field["delimiter"], field["itemType"]
    return package


def test_the_profile_is_the_one_that_was_published() -> None:
    digest = hashlib.sha256(PROFILE.read_bytes()).hexdigest()
    assert digest in (PROFILE.parent / "README.md").read_text(encoding="utf-8")


def test_the_descriptor_is_as_the_profile_has_it_but_for_lists() -> None:
    package = json.loads((ROOT / "datapackage.json").read_bytes())
    fields = [field for each in package["resources"] for field in each.get("schema", {}).get("fields", [])]
    assert len(wrong(package)) == sum(field["type"] == "list" for field in fields) > 0
    assert wrong(without_lists(package)) == []


@pytest.mark.parametrize("where", ["example", "type", "licenses"])
def test_the_profile_would_notice(where: str) -> None:
    package = without_lists(json.loads((ROOT / "datapackage.json").read_bytes()))
    if where == "example":
        package["resources"][0]["schema"]["fields"][0]["example"] = 7
    elif where == "type":
        package["resources"][0]["type"] = "file"
    else:
        package[where] = ["CC"]
    assert len(wrong(package)) == 1


def package_of(example: Path, citation: str) -> dict[str, Any]:
    (example / "CITATION.cff").write_text(citation, encoding="utf-8")
    assert main(["build"]) == 0
    found: dict[str, Any] = json.loads((example / "datapackage.json").read_bytes())
    assert wrong(without_lists(json.loads(json.dumps(found)))) == []
    return found


@pytest.mark.parametrize(
    ("written", "licences"),
    [
        ("", None),
        ("license: ODbL-1.0\n", [{"name": "ODbL-1.0"}]),
        (
            "license: ODbL-1.0\nlicense-url: https://example.org/odbl\n",
            [{"name": "ODbL-1.0", "path": "https://example.org/odbl"}],
        ),
        ("license-url: https://example.org/terms\n", [{"path": "https://example.org/terms"}]),
        ("license: [MIT, CC0-1.0]\n", [{"name": "MIT"}, {"name": "CC0-1.0"}]),
        (
            "license: Use allowed with a link\n",
            [{"name": "Use-allowed-with-a-link", "title": "Use allowed with a link"}],
        ),
    ],
)
def test_the_licence_is_that_of_the_citation_file(
    written: str, licences: Any, example: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(example)
    assert package_of(example, f"title: Mithal\n{written}").get("licenses") == licences


def test_persons_and_bodies_are_contributors(example: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(example)
    people = """title: Mithal
authors:
  - {given-names: Jane, name-particle: van, family-names: Example, name-suffix: Jr., affiliation: Example University,
     orcid: "https://orcid.org/0000-0000-0000-0001", email: jane@example.org}
  - {family-names: Ejemplo}
  - {name: Example Monitor, website: "https://example.org"}
  - {alias: mithal-watcher}
  - {affiliation: Nobody}
"""
    assert package_of(example, people)["contributors"] == [
        {
            "title": "Jane van Example Jr.",
            "givenName": "Jane",
            "familyName": "van Example Jr.",
            "organization": "Example University",
            "email": "jane@example.org",
            "path": "https://orcid.org/0000-0000-0000-0001",
            "roles": ["creator"],
        },
        {"title": "Ejemplo", "familyName": "Ejemplo", "roles": ["creator"]},
        {"title": "Example Monitor", "path": "https://example.org", "roles": ["creator"]},
        {"title": "mithal-watcher", "roles": ["creator"]},
    ]


def test_our_licence_stands_in_one_place() -> None:
    release = read_citation(ROOT / "CITATION.cff")
    assert release.licences == ({"name": "CC-BY-4.0", "path": "https://creativecommons.org/licenses/by/4.0/"},)
    code = (ROOT / "syrian_groups_data").rglob("*.py")
    assert [path.name for path in code if "creativecommons" in path.read_text(encoding="utf-8")] == []


def test_parquet_is_no_table_to_tools_that_stumble_over_its_lists() -> None:
    package = json.loads((ROOT / "datapackage.json").read_bytes())
    for each in package["resources"]:
        assert ("type" in each) == ("schema" in each) == each["path"].endswith(".csv")
        assert len(json.dumps(each)) < MAX_BYTES
