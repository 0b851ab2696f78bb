"""`mrgvali alike`: judges pairs of sentences from outside, as lines of JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from bot.errors import OperatorError
from domain.words.alike import SAME, likeness

SHAPE = '{"a": "წყალი არ გვაქვს", "b": "წყლის პრობლემა"}'


def judge(lines: Iterable[str]) -> Iterator[str]:
    """For each line with a and b one with their score from 0 to 1 and whether they are offered as the same need."""
    for number, line in enumerate(lines, 1):
        if line.strip():
            score = likeness(*_pair(line, number))
            yield json.dumps({"score": round(score, 4), "same": score >= SAME})


def _pair(line: str, number: int) -> tuple[str, str]:
    try:
        told = json.loads(line)
        one, other = told["a"], told["b"]
    except (ValueError, KeyError, TypeError, RecursionError):
        raise OperatorError(f"Line {number} is not a pair. A line looks like this: {SHAPE}") from None
    if not isinstance(one, str) or not isinstance(other, str):
        raise OperatorError(f"Line {number}: a and b are sentences in quotes. A line looks like this: {SHAPE}")
    return one, other
