"""What can be typed after `syrian-groups-data`."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any

Command = Callable[[argparse.Namespace], int]


def parser(commands: dict[str, Command], version: Callable[[str | None], str]) -> argparse.ArgumentParser:
    """The parser of the command line. Each command's docstring is its help; `version` is asked only when wanted."""

    class Version(argparse.Action):
        def __call__(self, parser: argparse.ArgumentParser, given: argparse.Namespace, *_: Any) -> None:
            print(version(given.root))
            parser.exit()

    found = argparse.ArgumentParser(
        prog="syrian-groups-data", description="Two armed groups of the Syrian coast, and how we know."
    )
    where: dict[str, Any] = {"metavar": "FOLDER", "help": "the project to work on; else the nearest one above"}
    found.add_argument("--root", **where)
    found.add_argument("--version", action=Version, nargs=0, help="version of the data, and exit")
    below = found.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def add(name: str) -> argparse.ArgumentParser:
        command = commands[name]
        each = below.add_parser(name, help=command.__doc__, description=command.__doc__)
        each.set_defaults(run=command)
        each.add_argument("--root", default=argparse.SUPPRESS, **where)
        return each

    add("check")
    add("build").add_argument("--check", action="store_true", help="write nothing; exit 1 where something is stale")
    each = add("segment")
    each.add_argument("snapshot", metavar="SNAPSHOT", help="a UTF-8 text file")
    each.add_argument("--key", required=True, type=_key, help="id of the source")
    each.add_argument("--from", dest="start", type=int, help="first code point of the source")
    each.add_argument("--to", dest="end", type=int, help="after its last code point")
    add("verify").add_argument("--snapshots", required=True, metavar="DIR", help="folder with the documents")
    each = add("coverage")
    each.add_argument("--unread", action="store_true", help="list passages that are neither cited nor set aside")
    each.add_argument("--snapshots", metavar="DIR", help="folder with the documents, to show the text")
    each = add("show")
    each.add_argument("id", metavar="ID", help="id of a record, or of a passage")
    each.add_argument("property", metavar="PROPERTY", nargs="?", help="show only this property")
    each.add_argument("--snapshots", metavar="DIR", help="folder with the documents, to show the text")
    each.add_argument("--json", action="store_true", help="for programs")
    each = add("search")
    each.add_argument("text", metavar="TEXT", nargs="+")
    each.add_argument("--json", action="store_true", help="for programs")
    each = add("validate")
    each.add_argument(
        "package",
        metavar="PACKAGE",
        nargs="?",
        help="folder or datapackage.json; else the checkout, else the installed one",
    )
    each.add_argument("--engine", choices=["duckdb", "spark"], default="duckdb", help="what runs the checks")
    add("schema").add_argument("record", metavar="RECORD", nargs="?")
    return found


def _key(text: str) -> str:
    import re

    from .model.values import ID_PATTERN

    if not re.match(ID_PATTERN, text):
        raise argparse.ArgumentTypeError("write lower-case letters and digits joined by single hyphens")
    return text
