"""The command line: its parser, and the exit status of what goes wrong."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from ..model.problem import Environment, Problems, visible
from .output import Unsaid, given_up, shown

COMMANDS = (
    "init", "check", "build", "segment", "verify", "coverage", "read", "new", "cite", "near", "rename", "merge", "fmt", "show",
    "search", "validate", "diff", "changes", "site", "export", "footnote", "schema",
)  # fmt: skip


class _Command(argparse.ArgumentParser):
    """A command whose options may stand anywhere: Python before 3.13 takes what may be left out as left out before one."""

    _mixing = False

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        """What it is given, and what it does not know."""
        if self._mixing or "--" in (args or ()):
            return super().parse_known_args(args, namespace)
        self._mixing = True
        try:
            return self.parse_known_intermixed_args(args, namespace)
        finally:
            self._mixing = False


def parser(argv: Sequence[str] = COMMANDS) -> argparse.ArgumentParser:
    """The parser of the command line. The docstring of each command's module is its help.

    Only commands that are named in `argv` take their arguments: the others would have to be loaded.
    """

    class Version(argparse.Action):
        def __call__(self, parser: argparse.ArgumentParser, given: argparse.Namespace, *_: Any) -> None:
            print(_version(given.root))
            parser.exit()

    line = argparse.ArgumentParser(
        prog="syrian-groups-data",
        description="Claims cited to the sentence: two armed groups of the Syrian coast, or a dataset of one's own.",
    )
    where: dict[str, Any] = {"metavar": "FOLDER", "help": "the project to work on; else the nearest one above"}
    line.add_argument("--root", **where)
    line.add_argument("--version", action=Version, nargs=0, help="version of the data, and exit")
    below = line.add_subparsers(dest="command", required=True, metavar="COMMAND", parser_class=_Command)
    for name in COMMANDS:
        about = _about(name)
        each = below.add_parser(name, help=about, description=about)
        if name in argv:
            command = import_module(f"{__package__}.{name}")
            each.set_defaults(run=command.run)
            each.add_argument("--root", default=argparse.SUPPRESS, **where)
            command.arguments(each)
    return line


def _about(name: str) -> str:
    """The docstring of a command's module, which is not run for it."""
    found: Any = find_spec(f"{__package__}.{name}")
    first = found.loader.get_code(found.name).co_consts[0]
    return first if isinstance(first, str) else ""  # none with -OO


def _version(root: str | None) -> str:
    from ..library.release import _base, descriptor
    from .project import found

    return str(descriptor(found(root) or _base()).get("version", "unknown"))


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; its exit status."""
    with shown() as out:
        try:
            status = _run(argv)
            out.flush()
        except BrokenPipeError:  # `show … | head` is no error
            given_up(out)
            return 0
        except Unsaid as error:
            given_up(out)
            return _fail(3, f"standard output: {error}; what was to be said is not complete")
        if out.lost:
            return _fail(3, "standard output is closed; what was to be said is lost")
        return status


def _run(argv: Sequence[str] | None) -> int:
    command = ""
    try:
        args = parser(sys.argv[1:] if argv is None else argv).parse_args(argv)
        command = args.command
        _enough(command)
        return int(args.run(args))
    except SystemExit as ended:  # of the parser: help, or a message on what is wrong
        return int(ended.code or 0)
    except (BrokenPipeError, Unsaid):
        raise
    except Exception as error:
        return _expected(error, command)


# MB of addresses. With fewer, libraries end the process with no word that anybody could catch: DuckDB, that of pydantic.
_LEAST, _MORE = 300, {"validate": 550}


def _enough(command: str) -> None:
    """Raise Environment where addresses are limited so far that a command may not come to a word of its own."""
    from ..files.bounds import addresses

    room, needed = addresses(), _MORE.get(command, _LEAST)
    if room is not None and room < needed * 1_000_000:
        raise Environment(
            f"addresses are limited to {room // 1_000_000} MB (ulimit -v), and {command} needs {needed} MB"
        )


def _extra(module: str, command: str) -> str:
    """The extra that brings a module to whoever runs a command."""
    if module == "pyspark":
        return "spark"
    return "export" if command == "export" else "author"


def _expected(error: Exception, command: str) -> int:
    """Exit status of an error that a stage raises on purpose; anything else is ours and is raised."""
    from ..library.errors import Damaged
    from .project import Usage

    if isinstance(error, Usage):
        return _fail(2, error)
    if isinstance(error, Problems | Damaged):
        return _fail(1, error)
    if isinstance(error, ModuleNotFoundError):
        install = f"pip install 'syrian-groups-data[{_extra(str(error.name), command)}]'"
        return _fail(3, f"{error.name} is not installed; {install}")
    if isinstance(error, Environment):
        return _fail(3, error)
    if isinstance(error, ImportError):
        return _fail(
            3,
            f"{error.name or 'a library'} cannot be loaded ({error}); is there enough memory, and a sound installation?",
        )
    if "thread" in str(error) and type(error).__name__ in ("ArrowException", "RuntimeError"):
        return _fail(3, f"there are too few threads or too little memory ({str(error).splitlines()[0]})")
    if isinstance(error, OSError):
        return _fail(3, f"{error.filename or 'the system'}: {error.strerror or error}")
    raise error


def _fail(status: int, why: object) -> int:
    for line in str(why).splitlines():
        print(f"syrian-groups-data: {visible(line)}" if status > 1 else visible(line), file=sys.stderr)
    return status
