"""= != < <= > >=: over node-sets any pair that fits is enough (XPath 1.0, 3.4)."""

from __future__ import annotations

import operator
from collections.abc import Callable

from domain.forms.xpath.coercion import items, numbers, to_boolean, to_number
from domain.forms.xpath.environment import Environment, Value

ORDERS: dict[str, Callable[[float, float], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def equal(left: Value, right: Value, env: Environment) -> bool:
    return _alike(left, right, env, operator.eq)


def different(left: Value, right: Value, env: Environment) -> bool:
    return _alike(left, right, env, operator.ne)


def _alike(left: Value, right: Value, env: Environment, test: Callable[[object, object], bool]) -> bool:
    if type(left) is bool or type(right) is bool:
        return test(to_boolean(left), to_boolean(right))
    left, right = _single(left), _single(right)
    by_number = isinstance(left, float) or isinstance(right, float)
    if type(left) is not list and type(right) is not list:
        if by_number:
            return test(to_number(left, env), to_number(right, env))
        return test(left, right)
    if by_number:
        return any(test(one, other) for one in numbers(left, env) for other in numbers(right, env))
    return any(test(one, other) for one in items(left) for other in items(right))


def _single(value: Value) -> Value:
    """A node-set of one node compares as its words do."""
    return value[0].text if type(value) is list and len(value) == 1 else value


def ordered(left: Value, right: Value, env: Environment, test: Callable[[float, float], bool]) -> bool:
    left, right = _single(left), _single(right)
    if type(left) is not list and type(right) is not list:
        return test(to_number(left, env), to_number(right, env))
    return any(test(one, other) for one in numbers(left, env) for other in numbers(right, env))
