"""From one kind of value to another: XPath 1.0's rules with ODK's for dates and for what is no number."""

from __future__ import annotations

import math
import re
from decimal import Decimal

from domain.forms.tree import Node
from domain.forms.xpath.environment import Environment, Value
from domain.forms.xpath.moments import Moment, days

WHITE = " \t\r\n"
_NUMBER = re.compile(r"[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?")


def to_string(value: Value) -> str:
    if type(value) is str:
        return value
    if type(value) is list:
        return value[0].text if value else ""
    if type(value) is bool:
        return "true" if value else "false"
    return value.words if isinstance(value, Moment) else number_words(value)  # type: ignore[arg-type]


def number_words(number: float) -> str:
    """As ECMAScript and ODK write numbers: no .0, no exponent from 1e-6 up to 1e21, and nothing for NaN."""
    if number != number:  # noqa: PLR0124 (NaN alone differs from itself)
        return ""
    if math.isinf(number):
        return "Infinity" if number > 0 else "-Infinity"
    if number.is_integer() and abs(number) < 1e21:
        return str(int(number))
    shortest = repr(number)
    digits, e, exponent = shortest.partition("e")
    if not e:
        return shortest
    if -7 < int(exponent) < 21:
        return format(Decimal(shortest), "f")
    return f"{digits.removesuffix('.0')}e{int(exponent):+d}"


def to_number(value: Value, env: Environment) -> float:
    if isinstance(value, float):
        return value
    if type(value) is list:
        return words_number(value[0].text, env) if value else math.nan
    if type(value) is str:
        return words_number(value, env)
    return 1.0 if value else 0.0


def words_number(words: str, env: Environment) -> float:
    """The number that the words are; with OpenRosa the days of a date; otherwise NaN."""
    if words.isdecimal() and words.isascii():
        return float(words)
    words = words.strip(WHITE)
    if _NUMBER.fullmatch(words):
        return float(words)
    if env.openrosa and (count := days(words, env.zone)) is not None:
        return count
    if words.lstrip("+-") == "Infinity":
        return -math.inf if words[0] == "-" else math.inf
    return math.nan


def to_boolean(value: Value) -> bool:
    if type(value) is bool:
        return value
    if isinstance(value, float):
        return value == value and value != 0  # noqa: PLR0124 (not NaN)
    return bool(value)


def says_something(value: str | float | bool | Node) -> bool:
    """Whether one item of a checklist counts: a node does where it holds more than spaces."""
    if isinstance(value, Node):
        return bool(value.text.strip(WHITE))
    return to_boolean(value)


def items(value: Value) -> list[str]:
    """The words of each node of a node-set, or of the one value."""
    return [node.text for node in value] if type(value) is list else [to_string(value)]


def numbers(value: Value, env: Environment) -> list[float]:
    """The number of each node of a node-set, or of the one value."""
    if type(value) is list:
        return [words_number(node.text, env) for node in value]
    return [to_number(value, env)]
