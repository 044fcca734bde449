"""the tables in a format of other tools; without FORMAT, a list of them"""

from __future__ import annotations

import argparse
from pathlib import Path

from ..model.problem import visible
from .project import Usage, busy, count, package

_RECEIPT = "export.json"


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("format", metavar="FORMAT", nargs="?", help="name of the format")
    parser.add_argument("out", metavar="OUT", nargs="?", help="file to write, or folder for a format of several files")
    parser.add_argument(
        "--all",
        action="store_true",
        help="graphs, maps and profiles carry what is alleged, claimed, judged, contested or ended too, marked as such",
    )


def run(args: argparse.Namespace) -> int:
    """Exit status of the command."""
    from .. import library
    from ..export import FORMATS, export
    from ..files.target import put_file, put_folder
    from ..library.whole import Whole

    if args.format is None:
        for name, each in FORMATS.items():
            print(f"{name:<15} {each.description}")
        return 0
    if args.format not in FORMATS:
        raise Usage(f"no format {args.format}; there are {', '.join(FORMATS)}")
    if args.out is None:
        raise Usage(f"name what to write: syrian-groups-data export {args.format} OUT")
    with busy("exporting"):
        tables = library.open(package(args))
        files = export(Whole(tables), args.format, everything=args.all)
    if len(files) == 1:
        [(name, data)] = files.items()
        where = put_file(Path(args.out), name, data)
    else:
        release = {key: tables.descriptor.get(key) for key in ("name", "version", "contentHash")}
        where = put_folder(Path(args.out), files, _RECEIPT, {"format": args.format, "all": args.all, **release})
    size = sum(map(len, files.values())) / 1e6
    print(f"wrote {args.format} to {visible(str(where))} ({count(len(files), 'file')}, {size:.1f} MB)")
    return 0
