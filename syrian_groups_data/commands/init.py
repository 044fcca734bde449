"""a dataset of one's own: a folder with a worked example to begin with"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from string import Template

from ..model.problem import visible
from .project import Usage

_TEMPLATES = Path(__file__).resolve().parent.parent / "templates"
# Where a template goes, if not to its own name: what begins with a dot would get lost on the way into a wheel.
_HOMES = {
    "gitattributes": ".gitattributes",
    "gitignore": ".gitignore",
    "workflow.yml": ".github/workflows/check.yml",
}
RECORD = 1 << 20  # more than any of the templates
_KEPT = frozenset({".git"})  # a repository that was made before


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("folder", metavar="FOLDER", help="a new folder, or one that holds nothing but .git")
    parser.add_argument("--name", help="name of the data package; else the folder's")


def run(args: argparse.Namespace) -> int:
    """Exit status of the command."""
    from ..files import FOLDER, MARK, create, kind, listing

    folder = Path(args.folder).absolute()
    name = args.name or _slug(folder.name)
    if not name or _slug(name) != name:
        raise Usage(f"{name or folder.name} is no name for a package; --name takes lower-case words joined by hyphens")
    for parent in (folder, *folder.parents):
        if kind(parent, MARK):
            raise Usage(f"{parent} is a project already; choose a folder outside of it")
    found = kind(folder.parent, folder.name)
    if found not in (None, FOLDER):
        raise Usage(f"{folder} is no folder but {found[2:]}; choose another name")
    held = [each.name for each in listing(folder) if each.name not in _KEPT] if found else []
    if held:
        raise Usage(f"{folder} holds {', '.join(held[:3])}; choose a new folder, or an empty one")
    files = contents(name)
    create(folder, files)
    print(f"made {visible(args.folder)} with {len(files)} files, an invented example among them")
    print(f"next: cd {visible(args.folder)}, then check, build, validate; raw/README.md is the guide")
    return 0


def _slug(text: str) -> str:
    import re

    return "-".join(re.findall(r"[a-z0-9]+", text.lower()))


def contents(name: str) -> dict[str, bytes]:
    """Every file of a new project, by its path."""
    import hashlib

    from ..author.schema import FOLDER, as_text, schemas, settings
    from ..evidence import Manner, first_list, segmenter, to_csv
    from ..files import read
    from ..library.release import _base, descriptor
    from ..model.additions import Additions, extended
    from .lists import cut_of

    vocabulary = extended(Additions())  # what the new raw/project.yml says: no second name yet
    document = read(_TEMPLATES, "documents/example.txt", RECORD)
    text = document.decode()
    passages = first_list(text, 0, len(text), Manner("en", False))
    sha256 = hashlib.sha256(document).hexdigest()
    cut = cut_of(sha256, segmenter(), "en", [], passages)
    values = {
        "name": name,
        "version": descriptor(_base())["version"],
        "sha256": sha256,
        "characters": len(text),
        "cut": "\n".join(f"  {key}: {value}" for key, value in cut.items() if value != []),
    }
    files: dict[str, bytes] = {}
    for path in sorted(_TEMPLATES.rglob("*")):
        if path.is_file():
            key = path.relative_to(_TEMPLATES).as_posix()
            found = read(_TEMPLATES, key, RECORD).decode()
            filled = found if key.startswith("documents/") else Template(found).substitute(values)
            files[_HOMES.get(key, key)] = filled.encode()
    files["raw/README.md"] = read(guide().parent, guide().name, RECORD)
    files["raw/sources/example.csv"] = to_csv(passages)
    files[".vscode/settings.json"] = (json.dumps(settings(vocabulary), indent=2) + "\n").encode()
    files |= {f"raw/{FOLDER}/{kind}.json": as_text(schema).encode() for kind, schema in schemas(vocabulary).items()}
    return files


def guide() -> Path:
    """The authoring guide: inside a wheel, else the one of the checkout around the package."""
    inside = _TEMPLATES.parent / "_data" / "guide.md"
    return inside if inside.is_file() else _TEMPLATES.parent.parent / "raw" / "README.md"
