"""The order in which ODK shuffles: the same seed gives the same order on every device."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable, Sequence
from typing import TypeVar

from domain.forms.xpath.coercion import to_number, to_string
from domain.forms.xpath.environment import Environment, Value

T = TypeVar("T")
_MODULUS, _FACTOR = 2_147_483_647, 16_807  # Park and Miller's minimal standard
_LONG = 2**63


def seed_of(value: Value, env: Environment) -> int:
    """A number without its decimals, as Java makes a long of it; other words by their SHA-256; nothing is 0."""
    number = to_number(value, env)
    if math.isnan(number):
        words = to_string(value)
        return int.from_bytes(hashlib.sha256(words.encode()).digest()[:8], "big", signed=True) if words else 0
    return max(-_LONG, min(_LONG - 1, int(number))) if math.isfinite(number) else (_LONG - 1 if number > 0 else -_LONG)


def seeded(seed: int) -> Callable[[], float]:
    """Numbers from 0 up to 1."""
    state = (
        int(math.fmod(seed, _MODULUS)) if abs(seed) < 2**53 else -(-seed % _MODULUS) if seed < 0 else seed % _MODULUS
    )
    if state <= 0:
        state += _MODULUS - 1

    def draw() -> float:
        nonlocal state
        state = state * _FACTOR % _MODULUS
        return (state - 1) / (_MODULUS - 1)

    return draw


def shuffled(values: Sequence[T], draw: Callable[[], float]) -> list[T]:
    """Fisher and Yates from the inside out."""
    found: list[T] = []
    for at, value in enumerate(values):
        place = math.floor(draw() * (at + 1))
        if place == at:
            found.append(value)
        else:
            found.append(found[place])
            found[place] = value
    return found
