"""RDF as N-Triples: every claim reified, with its speaker and its passages (PROV, schema.org); no claim as a triple.

A claim is a node of type `rdf:Statement` and `prov:Entity`. Nothing says `subject predicate object` outright, so that a
store that merges graphs never takes an allegation for a fact.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from ..model.languages import WRITTEN_IN
from .source import Source

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_PROV = "http://www.w3.org/ns/prov#"
_SCHEMA = "https://schema.org/"
_XSD = "http://www.w3.org/2001/XMLSchema#"
_TYPES = {"group": "Organization", "person": "Person", "place": "Place", "event": "Event", "allegation": "Claim"}
_QUALIFIERS = ("standing", "hedge", "role", "class", "since", "until", "as_of", "speaker", "preferred", "note")
_WORK = {
    "title": "name", "publisher": "publisher", "author": "author", "published": "datePublished", "language": "inLanguage",
}  # fmt: skip
_REFERENCES = ("of", "said_in")
_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"})


def export(source: Source) -> dict[str, bytes]:
    """`claims.nt`. Nodes are `urn:NAME:…`: nobody's web address is made up."""
    base = f"urn:{quote(source.name, safe='')}:"
    lines = dict.fromkeys(_triples(source, base))
    return {"claims.nt": ("".join(f"{line} .\n" for line in lines)).encode()}


def _text(value: Any, language: str | None = None, kind: str | None = None) -> str:
    tail = f"@{language}" if language else f"^^<{_XSD}{kind}>" if kind else ""
    return f'"{str(value).translate(_ESCAPES)}"{tail}'


def _tag(language: str, script: str) -> str | None:
    """BCP 47: the script too where it is not that of the language, as of a name that is romanised."""
    tag = language if WRITTEN_IN.get(language, "Latn") == script else f"{language}-{script}"
    return tag if re.fullmatch(r"[A-Za-z]+(-[A-Za-z0-9]+)*", tag) else None


def _triples(source: Source, base: str) -> Iterator[str]:
    def node(key: str) -> str:
        return f"<{base}{quote(key, safe=':-')}>"

    def say(subject: str, predicate: str, value: str) -> str:
        return f"{subject} <{predicate}> {value}"

    # What a text only claims or alleges to have happened is a claim here, not an event, and its name says so.
    for row in source.rows("entities"):
        one, unsure = node(row["entity_id"]), source.unsure.get(row["entity_id"])
        yield say(one, f"{_RDF}type", f"<{_SCHEMA}{'Claim' if unsure else _TYPES[row['type']]}>")
        yield say(one, f"{_SCHEMA}name", _text(f"{row['label']} [{unsure}]" if unsure else row["label"]))
    for key, row in source.sources.items():
        one = node(f"source:{key}")
        yield say(one, f"{_RDF}type", f"<{_PROV}Entity>")
        yield say(one, f"{_RDF}type", f"<{_SCHEMA}CreativeWork>")
        for name, term in _WORK.items():
            if row[name]:
                yield say(one, f"{_SCHEMA}{term}", _text(row[name]))
        if row["url"]:
            yield say(one, f"{_SCHEMA}url", _text(row["url"], kind="anyURI"))
        if row["derived_from"]:
            yield say(one, f"{_PROV}wasDerivedFrom", node(f"source:{row['derived_from']}"))
        yield say(one, f"{_SCHEMA}sha256", _text(row["snapshot_sha256"]))
    for key, row in source.passages.items():
        one = node(f"passage:{key}")
        yield say(one, f"{_RDF}type", f"<{_PROV}Entity>")
        yield say(one, f"{_PROV}wasDerivedFrom", node(f"source:{row['source_id']}"))
        yield say(one, f"{_SCHEMA}sha256", _text(row["sha256"]))
        if row["url"]:
            yield say(one, f"{_SCHEMA}url", _text(row["url"], kind="anyURI"))
    tags = {row["statement_id"]: _tag(row["language"], row["script"]) for row in source.rows("names")}
    for key, row in source.statements.items():
        one = node(f"statement:{key}")
        yield say(one, f"{_RDF}type", f"<{_RDF}Statement>")
        yield say(one, f"{_RDF}type", f"<{_PROV}Entity>")
        yield say(one, f"{_RDF}subject", node(row["entity_id"]))
        yield say(one, f"{_RDF}predicate", node(f"property:{row['property']}"))
        target = row["value_entity_id"]
        yield say(one, f"{_RDF}object", node(target) if target else _text(row["value"], tags.get(key)))
        for name in _QUALIFIERS:
            if row[name]:
                yield say(one, f"{base}term:{name}", _text(row[name]))
        yield say(one, f"{base}term:contested", _text(str(row["contested"]).lower(), kind="boolean"))
        for name in _REFERENCES:
            if row[name]:
                yield say(one, f"{base}term:{name}", node(row[name]))
        for relay in row["via"] or []:
            yield say(one, f"{base}term:via", _text(source.called(relay)))
        if row["said_by"]:
            yield say(one, f"{_PROV}wasAttributedTo", node(row["said_by"]))
        for cited in source.cited.get(key, []):
            passage = node(f"passage:{cited['passage_id']}")
            if cited["role"] == "supports":
                yield say(one, f"{_PROV}wasDerivedFrom", passage)
            else:
                yield say(one, f"{base}term:{cited['role']}", passage)
