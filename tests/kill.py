"""A process that does nothing but put: what test_publishing.py kills, starves and races.

kill.py ROOT VARIANT            put one variant; prints `done`, or the message and exits with 3
kill.py ROOT --loop VARIANTS    for each line "CALLS FIRST" on stdin: put in turns, be killed after that many calls
kill.py ROOT --hold             hold the lock until stdin ends
... --renames                   as where the system cannot exchange two folders
"""

from __future__ import annotations

import hashlib
import itertools
import json
import os
import random
import signal
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

from filelock import FileLock

from syrian_groups_data.files import exchange
from syrian_groups_data.model.seal import KEY, seal

COUNT = 40 if os.environ.get("SGD_THOROUGH") else 4


def variant(name: str, count: int = COUNT, size: int = 60_000) -> dict[str, bytes]:
    """A build that no other variant shares a file with; each has one file that the others have not."""
    made = random.Random(name)
    names = [f"t{i}.parquet" for i in range(count - 1)] + [f"only-{name}.csv"]
    files = {f"tables/{each}": made.randbytes(size) for each in names}
    resources = [
        {"path": path, "bytes": len(data), "hash": f"sha256:{hashlib.sha256(data).hexdigest()}"}
        for path, data in files.items()
    ]
    package: dict[str, Any] = {"name": name, "resources": resources}
    return files | {"datapackage.json": json.dumps(package | {KEY: seal(package)}).encode()}


def at_each_call(tell: Callable[[int], object]) -> None:
    """Have the number of each call that Python makes told: how far work is, however fast the machine."""
    numbers = itertools.count()
    sys.setprofile(lambda _, event, __: tell(next(numbers)) if event.endswith("call") else None)


def _told(pipe: int, last: int, number: int) -> None:
    if number == last:
        os.write(pipe, b".")


def _loop(put: ModuleType, root: Path, names: list[str]) -> None:
    files = {name: variant(name) for name in names}
    for line in sys.stdin:
        calls, first = line.split()
        reached, tell = os.pipe()
        child = os.fork()
        if not child:
            at_each_call(partial(_told, tell, int(calls)))
            for name in itertools.islice(itertools.cycle(names), names.index(first), None):
                put.put(root, files[name], ["tables"])
        os.close(tell)
        os.read(reached, 1)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        os.close(reached)
        print(flush=True)


def main(root: Path, args: list[str]) -> int:
    """Do what is asked; exit status as that of the command line."""
    put = exchange
    if "--renames" in args:
        args.remove("--renames")
        put.sys = SimpleNamespace(platform="other")  # type: ignore[attr-defined]
    if args[0] == "--hold":
        with FileLock(root / put.LOCK, timeout=0):
            print(flush=True)
            sys.stdin.read()
        return 0
    if args[0] == "--loop":
        _loop(put, root, args[1:])
        return 0
    try:
        put.put(root, variant(args[0]), ["tables"])
    except put.Environment as error:
        print(error)
        return 3
    print("done")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2:]))
