"""Text of authored files, and the places in it."""

from __future__ import annotations

from pathlib import Path

from ..model.corpus import Place
from ..model.problem import Problem, Problems
from .yaml12 import unwanted

MAX_BYTES, MAX_CSV_BYTES = 1 << 20, 16 << 20


def read_text(path: Path, name: str, limit: int = MAX_BYTES) -> str:
    """The text of an authored file. Raises Problems for what no editor should have saved."""
    with path.open("rb") as file:
        data = file.read(limit + 1)
    if len(data) > limit:
        raise Problems([Problem(name, 1, 1, "file-too-large", f"more than {limit:,} bytes", "split the record")])
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        line, column = _place(data[: error.start].decode(), error.start)
        raise Problems(
            [Problem(name, line, column, "not-utf-8", f"byte {data[error.start]:#04x}", "save the file as UTF-8")]
        ) from None
    if problems := [Problem(name, *_place(text, at), code, what, fix) for at, code, what, fix in unwanted(text)]:
        raise Problems(problems)
    return text


def _place(text: str, index: int) -> Place:
    index = min(index, len(text))
    return text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index)
