"""Numbers: sums, rounding, powers, angles. What cannot be worked out is NaN, never an error."""

from __future__ import annotations

import math
from collections.abc import Callable

from domain.forms.xpath.arguments import MANY, Function, node_set, strict
from domain.forms.xpath.coercion import numbers, to_number, to_string
from domain.forms.xpath.environment import Context, Value
from domain.forms.xpath.moments import Moment, days
from domain.forms.xpath.numbers import half_away, half_up, whole


def _number(context: Context, *values: Value) -> float:
    """A date becomes the days, and as a text their whole number."""
    value: Value = values[0] if values else [context.node]
    if isinstance(value, float):
        return value
    found = to_number(value, context.env)
    if context.env.openrosa and not isinstance(value, bool) and days(to_string(value), context.env.zone) is not None:
        return Moment(found, context.env.zone, str(math.floor(found)))
    return found


def _of_numbers(work: Callable[..., float], count: int = 1) -> Function:
    """A function of `count` numbers that is NaN where mathematics has no answer."""

    def run(context: Context, *values: Value) -> float:
        try:
            return float(work(*[to_number(value, context.env) for value in values]))
        except (ValueError, ZeroDivisionError):
            return math.nan
        except OverflowError:
            return math.inf

    return strict(count, count, run)


def _over_all(work: Callable[[list[float]], float]) -> Function:
    """A function of many values and node-sets; NaN where one is no number, or none is there."""

    def run(context: Context, *values: Value) -> float:
        found = [number for value in values for number in numbers(value, context.env)]
        return math.nan if not found or any(map(math.isnan, found)) else float(work(found))

    return strict(1, MANY, run)


def _sum(context: Context, value: Value) -> float:
    total = 0.0
    for number in numbers(node_set(value, "sum()"), context.env):
        total += number
    return total


def _logarithm(work: Callable[[float], float]) -> Callable[[float], float]:
    return lambda number: -math.inf if number == 0 else work(number)


def _power(base: float, exponent: float) -> float:
    if base == 0 and exponent < 0:
        odd = exponent.is_integer() and exponent % 2 == 1
        return math.copysign(math.inf, base) if odd else math.inf
    if abs(base) == 1 and (math.isinf(exponent) or math.isnan(exponent)):
        return math.nan
    try:
        return math.pow(base, exponent)
    except OverflowError:
        return -math.inf if base < 0 and exponent % 2 == 1 else math.inf


def _round(context: Context, value: Value, decimals: Value = 0.0) -> float:
    number = to_number(value, context.env)
    if not context.env.openrosa:
        return half_up(number)
    return half_away(number, to_number(decimals, context.env))


def _kept(work: Callable[[float], float]) -> Callable[[float], float]:
    """Infinities stay what they are, and so does the sign of what comes to nothing."""
    return lambda number: math.copysign(work(number), number) if math.isfinite(number) else number


TABLE: dict[str, Function] = {
    "number": strict(0, 1, _number),
    "int": _of_numbers(whole),
    "sum": strict(1, 1, _sum),
    "min": _over_all(min),
    "max": _over_all(max),
    "floor": _of_numbers(_kept(math.floor)),
    "ceiling": _of_numbers(_kept(math.ceil)),
    "round": strict(1, 2, _round),
    "abs": _of_numbers(abs),
    "pow": _of_numbers(_power, 2),
    "sqrt": _of_numbers(math.sqrt),
    "exp": _of_numbers(math.exp),
    "exp10": _of_numbers(lambda number: math.pow(10.0, number)),
    "log": _of_numbers(_logarithm(math.log)),
    "log10": _of_numbers(_logarithm(math.log10)),
    "sin": _of_numbers(math.sin),
    "cos": _of_numbers(math.cos),
    "tan": _of_numbers(math.tan),
    "asin": _of_numbers(math.asin),
    "acos": _of_numbers(math.acos),
    "atan": _of_numbers(math.atan),
    "atan2": _of_numbers(math.atan2, 2),
    "pi": strict(0, 0, lambda _context: math.pi),
    "random": strict(0, 0, lambda context: context.env.random()),
}
