"""A process that runs one command again and again and dies each time a step later: what test_moves.py asks of edits.

killed.py PROJECT ARGUMENTS…    prints a line for each death: `old` or `new`, what raw/ is once the next command has run,
                                else which files are of neither; the last line is of a run that was left alone
"""

from __future__ import annotations

import io
import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

from syrian_groups_data.commands.line import main
from syrian_groups_data.files import exchange

# Whatever changes the disk, by the module that is asked to.
STEPS = ((os, "rename"), (os, "replace"), (os, "mkdir"), (os, "fsync"), (os, "unlink"), (os, "rmdir"))


def _mortal(steps: int) -> None:
    """Die before the step with that number."""
    left = iter(range(steps))

    def counted(call: Callable[..., Any]) -> Callable[..., Any]:
        def step(*args: Any, **kwargs: Any) -> Any:
            if next(left, None) is None:
                os._exit(9)
            return call(*args, **kwargs)

        return step

    for owner, name in STEPS:
        setattr(owner, name, counted(getattr(owner, name)))
    exchange._exchanged = counted(exchange._exchanged)  # type: ignore[assignment]


def _raw(root: Path) -> dict[str, bytes]:
    return {str(path.relative_to(root)): path.read_bytes() for path in (root / "raw").rglob("*") if path.is_file()}


def _run(root: Path, args: list[str], steps: int) -> bool:
    """Whether a command came to its end before that step."""
    child = os.fork()
    if not child:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        _mortal(steps)
        os._exit(main(["--root", str(root), *args]))
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def told(project: Path, args: list[str]) -> None:
    """Print what every death leaves."""
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(shutil.copytree(project, Path(folder) / "whole"))
        with redirect_stdout(io.StringIO()):  # and everything is loaded that the children need
            assert main(["--root", str(whole), *args]) == 0
        known = {"old": _raw(project), "new": _raw(whole)}
        steps, ended = 0, False
        while not ended:
            root = Path(shutil.copytree(project, Path(folder) / str(steps)))
            ended = _run(root, args, steps)
            exchange.recover(root)
            found = _raw(root)
            strange = [name for name in found if found[name] not in (known["old"].get(name), known["new"].get(name))]
            print(next((name for name, files in known.items() if files == found), f"mixed: {strange}"), flush=True)
            assert not (root / exchange.STAGE).exists()
            shutil.rmtree(root)
            steps += 1


if __name__ == "__main__":
    told(Path(sys.argv[1]), sys.argv[2:])
