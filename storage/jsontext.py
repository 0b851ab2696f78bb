"""JSON as it is kept: short, and in letters that people can read."""

from __future__ import annotations

import json
from typing import Any

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def dumps(value: Any) -> str:
    return _encode(value)


def loads(text: str) -> Any:
    return json.loads(text)
