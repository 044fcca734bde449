"""The door for writing a new folder: all of it, or nothing."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from ..model.problem import Environment


def scratch() -> tempfile.TemporaryDirectory[str]:
    """A folder that nobody else has: `name` is its path, `cleanup()` takes it away with all that is in it."""
    return tempfile.TemporaryDirectory(prefix="syrian-groups-data-")


def create(folder: Path, files: Mapping[str, bytes]) -> None:
    """Make a folder that holds just these files; what stands in it already, none of them, stays.

    All is written beside it first, and moved into place then. Raises Environment; nothing is left behind.
    """
    moved: list[Path] = []
    stage = None
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        stage = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
        for name, data in files.items():
            (stage / name).parent.mkdir(parents=True, exist_ok=True)
            with (stage / name).open("xb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
        stage.chmod(0o755)
        if not os.path.lexists(folder):
            os.rename(stage, folder)
            return
        for path in sorted(stage.iterdir()):
            if os.path.lexists(folder / path.name):
                raise FileExistsError(17, "it is there already", str(folder / path.name))
            os.rename(path, folder / path.name)
            moved.append(folder / path.name)
    except OSError as error:
        for path in moved:
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        raise Environment(f"{error.strerror or error} ({error.filename or folder}); nothing was changed") from None
    finally:
        if stage:
            shutil.rmtree(stage, ignore_errors=True)


def replace(folder: Path, files: Mapping[str, bytes]) -> None:
    """Make a folder hold just these files, in one step; what it held before goes, whoever's it is.

    Raises Environment; then the folder is as it was.
    """
    from .exchange import swap

    stage = None
    try:
        if not folder.is_dir() or not any(folder.iterdir()):
            create(folder, files)
            return
        stage = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
        create(stage / folder.name, files)
        swap(stage / folder.name, folder)
    except OSError as error:
        raise Environment(f"{error.strerror or error} ({error.filename or folder}); nothing was changed") from None
    finally:
        if stage:
            shutil.rmtree(stage, ignore_errors=True)
