"""What a catalogue wants to know of the package: Croissant, DCAT and DataCite; each made from the descriptor."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

from .source import Source

_MEDIA = "https://www.iana.org/assignments/media-types/"
_DRAFT = "A draft: no identifier has been registered, and whoever registers one names the publisher."
_CROISSANT_TYPES = {
    "string": "sc:Text", "integer": "sc:Integer", "number": "sc:Float", "boolean": "sc:Boolean", "date": "sc:Date",
    "list": "sc:Text",
}  # fmt: skip
# The context that Croissant 1.1 prescribes: terms of schema.org as `sc`, its own as `cr`.
_CONTEXT: dict[str, Any] = {
    "@language": "en", "@vocab": "https://schema.org/", "citeAs": "cr:citeAs", "column": "cr:column",
    "conformsTo": "dct:conformsTo", "containedIn": "cr:containedIn", "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/", "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"}, "dct": "http://purl.org/dc/terms/",
    "examples": {"@id": "cr:examples", "@type": "@json"}, "extract": "cr:extract", "field": "cr:field",
    "fileProperty": "cr:fileProperty", "fileObject": "cr:fileObject", "fileSet": "cr:fileSet", "format": "cr:format",
    "includes": "cr:includes", "isLiveDataset": "cr:isLiveDataset", "jsonPath": "cr:jsonPath", "key": "cr:key",
    "md5": "cr:md5", "parentField": "cr:parentField", "path": "cr:path", "recordSet": "cr:recordSet",
    "references": "cr:references", "regex": "cr:regex", "repeated": "cr:repeated", "replace": "cr:replace",
    "samplingRate": "cr:samplingRate", "sc": "https://schema.org/", "separator": "cr:separator",
    "source": "cr:source", "subField": "cr:subField", "transform": "cr:transform",
    "arrayShape": "cr:arrayShape", "isArray": "cr:isArray", "equivalentProperty": "cr:equivalentProperty",
}  # fmt: skip


def _json(content: Any) -> bytes:
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()


def _parquet(source: Source, table: str) -> dict[str, Any]:
    """The resource of a table's Parquet file."""
    wanted = f"tables/{table}.parquet"
    return next(each for each in source.descriptor["resources"] if each["path"] == wanted)


def _makers(source: Source) -> list[tuple[str, bool]]:
    """Names of those who made the package, and whether each is a person: CITATION.cff parts the name of one."""
    makers = source.descriptor.get("contributors", [])
    return [(each.get("title", ""), "givenName" in each or "familyName" in each) for each in makers]


def croissant(source: Source) -> dict[str, bytes]:
    """`croissant.json` (Croissant 1.1): a record set a table. Put it beside `tables/`."""
    files, sets = [], []
    for name in source.names:
        resource = _parquet(source, name)
        files.append(
            {
                "@type": "cr:FileObject",
                "@id": f"{name}.parquet",
                "name": f"{name}.parquet",
                "description": source.described(name),
                "contentUrl": resource["path"],
                "contentSize": f"{resource['bytes']} B",
                "encodingFormat": "application/x-parquet",
                "sha256": resource["hash"].removeprefix("sha256:"),
            }
        )
        sets.append(
            {
                "@type": "cr:RecordSet",
                "@id": name,
                "name": name,
                "description": source.described(name),
                "field": [
                    {
                        "@type": "cr:Field",
                        "@id": f"{name}/{field['name']}",
                        "name": field["name"],
                        "description": field["description"],
                        "dataType": _CROISSANT_TYPES[field["type"]],
                        "source": {"fileObject": {"@id": f"{name}.parquet"}, "extract": {"column": field["name"]}},
                    }
                    | ({"isArray": True, "arrayShape": "-1"} if field["type"] == "list" else {})
                    for field in source.fields(name)
                ],
            }
        )
    found = {
        "@context": _CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.1",
        "name": source.name,
        "description": source.description,
        "version": source.version,
        "datePublished": source.released,
        "license": source.licence and source.licence[1],
        "url": source.descriptor.get("homepage"),
        "creator": [
            {"@type": "sc:Person" if person else "sc:Organization", "name": name} for name, person in _makers(source)
        ],
        "keywords": source.descriptor.get("keywords"),
        "distribution": files,
        "recordSet": sets,
    }
    return {"croissant.json": _json({key: value for key, value in found.items() if value})}


def dcat(source: Source) -> dict[str, bytes]:
    """`dcat.jsonld` (DCAT 3): the dataset, and a distribution a file, each with its SHA-256."""
    base = f"urn:{quote(source.name, safe='')}:{quote(source.version, safe='')}"
    found = {
        "@context": {
            "dcat": "http://www.w3.org/ns/dcat#", "dct": "http://purl.org/dc/terms/",
            "spdx": "http://spdx.org/rdf/terms#", "foaf": "http://xmlns.com/foaf/0.1/",
            "xsd": "http://www.w3.org/2001/XMLSchema#",
            "dct:issued": {"@type": "xsd:date"}, "dcat:byteSize": {"@type": "xsd:nonNegativeInteger"},
            "spdx:checksumValue": {"@type": "xsd:hexBinary"},
        },
        "@id": base,
        "@type": "dcat:Dataset",
        "dct:title": source.title,
        "dct:description": source.description,
        "dcat:version": source.version,
        "dct:issued": source.released,
        "dct:license": source.licence and {"@id": source.licence[1]},
        "dcat:keyword": source.descriptor.get("keywords"),
        "dct:creator": [{"@type": "foaf:Agent", "foaf:name": name} for name, _ in _makers(source)],
        "dcat:distribution": [
            {
                "@id": f"{base}:{quote(each['path'])}",
                "@type": "dcat:Distribution",
                "dct:title": each["path"],
                "dct:description": each.get("description") or each.get("title"),
                "dcat:mediaType": {"@id": f"{_MEDIA}{each['mediatype']}", "@type": "dct:MediaType"},
                "dcat:byteSize": each["bytes"],
                "spdx:checksum": {
                    "@type": "spdx:Checksum",
                    "spdx:algorithm": {
                        "@id": "spdx:checksumAlgorithm_sha256", "@type": "spdx:ChecksumAlgorithm",
                    },
                    "spdx:checksumValue": each["hash"].removeprefix("sha256:"),
                },
            }
            for each in source.descriptor["resources"]
        ],
    }  # fmt: skip
    return {"dcat.jsonld": _json({key: value for key, value in found.items() if value})}


def datacite(source: Source) -> dict[str, bytes]:
    """`datacite.json` (DataCite 4): a draft, without identifier: none has been registered."""
    licences = source.descriptor.get("licenses", [])
    found = {
        "creators": [
            {"name": name, "nameType": "Personal" if person else "Organizational"} for name, person in _makers(source)
        ],
        "titles": [{"title": source.title}],
        "publicationYear": source.released[:4],
        "types": {"resourceTypeGeneral": "Dataset", "resourceType": "Statements with citations"},
        "subjects": [{"subject": word} for word in source.descriptor.get("keywords", [])],
        "dates": [{"date": source.released, "dateType": "Issued"}] if source.released else [],
        "version": source.version,
        "rightsList": [
            {"rights": each.get("title") or each.get("name"), "rightsUri": each.get("path")} for each in licences
        ],
        "descriptions": [
            *([{"description": source.description, "descriptionType": "Abstract"}] if source.description else []),
            {"description": _DRAFT, "descriptionType": "Other"},
        ],
        "relatedItems": [
            {
                "relatedItemType": "Other",
                "relationType": "IsDerivedFrom",
                "titles": [{"title": row["title"] or row["source_id"]}],
                **({"publisher": row["publisher"]} if row["publisher"] else {}),
                **(
                    {"relatedItemIdentifier": {"relatedItemIdentifier": row["url"], "relatedItemIdentifierType": "URL"}}
                    if row["url"]
                    else {}
                ),
            }
            for row in source.rows("sources")
        ],
        "schemaVersion": "http://datacite.org/schema/kernel-4",
    }
    return {"datacite.json": _json({key: value for key, value in found.items() if value})}
