"""JSON as it is kept: short, and in letters that people can read. orjson: a turn writes five texts and reads four."""

from __future__ import annotations

from typing import Any

import orjson


def dumps(value: Any) -> str:
    return orjson.dumps(value).decode()


def loads(text: str | bytes) -> Any:
    return orjson.loads(text)
