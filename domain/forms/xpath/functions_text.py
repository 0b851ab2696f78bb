"""Words: XPath's own functions and OpenRosa's, select answers among them."""

from __future__ import annotations

import base64
import binascii
import hashlib
import math
from collections.abc import Sequence

from domain.forms.xpath.arguments import MANY, Argument, Function, Run, strict
from domain.forms.xpath.coercion import WHITE, items, to_number, to_string
from domain.forms.xpath.environment import Context, Value
from domain.forms.xpath.errors import WrongArguments
from domain.forms.xpath.numbers import half_up, whole
from domain.forms.xpath.patterns import Pattern

_DIGESTS = {"MD5": "md5", "SHA-1": "sha1", "SHA-256": "sha256", "SHA-384": "sha384", "SHA-512": "sha512"}
LONGEST_ID = 1000  # characters of uuid(n)


def _of_the_node(context: Context, value: Sequence[Value]) -> str:
    return to_string(value[0]) if value else context.node.text


def _substring(context: Context, value: Value, start: Value, length: Value | None = None) -> str:
    words, first = to_string(value), half_up(to_number(start, context.env))
    last = math.inf if length is None else first + half_up(to_number(length, context.env))
    return "".join(letter for at, letter in enumerate(words, 1) if first <= at < last)


def _substr(context: Context, value: Value, start: Value, end: Value | None = None) -> str:
    words = to_string(value)
    bounds = [
        _bound(to_number(at, context.env), len(words)) for at in (start, float(len(words)) if end is None else end)
    ]
    return words[bounds[0] : bounds[1]]


def _bound(at: float, length: int) -> int:
    at = 0.0 if math.isnan(at) else at
    return int(min(max(0.0, length + math.ceil(at) if at < 0 else at), length))


def _substring_before(_context: Context, value: Value, mark: Value) -> str:
    before, found, _after = to_string(value).partition(to_string(mark) or "\0")
    return before if found else ""


def _substring_after(_context: Context, value: Value, mark: Value) -> str:
    words, sought = to_string(value), to_string(mark)
    return words[words.index(sought) + len(sought) :] if sought in words else ""


def _translate(_context: Context, value: Value, old: Value, new: Value) -> str:
    into, table = to_string(new), dict[int, str | None]()
    for at, letter in enumerate(to_string(old)):
        table.setdefault(ord(letter), into[at] if at < len(into) else None)
    return to_string(value).translate(table)


def _normalize_space(context: Context, *value: Value) -> str:
    words = _of_the_node(context, value)
    for white in WHITE[1:]:
        words = words.replace(white, " ")
    return " ".join(part for part in words.split(" ") if part)


def _regex(arguments: Sequence[Argument]) -> Run:
    """A pattern that is written out is read once, and found out when the form is published."""
    value, pattern = arguments
    if pattern.constant is not None:
        ready = Pattern(pattern.constant)
        return lambda context: ready.found_in(to_string(value.run(context)))
    return lambda context: Pattern(to_string(pattern.run(context))).found_in(to_string(value.run(context)))


def _digest(_context: Context, value: Value, algorithm: Value, encoding: Value = "base64") -> str:
    name, code = _DIGESTS.get(to_string(algorithm)), to_string(encoding)
    if name is None or code not in {"base64", "hex"}:
        raise WrongArguments(f"digest() knows {', '.join(_DIGESTS)}, written as base64 or hex.")
    made = hashlib.new(name, to_string(value).encode(), usedforsecurity=False)
    return made.hexdigest() if code == "hex" else base64.b64encode(made.digest()).decode()


def _base64_decode(_context: Context, value: Value) -> str:
    try:
        return base64.b64decode(to_string(value)).decode("utf-8", "replace")
    except (binascii.Error, ValueError):
        return ""


def _uuid(context: Context, length: Value | None = None) -> str:
    made = context.env.uuid()
    if length is None:
        return made
    wanted = to_number(length, context.env)
    if not 0 <= wanted <= LONGEST_ID:
        raise WrongArguments(f"uuid() makes from 0 to {LONGEST_ID} characters.")
    while len(made) < wanted:
        made += context.env.uuid()
    return made[: int(wanted)]


def _chosen(value: Value) -> list[str]:
    return to_string(value).split()


def _selected(_context: Context, value: Value, choice: Value) -> bool:
    wanted = to_string(choice).strip()
    return wanted in (_chosen(value) or [""])


def _selected_at(context: Context, value: Value, place: Value) -> str:
    at, chosen = whole(to_number(place, context.env)), _chosen(value)
    return chosen[int(at)] if 0 <= at < len(chosen) else ""


TABLE: dict[str, Function] = {
    "string": strict(0, 1, lambda context, *value: _of_the_node(context, value)),
    "concat": strict(0, MANY, lambda _context, *values: "".join(word for each in values for word in items(each))),
    "join": strict(1, MANY, lambda _c, glue, *values: to_string(glue).join(w for each in values for w in items(each))),
    "contains": strict(2, 2, lambda _context, value, part: to_string(part) in to_string(value)),
    "starts-with": strict(2, 2, lambda _context, value, part: to_string(value).startswith(to_string(part))),
    "ends-with": strict(2, 2, lambda _context, value, part: to_string(value).endswith(to_string(part))),
    "substring": strict(2, 3, _substring),
    "substr": strict(2, 3, _substr),
    "substring-before": strict(2, 2, _substring_before),
    "substring-after": strict(2, 2, _substring_after),
    "string-length": strict(0, 1, lambda context, *value: float(len(_of_the_node(context, value)))),
    "normalize-space": strict(0, 1, _normalize_space),
    "translate": strict(3, 3, _translate),
    "regex": Function(2, 2, _regex),
    "digest": strict(2, 3, _digest),
    "base64-decode": strict(1, 1, _base64_decode),
    "uuid": strict(0, 1, _uuid),
    "selected": strict(2, 2, _selected),
    "selected-at": strict(2, 2, _selected_at),
    "count-selected": strict(1, 1, lambda _context, value: float(len(_chosen(value)))),
}
