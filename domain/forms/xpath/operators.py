"""Operators as closures."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Sequence

from domain.forms.xpath.arguments import Run
from domain.forms.xpath.coercion import to_number
from domain.forms.xpath.comparison import ORDERS, different, equal, ordered
from domain.forms.xpath.environment import Context, Value

_ARITHMETIC: dict[str, Callable[[float, float], float]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "div": lambda one, other: one / other if other else _by_nothing(one, other),
    "mod": lambda one, other: math.fmod(one, other) if other and not math.isinf(one) else math.nan,
}


def _by_nothing(one: float, other: float) -> float:
    return math.nan if not one or math.isnan(one) else math.copysign(math.inf, one) * math.copysign(1.0, other)


def joined(sign: str, left: Run, right: Run, *more: Run) -> Run:
    if sign == "=":
        return lambda context: equal(left(context), right(context), context.env)
    if sign == "!=":
        return lambda context: different(left(context), right(context), context.env)
    if sign in ORDERS:
        test = ORDERS[sign]
        return lambda context: ordered(left(context), right(context), context.env, test)
    if more:
        return _added((left, right, *more))
    work = _ARITHMETIC[sign]
    return lambda context: work(to_number(left(context), context.env), to_number(right(context), context.env))


def _added(runs: Sequence[Run]) -> Run:
    first, *rest = runs

    def run(context: Context) -> Value:
        total = to_number(first(context), context.env)
        for each in rest:
            total += to_number(each(context), context.env)
        return total

    return run


def says(left: Run, words: str) -> Run:
    """left = 'words', the comparison that forms make most."""

    def run(context: Context) -> Value:
        value = left(context)
        if type(value) is list:
            return any((node.text if node.content is None else node.content) == words for node in value)
        return value == words if type(value) is str else equal(value, words, context.env)

    return run
