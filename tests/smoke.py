"""A smoke of two minutes, for versions and systems on which the tests as a whole are not run.

    python tests/smoke.py            # builds and compares, validates, loads, shows, pickles, begins a dataset, with what is installed
    python tests/smoke.py --lowest   # prints the lowest versions that pyproject.toml allows, as constraints for pip

It needs no pytest, and no shell.
"""

from __future__ import annotations

import copy
import json
import os
import pickle
import re
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def lowest() -> list[str]:
    """A constraint for every dependency that names its lowest version."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    groups = project["optional-dependencies"]
    asked = [*project["dependencies"], *groups["author"], *groups["export"], *groups["spark"]]
    return sorted({f"{found[1]}=={found[2]}" for each in asked if (found := re.match(r"([\w-]+)>=([\d.]+)", each))})


def run(folder: Path, *words: str, encoding: str = "utf-8") -> str:
    """What a command prints; its failure ends the smoke."""
    env = {**os.environ, "PYTHONUTF8": "0", "PYTHONIOENCODING": encoding}
    command = [sys.executable, "-m", "syrian_groups_data", *words]
    done = subprocess.run(command, cwd=folder, env=env, capture_output=True, check=False)
    if done.returncode:
        sys.exit(
            f"{' '.join(words)}: exit {done.returncode}\n{done.stdout.decode(encoding)}{done.stderr.decode(encoding)}"
        )
    print("ok:", *words[:2])
    return done.stdout.decode(encoding)


def main() -> None:
    """Each step once."""
    import syrian_groups_data as sgd

    run(ROOT, "check")
    run(ROOT, "build", "--check")
    run(ROOT, "validate")
    data = sgd.load()
    group = data.groups["syrian-resistance"]
    for held in (data, group, group.statements("founded"), data.find("أورال")):
        assert pickle.loads(pickle.dumps(held)) == copy.deepcopy(held) == held
    contested = sgd.Contested(group.id, "founded", group.statements("founded"))
    assert str(pickle.loads(pickle.dumps(contested))) == str(contested)
    assert sgd.read("events").num_rows == len(data.events)
    print("ok: load, pickle")
    assert json.loads(run(ROOT, "show", "mihrac-ural", "--json"))["id"] == "mihrac-ural"
    for encoding in ("cp1252", "ascii"):
        assert "mihrac-ural" in run(ROOT, "search", "Ural", encoding=encoding)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        run(ROOT, "export", "csv-excel", str(folder / "csv"))
        run(folder, "init", "new")
        for words in (["segment", "documents/example.txt", "--key", "example"], ["check"], ["build"], ["validate"]):
            run(folder / "new", *words)
        run(folder / "new", "show", "example-brigade")


if __name__ == "__main__":
    if sys.argv[1:] == ["--lowest"]:
        print(*lowest(), sep="\n")
    else:
        main()
