"""`mrgvali forms eval`: expressions on XML of their own, so that anyone can hold our XPath against another's."""

from __future__ import annotations

import json
import math
import random
import uuid
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from domain.forms.reading import parse
from domain.forms.tree import ELEMENT, Node
from domain.forms.xpath.environment import Context, Environment, Value
from domain.forms.xpath.expression import compile as compile_xpath
from domain.forms.xpath.moments import Moment

KNOWN = {  # prefixes that a form need not declare
    "xhtml": "http://www.w3.org/1999/xhtml",
    "h": "http://www.w3.org/1999/xhtml",
    "mathml": "http://www.w3.org/1998/Math/MathML",
    "jr": "http://openrosa.org/javarosa",
    "xml": "http://www.w3.org/XML/1998/namespace",
}


def answers(lines: Iterable[str | bytes], now: Callable[[], datetime], zone: str) -> Iterator[str]:
    """One line of JSON for each line: {"value": …} or {"error": …}."""
    for line in lines:
        if line.strip():
            yield json.dumps(_answer(line, now, zone))


def _answer(line: str | bytes, now: Callable[[], datetime], zone: str) -> dict[str, object]:
    try:
        case = json.loads(line)
        if not isinstance(case, dict) or not all(isinstance(case.get(key), str) for key in ("xml", "expr")):
            raise ValueError("A line is an object with at least xml and expr, both texts.")
        return {"value": _Case(case, now, zone).value()}
    except (ValueError, RecursionError) as error:  # XPathError and NotXML among them
        return {"error": f"{type(error).__name__}: {error}"}


class _Case:
    """One line: `xml`, `expr`, and if they are there `root`, `context`, `kind`, `lang`, `xforms`, `tz`."""

    def __init__(self, case: dict[str, Any], now: Callable[[], datetime], zone: str) -> None:
        self._case, self._document = case, parse(case["xml"])
        self._paths = dict(_paths(self._document, ""))
        places = {path: node for node, path in self._paths.items()}
        root = self._at(places, case.get("root") or "/")
        self._context = self._at(places, case.get("context") or case.get("root") or "/")
        instances = {name: node for node in self._elements("instance") if (name := node.attribute("id"))}
        self._namespaces = KNOWN | self._document.top.elements[0].scope() if self._document.elements else KNOWN
        if not case.get("xforms"):
            self._namespaces[""] = ""
        root.parent = None  # what lies above the root is out of reach
        self._env = Environment(
            root=root,
            now=now,
            zone=_zone(case.get("tz") or zone),
            random=random.random,
            uuid=lambda: str(uuid.uuid4()),
            language=case.get("lang"),
            instances=instances,
            itext=self._itext,
            openrosa=bool(case.get("xforms", True)),
        )

    def _at(self, places: dict[str, Node], path: str) -> Node:
        if path not in places:
            raise ValueError(f"There is no node {path} in the XML.")
        return places[path]

    def _spaces(self, root: Node) -> dict[str, str]:
        """What is declared where the paths begin. Plain XPath has no default namespace for names."""
        declared = (root if root.kind == ELEMENT else self._document.elements[0]).scope()
        return {**KNOWN, "": "", **declared, **({} if self._case.get("xforms", True) else {"": ""})}

    def _elements(self, name: str) -> list[Node]:
        return [node for node in self._document.walk() if node.kind == ELEMENT and node.name == name]

    def _itext(self, text_id: str) -> list[Node]:
        translations = self._elements("translation")
        spoken = [node for node in translations if node.attribute("lang") == self._case.get("lang")]
        default = [node for node in translations if node.attribute("default") is not None]
        for translation in (spoken or default or translations)[:1]:
            for text in translation.elements:
                if text.attribute("id") == text_id:
                    return [value for value in text.named("value") if value.attribute("form") is None]
        return []

    def value(self) -> object:
        expression = compile_xpath(self._case["expr"], self._namespaces)
        context = Context(self._context, self._env)
        match self._case.get("kind"):
            case "boolean":
                return expression.boolean(context)
            case "number" | "rounded":
                return _number(expression.number(context))
            case "nodeset":
                return self._path_list(expression.nodes(context))
            case None:
                return self._as_it_is(expression.evaluate(context))
        return expression.string(context)

    def _as_it_is(self, value: Value) -> object:
        if isinstance(value, list):
            return self._path_list(value)
        return value.words if isinstance(value, Moment) else _number(value) if isinstance(value, float) else value

    def _path_list(self, nodes: list[Node]) -> list[str]:
        return [self._paths.get(node) or f"namespace::{node.name}" for node in nodes]


def _paths(node: Node, path: str) -> Iterator[tuple[Node, str]]:
    """Each node with its path in steps of child nodes, text nodes counted: /node()[1]/node()[2]/@id."""
    yield node, path or "/"
    for attribute in node.attributes:
        yield attribute, f"{path}/@{attribute.qualified}"
    for at, child in enumerate(node.children, 1):
        yield from _paths(child, f"{path}/node()[{at}]")


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        raise ValueError(f"There is no time zone {name}.") from None


def _number(number: float) -> object:
    """JSON has no NaN, no infinities and no minus nothing: they go as texts."""
    if math.isnan(number):
        return "NaN"
    if math.isinf(number):
        return "Infinity" if number > 0 else "-Infinity"
    if number == 0:
        return "-0" if math.copysign(1, number) < 0 else 0
    return int(number) if number.is_integer() and abs(number) < 2**53 else float(number)
