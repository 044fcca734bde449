"""Tests whose expectations are not yet those of 2.0.0: each is run, and told as an expected failure until it is mended.

`known_failures.txt` lists them by name. One that passes is told too (XPASS); delete its line then.
"""

from __future__ import annotations

from pathlib import Path

import pytest

LIST = Path(__file__).with_name("known_failures.txt")


def mark(items: list[pytest.Item]) -> None:
    """Mark what is listed."""
    known = set(LIST.read_text(encoding="utf-8").splitlines())
    for item in items:
        name = item.nodeid.encode("ascii", "backslashreplace").decode()
        if name in known or name.split("[")[0] in known:
            item.add_marker(pytest.mark.xfail(reason="listed in tests/known_failures.txt", strict=False))
