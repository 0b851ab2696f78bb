"""= != < <= > >=: over node-sets any pair that fits is enough (XPath 1.0, 3.4)."""

from __future__ import annotations

import operator
from collections.abc import Callable

from domain.forms.xpath.coercion import numbers, to_boolean, to_number, to_string
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
    if type(left) is list or type(right) is list:
        return _any_alike(left, right, env, test)
    if isinstance(left, float) or isinstance(right, float):
        return test(to_number(left, env), to_number(right, env))
    return test(to_string(left), to_string(right))


def _any_alike(left: Value, right: Value, env: Environment, test: Callable[[object, object], bool]) -> bool:
    if isinstance(left, float) or isinstance(right, float):
        return any(test(one, other) for one in numbers(left, env) for other in numbers(right, env))
    ours = [node.text for node in left] if type(left) is list else [to_string(left)]
    theirs = [node.text for node in right] if type(right) is list else [to_string(right)]
    return any(test(one, other) for one in ours for other in theirs)


def ordered(left: Value, right: Value, env: Environment, test: Callable[[float, float], bool]) -> bool:
    if type(left) is not list and type(right) is not list:
        return test(to_number(left, env), to_number(right, env))
    return any(test(one, other) for one in numbers(left, env) for other in numbers(right, env))
