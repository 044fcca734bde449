"""What a descriptor says that readers ask: whether it is one, its terms, which file is which."""

from __future__ import annotations

from typing import Any

from .errors import AGAIN, Damaged

NAME = "datapackage.json"


def parsed(data: bytes, where: str) -> dict[str, Any]:
    """A descriptor, of the shape that is read here. Raises Damaged where it is none."""
    from ..model import seal
    from ..model.strict_json import parse

    try:
        found = parse(data)
    except ValueError as error:
        raise Damaged(f"{where} is not JSON ({error}); {AGAIN}") from None
    if not isinstance(found, dict) or not _sound(found):
        raise Damaged(f"{where} is no data package with resources; {AGAIN}")
    if not seal.fits(found):
        raise Damaged(f"{where} does not say what it said when it was sealed; {AGAIN}")
    return found


def _sound(package: dict[str, Any]) -> bool:
    resources, redirects = package.get("resources"), package.get("redirects", {})
    texts = ("name", "path", "title", "description", "format", "hash")
    return (
        isinstance(resources, list)
        and all(isinstance(each, dict) for each in resources)
        and all(isinstance(each.get(key, ""), str) for each in resources for key in texts)
        and all(isinstance(each.get("bytes", 0), int) for each in resources)
        and isinstance(redirects, dict)
        and all(isinstance(new, str) for new in redirects.values())
        and isinstance(package.get("version", ""), str)
    )


def resource(package: dict[str, Any], path: str) -> dict[str, Any] | None:
    """What a descriptor says of one file; None where it does not name it."""
    found: dict[str, Any] | None = next((each for each in package["resources"] if each.get("path") == path), None)
    return found


def hash_of(data: bytes) -> str:
    """Hash of a file as descriptors have it."""
    import hashlib

    return f"sha256:{hashlib.sha256(data).hexdigest()}"


def fits(package: dict[str, Any], path: str, data: bytes) -> bool:
    """Whether a file has the size and hash that a descriptor names."""
    named = resource(package, path) or {}
    return named.get("bytes", len(data)) == len(data) and named.get("hash") == hash_of(data)


def tables(package: dict[str, Any]) -> dict[str, str]:
    """Names of the tables, each with what one row of it is."""
    paths = {each.get("path", ""): each for each in package["resources"]}
    found = {}
    for path, each in paths.items():
        folder, _, file = path.rpartition("/")
        name, _, form = file.rpartition(".")
        if folder == "tables" and form == "parquet":
            found[name] = each.get("description", "")
    return found


def _fields(package: dict[str, Any], table: str) -> list[dict[str, Any]]:
    """Fields of a table, as far as a descriptor, which may be anybody's, has them in the usual shape."""
    for each in package.get("resources", ()):
        schema = each.get("schema") if each.get("name") == table else None
        fields = schema.get("fields") if isinstance(schema, dict) else None
        if isinstance(fields, list):
            return [field for field in fields if isinstance(field, dict) and isinstance(field.get("name"), str)]
    return []


def terms(package: dict[str, Any], table: str, column: str) -> list[str]:
    """Terms of a column's closed list."""
    for field in _fields(package, table):
        constraints = field.get("constraints")
        found = constraints.get("enum") if field["name"] == column and isinstance(constraints, dict) else None
        if isinstance(found, list):
            return [each for each in found if isinstance(each, str)]
    return []
