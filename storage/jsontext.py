"""JSON as it is kept: short, and in letters that people can read. orjson: a turn writes five texts and reads four."""

from __future__ import annotations

import json
from typing import Any

import orjson


def dumps(value: Any) -> str:
    return orjson.dumps(value).decode()


def loads(text: str | bytes) -> Any:
    return orjson.loads(text)


def loads_anything(text: str | bytes) -> Any:
    """Also what orjson refuses and JSON allows: half an emoji, a number without end. Raises ValueError."""
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        return json.loads(text)
