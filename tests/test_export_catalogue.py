"""What catalogues and reference managers read: Croissant, DCAT, DataCite, CSL JSON, BibTeX, and a footnote to paste."""

from __future__ import annotations

import json
import re
import shutil
import warnings
from pathlib import Path
from typing import Any

import pytest

import syrian_groups_data as sgd
from syrian_groups_data.commands import main
from syrian_groups_data.export import bibliography, export, footnote
from syrian_groups_data.model import vocab
from tests.conftest import ROOT
from tests.exports import SOURCE, Changed, Published, exported, lay, module

TABLES = tuple(sgd.tables)


def read(name: str, file: str) -> Any:
    return json.loads(exported(name)[file])


def test_mlcroissant_reads_the_records(tmp_path: Path) -> None:
    croissant = module("mlcroissant")
    lay(tmp_path, exported("croissant"))
    shutil.copytree(ROOT / "tables", tmp_path / "tables")
    dataset = croissant.Dataset(str(tmp_path / "croissant.json"))
    assert {each.id for each in dataset.metadata.record_sets} == set(TABLES)
    assert not dataset.metadata.ctx.issues.errors
    for name in ("timeline", "names"):
        found = list(dataset.records(name))
        wanted = sgd.read(name).to_pylist()
        assert len(found) == len(wanted)
        for one, row in zip(found, wanted, strict=True):
            for key, value in row.items():
                assert _plain(one[f"{name}/{key}"]) == (str(value) if hasattr(value, "year") else value), key


def _plain(value: Any) -> Any:
    """What a record holds, as plain Python: bytes are text, a missing value is none, a day has no time."""
    if hasattr(value, "tolist"):
        value = value.tolist()
    if isinstance(value, list):
        return [each.decode() if isinstance(each, bytes) else each for each in value]
    if isinstance(value, bytes):
        return value.decode()
    if value is None or value != value:
        return None
    return str(value)[:10] if hasattr(value, "year") else value


def test_croissant_says_what_version_it_is() -> None:
    found = read("croissant", "croissant.json")
    assert found["conformsTo"] == "http://mlcommons.org/croissant/1.1"
    assert {each["encodingFormat"] for each in found["distribution"]} == {"application/x-parquet"}


def test_dcat_is_rdf_with_a_distribution_a_file() -> None:
    rdflib = module("rdflib")
    dcat, spdx = (rdflib.Namespace(f"http://{each}#") for each in ("www.w3.org/ns/dcat", "spdx.org/rdf/terms"))
    graph = rdflib.Graph().parse(data=exported("dcat")["dcat.jsonld"], format="json-ld")
    [dataset] = graph.subjects(rdflib.RDF.type, dcat.Dataset)
    resources = SOURCE.descriptor["resources"]
    found = {
        str(graph.value(each, rdflib.DCTERMS.title)): str(
            graph.value(graph.value(each, spdx.checksum), spdx.checksumValue)
        )
        for each in graph.objects(dataset, dcat.distribution)
    }
    assert found == {each["path"]: each["hash"].removeprefix("sha256:") for each in resources}
    types = {each["path"]: each["mediatype"] for each in resources}
    for each in graph.objects(dataset, dcat.distribution):
        # As DCAT-AP 3 asks: a media type is a thing with an address, a checksum has a class, sizes are no bare integers.
        media = graph.value(each, dcat.mediaType)
        assert str(media).endswith(f"/media-types/{types[str(graph.value(each, rdflib.DCTERMS.title))]}")
        assert (media, rdflib.RDF.type, rdflib.DCTERMS.MediaType) in graph
        assert (graph.value(each, spdx.checksum), rdflib.RDF.type, spdx.Checksum) in graph
        assert graph.value(each, dcat.byteSize).datatype == rdflib.XSD.nonNegativeInteger


@pytest.mark.parametrize(
    ("maker", "person"),
    [
        ({"title": "Contributors of the Example Archive"}, False),
        ({"title": "Jane Example", "givenName": "Jane", "familyName": "Example"}, True),
        ({"title": "Mithal", "familyName": "Mithal"}, True),
    ],
)
def test_who_made_it_is_a_person_only_where_citation_cff_says_so(maker: dict[str, str], person: bool) -> None:
    tables = Published()
    tables.descriptor = {**tables.descriptor, "contributors": [maker]}
    found = json.loads(export(tables, "croissant")["croissant.json"])["creator"]
    assert found == [{"@type": "sc:Person" if person else "sc:Organization", "name": maker["title"]}]
    found = json.loads(export(tables, "datacite")["datacite.json"])["creators"]
    assert found == [{"name": maker["title"], "nameType": "Personal" if person else "Organizational"}]


def test_datacite_is_a_draft_and_says_so() -> None:
    found = read("datacite", "datacite.json")
    assert any("A draft: no identifier" in each["description"] for each in found["descriptions"])
    # What the schema of DataCite 4.5 calls each; it takes no other.
    assert set(found) <= {
        "creators", "titles", "publicationYear", "types", "subjects", "dates", "version", "rightsList", "descriptions",
        "relatedItems", "schemaVersion",
    }  # fmt: skip
    assert not {"doi", "identifiers", "publisher"} & set(found)
    assert found["version"] == SOURCE.version
    days = [each["date"] for each in found.get("dates", [])]
    assert days == [SOURCE.released][: bool(SOURCE.released)], "what has no day of release is given none"
    assert found.get("publicationYear", "") == SOURCE.released[:4]


def test_references_hold_what_the_sources_say_of_themselves() -> None:
    found = {each["id"]: each for each in read("bibliography", "references.json")}
    assert set(found) == set(SOURCE.sources)
    for key, row in SOURCE.sources.items():
        assert found[key].get("title") == row["title"]
        assert found[key].get("URL") == row["url"]
        assert row["snapshot_sha256"] in found[key]["note"]
        assert ("issued" in found[key]) == bool(re.fullmatch(r"\d{4}(-\d\d){0,2}", row["published"] or ""))


def test_no_source_is_called_a_preprint() -> None:
    """`article` means one to a processor of CSL."""
    assert {each["type"] for each in read("bibliography", "references.json")} >= {"document", "entry-encyclopedia"}
    for kind in vocab.SOURCE_KINDS:
        tables = Changed({"sources": lambda row, kind=kind: row | {"kind": kind}})
        found = json.loads(export(tables, "bibliography")["references.json"])
        assert "article" not in {each["type"] for each in found}, kind


def test_a_processor_of_csl_writes_a_reference_for_every_source() -> None:
    """citeproc-py, by the one style that it brings, warns of every field that it does not know."""
    citeproc = module("citeproc")
    from citeproc.source.json import CiteProcJSON

    with warnings.catch_warnings():
        warnings.simplefilter("error", UserWarning)
        items = CiteProcJSON(read("bibliography", "references.json"))
        style = citeproc.CitationStylesStyle("harvard-cite-them-right", validate=False)
        made = citeproc.CitationStylesBibliography(style, items, citeproc.formatter.plain)
        for key in SOURCE.sources:
            made.register(citeproc.Citation([citeproc.CitationItem(key)]))
        texts = list(map(str, made.bibliography()))
    assert len(texts) == len(SOURCE.sources)
    for row in SOURCE.sources.values():
        assert any((row["title"] or "") in text and (row["url"] or "") in text for text in texts), row


def test_a_parser_of_bibtex_reads_every_entry() -> None:
    changed = Changed({"sources": lambda row: row | {"title": "{50% “of” \\x} @ A, B = # ع", "author": "A and B"}})
    for tables in (Published(), changed):
        found = module("bibtexparser").parse_string(export(tables, "bibliography")["references.bib"].decode())
        assert found.failed_blocks == []
        assert [each.key for each in found.entries] == list(SOURCE.sources)
        for each in found.entries:
            assert each["url"] == SOURCE.sources[each.key]["url"] if "url" in each else True
            assert SOURCE.sources[each.key]["snapshot_sha256"] in each["note"]


def test_bibtex_has_an_entry_a_source_with_balanced_braces() -> None:
    text = exported("bibliography")["references.bib"].decode()
    assert re.findall(r"(?m)^@online\{(.+),$", text) == list(SOURCE.sources)
    bare = re.sub(r"\\[{}]", "", text)
    assert bare.count("{") == bare.count("}")


def test_bibtex_escapes_what_tex_would_read() -> None:
    changed = Changed(
        {"sources": lambda row: row | {"title": "50% of {A} & B_c", "author": "A & B", "retrieved": "2026-11-01"}}
    )
    text = export(changed, "bibliography")["references.bib"].decode()
    assert r"title = {{50\% of \{A\} \& B\_c}}," in text
    assert r"author = {{A \& B}}," in text
    assert "urldate = {2026-11-01}," in text


# --- one to paste ---------------------------------------------------------------------------------


def test_a_footnote_says_what_who_where_and_how_to_check() -> None:
    for standing in ("asserted", "alleged", "denied", "refuted"):
        key, row = next((key, row) for key, row in SOURCE.statements.items() if row["standing"] == standing)
        text = footnote(Published(), key)
        assert SOURCE.claim(row) in text
        assert SOURCE.marked(row) in text
        for each in SOURCE.supports(key):
            assert each in text
            assert SOURCE.passages[each]["sha256"] in text
            assert (SOURCE.passages[each]["url"] or "") in text
        assert f"{SOURCE.version}, statement {key}" in text


def test_a_footnote_of_a_passage_says_when_it_was_retrieved(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["footnote", "wiki-sr:12", "--root", str(ROOT)]) == 0
    assert SOURCE.passages["wiki-sr:12"]["sha256"] in capsys.readouterr().out
    changed = Changed({"sources": lambda row: row | {"retrieved": "2026-11-01"}})
    assert "retrieved 2026-11-01" in footnote(changed, "wiki-sr:12")


def test_a_footnote_leaves_out_nothing_that_limits_the_claim() -> None:
    """Role, people counted, dates, relays, remarks, what was answered; and when nobody knows the day of reading."""
    for key, row in SOURCE.statements.items():
        text = bibliography.footnote(SOURCE, key)
        for name in ("since", "until", "as_of"):
            assert not row[name] or row[name] in text, (key, name)
        for relay in row["via"]:
            assert SOURCE.called(relay) in text.split(" via ")[1], key
        if row["said_in"]:
            assert f"Said in: {SOURCE.called(row['said_in'])}" in text, key
        assert not row["note"] or f"Note: {row['note'].rstrip('.')}." in text, key
        assert ("date retrieved not recorded" in text) == (SOURCE.sources[row["works"][0]]["retrieved"] is None)
    answers = {row["allegation_id"]: row["responses"] for row in SOURCE.rows("ledger")}
    accusations = [row for row in SOURCE.statements.values() if row["property"] == "accused"]
    assert {bool(answers[row["entity_id"]]) for row in accusations} == {True, False}
    for row in accusations:
        told = "; ".join(answers[row["entity_id"]]) or "none in these sources"
        assert f"An allegation is not a fact. Answers: {told}." in bibliography.footnote(SOURCE, row["statement_id"])
    hurt = next(row for row in SOURCE.rows("participants") if row["harm"] == "killed")
    assert "killed)" in bibliography.footnote(SOURCE, hurt["statement_id"])


def test_what_is_refuted_is_refuted_by_its_source_and_not_by_who_said_it() -> None:
    refuted = [row for row in SOURCE.statements.values() if row["standing"] == "refuted" and row["said_by"]]
    assert refuted
    for row in refuted:
        speaker, work = SOURCE.called(row["said_by"]), SOURCE.called(row["works"][0])
        assert SOURCE.voice(row).startswith(work)
        assert f"(said by {speaker})" in SOURCE.voice(row)
        assert f"refuted by {speaker}" not in bibliography.footnote(SOURCE, row["statement_id"])


def test_an_id_that_was_given_up_leads_to_its_successor() -> None:
    row = next(each for each in SOURCE.rows("changes") if each["new_id"])
    text = footnote(Published(), row["old_id"])
    assert f"(formerly {row['old_id']})" in text
    withdrawn = next(each for each in SOURCE.rows("changes") if not each["new_id"])
    with pytest.raises(LookupError, match="withdrawn"):
        footnote(Published(), withdrawn["old_id"])


def test_an_id_of_the_first_release_is_understood() -> None:
    given_up = {row["old_id"] for row in SOURCE.rows("changes")}
    key = next(each for each in SOURCE.statements if each[:13] not in given_up)
    assert f"statement {key}" in footnote(Published(), key[1:13])
    assert f"statement {key}" in footnote(Published(), key[:13])


@pytest.mark.parametrize("key", ["", "s0", "wiki-sr:99999", "=1+1"])
def test_an_id_that_is_none_is_a_usage_error(key: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["footnote", key, "--root", str(ROOT)]) == 2
    assert "no statement or passage" in capsys.readouterr().err
