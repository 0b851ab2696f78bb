"""Rounding as XPath and OpenRosa mean it, where Python raises or rounds halves to even."""

from __future__ import annotations

import math


def half_up(number: float) -> float:
    """The nearest whole number, of two the greater; infinities and NaN stay."""
    if not math.isfinite(number):
        return number
    return math.copysign(math.floor(number + 0.5), number) if abs(number) < 2**52 else number


def half_away(number: float, decimals: float) -> float:
    """To so many decimals (negative: tens, hundreds), halves away from zero."""
    if math.isnan(number) or math.isnan(decimals):
        return math.nan
    if not math.isfinite(number):
        return number
    power = math.pow(10.0, max(-300.0, min(300.0, decimals)))
    shifted = abs(number) * power
    return number if math.isinf(shifted) else math.copysign(half_up(shifted) / power, number)


def whole(number: float) -> float:
    """Without its decimals."""
    return float(math.trunc(number)) if math.isfinite(number) else number
