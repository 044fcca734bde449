"""JSON of somebody else, read so that no two readers can take it for two different things."""

from __future__ import annotations

import json
import re
from typing import Any

_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")


def parse(data: bytes) -> Any:
    """What a JSON text says.

    Raises ValueError, with the reason, for what is not JSON in UTF-8 and for what readers differ on: a key that
    stands twice in an object, NaN and Infinity, half of a surrogate pair.
    """
    try:
        text = data.decode()
        found = json.loads(text, object_pairs_hook=_object, parse_constant=_constant)
        if _SURROGATE.search(text):
            json.dumps(found, ensure_ascii=False).encode()
    except UnicodeDecodeError as error:
        raise ValueError(f"byte {error.start + 1} is not UTF-8") from None
    except UnicodeEncodeError:
        raise ValueError("a \\u escape stands for half a character") from None
    except RecursionError:
        raise ValueError("it is nested too deep") from None
    return found


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        seen: set[str] = set()
        twice = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
        raise ValueError(f"the key {twice[:60]!r} stands twice in one object")
    return found


def _constant(name: str) -> None:
    raise ValueError(f"{name} is no number of JSON")
