"""The seal of a descriptor: one hash over everything that it says, and so over all the files whose hashes it names."""

from __future__ import annotations

import hashlib
import json
from typing import Any

KEY = "seal"


def seal(package: dict[str, Any]) -> str:
    """Hash of a descriptor without its seal, however it is spaced and whatever the order of its keys."""
    content = {key: value for key, value in package.items() if key != KEY}
    return f"sha256:{hashlib.sha256(json.dumps(content, sort_keys=True, separators=(',', ':')).encode()).hexdigest()}"


def fits(package: dict[str, Any]) -> bool:
    """Whether a descriptor still says what it said when it was sealed. Those of our first version have no seal."""
    if KEY not in package:
        ours = package.get("name") == "syrian-groups-data" and str(package.get("version", "")).startswith("1.")
        return ours and "generator" not in package  # which came with the seal
    try:
        return bool(package[KEY] == seal(package))
    except RecursionError:  # nested as deep as JSON is read, and written a little less deep
        return False
