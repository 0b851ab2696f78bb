"""Truth, choice between values, and lists of things that must hold."""

from __future__ import annotations

import math
from collections.abc import Sequence

from domain.forms.tree import Node
from domain.forms.xpath.arguments import MANY, Argument, Function, Run, strict
from domain.forms.xpath.coercion import WHITE, numbers, says_something, to_boolean, to_number, to_string
from domain.forms.xpath.environment import Context, Value
from domain.forms.xpath.errors import WrongArguments


def _if(arguments: Sequence[Argument]) -> Run:
    test, then, otherwise = (argument.run for argument in arguments)
    return lambda context: then(context) if to_boolean(test(context)) else otherwise(context)


def _coalesce(arguments: Sequence[Argument]) -> Run:
    """The first that says something; they are asked one after the other."""
    *runs, last = [argument.run for argument in arguments]

    def run(context: Context) -> Value:
        for each in runs:
            if words := to_string(each(context)):
                return words
        return to_string(last(context))

    return run


def _once(arguments: Sequence[Argument]) -> Run:
    """What the node says already; only where it says nothing, the value."""
    worked_out = arguments[0].run
    return lambda context: context.node.text or to_string(worked_out(context))


def _boolean_from_string(_context: Context, value: Value) -> bool:
    return to_string(value) in {"1", "true"}


def _each(value: Value) -> Sequence[str | float | bool | Node]:
    return value if type(value) is list else [value]  # type: ignore[list-item]


def _bounds(context: Context, least: Value, most: Value) -> tuple[float, float]:
    """A most of -1 means as many as you like."""
    top = to_number(most, context.env)
    return to_number(least, context.env), math.inf if top == -1 else top


def _checklist(context: Context, least: Value, most: Value, *lists: Value) -> bool:
    low, high = _bounds(context, least, most)
    return low <= sum(says_something(item) for each in lists for item in _each(each)) <= high


def _weighted_checklist(context: Context, least: Value, most: Value, *pairs: Value) -> bool:
    low, high = _bounds(context, least, most)
    if len(pairs) % 2:
        raise WrongArguments("weighted-checklist() needs a weight after each value.")
    total = 0.0
    for items, weights in zip(pairs[::2], pairs[1::2], strict=True):
        values, heavy = _each(items), numbers(weights, context.env)
        if len(values) < len(heavy):
            return False  # a weight without its value can never be met
        total += sum(weight for item, weight in zip(values, heavy, strict=False) if says_something(item))
    return low <= total <= high


def _lang(context: Context, wanted: Value) -> bool:
    for node in (context.node, *context.node.ancestors()):
        language = node.attribute("xml:lang")
        if language is not None:
            asked, spoken = to_string(wanted).strip(WHITE).lower(), language.lower()
            return spoken == asked or spoken.startswith(f"{asked}-")
    return False


TABLE: dict[str, Function] = {
    "true": strict(0, 0, lambda _context: True),
    "false": strict(0, 0, lambda _context: False),
    "not": strict(1, 1, lambda _context, value: not to_boolean(value)),
    "boolean": strict(1, 1, lambda _context, value: to_boolean(value)),
    "boolean-from-string": strict(1, 1, _boolean_from_string),
    "if": Function(3, 3, _if),
    "coalesce": Function(1, MANY, _coalesce),
    "once": Function(1, 1, _once),
    "checklist": strict(2, MANY, _checklist),
    "weighted-checklist": strict(2, MANY, _weighted_checklist),
    "lang": strict(1, 1, _lang),
}
