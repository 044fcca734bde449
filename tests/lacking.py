"""With CI=true everything is there that tests need: a test that is skipped has failed, whoever skipped it.

What no installation can bring (documents that are not ours to hand on, mounts that a kernel refuses) begins its reason
with `IMPOSSIBLE` and stays a skip.
"""

from __future__ import annotations

import os

import pytest

CI = os.environ.get("CI") == "true"
IMPOSSIBLE = "not possible here: "


def judge(report: pytest.TestReport) -> None:
    """Turn a skip into a failure where everything must be there."""
    if report.skipped and not hasattr(report, "wasxfail") and isinstance(report.longrepr, tuple):
        path, line, why = report.longrepr
        if IMPOSSIBLE not in why:
            report.outcome, report.longrepr = "failed", f"{path}:{line}: with CI=true nothing may be lacking: {why}"
