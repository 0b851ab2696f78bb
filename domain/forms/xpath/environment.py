"""What an expression is evaluated in: the node it stands at, and the world around it that it may ask."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, tzinfo

from domain.forms.tree import Node

Value = str | float | bool | list[Node]  # numbers are floats (`Moment` for dates), node-sets lists in document order


def _no_choice(_value: str, _question: Node) -> str:
    return ""


def _no_text(_text_id: str) -> str | list[Node]:
    return ""


@dataclass(kw_only=True, slots=True)
class Environment:
    """The world of one filling; make it once and keep it, its parts may be changed between evaluations.

    * `root`: where absolute paths begin: a document node, or any node without a parent. Its child `data` is `/data`.
    * `now`: the moment, aware of its zone. `zone`: the zone in which dates without one are meant.
    * `random`: a number from 0 up to 1 (random(), randomize() without a seed). `uuid`: a new one with each call.
    * `language`: a code or XLSForm's "English (en)"; names of months and days follow it where it is known.
    * `instances`: instance('x') gives instances['x'], the node whose child is the instance's root element.
    * `choice_name(value, question)`: the label of a choice of the question at that node, for jr:choice-name().
    * `itext(id)`: the words of that id in the language of the moment, or the nodes that hold them, for jr:itext().
    * `properties`: property('deviceid') and so on. `version`: of the form.
    * `openrosa`: False gives plain XPath 1.0, in which a date is only words and round(-1.5) is -1.
    """

    root: Node
    now: Callable[[], datetime]
    zone: tzinfo
    random: Callable[[], float]
    uuid: Callable[[], str]
    language: str | None = None
    instances: Mapping[str, Node] = field(default_factory=dict)
    choice_name: Callable[[str, Node], str] = _no_choice
    itext: Callable[[str], str | list[Node]] = _no_text
    properties: Mapping[str, str] = field(default_factory=dict)
    version: str = ""
    openrosa: bool = True


class Context:
    """Where an expression stands: its node, the place in a node-set (from 1) and that set's size.

    `current` is the node at which the outermost expression began; predicates move `node` and keep it.
    """

    __slots__ = ("current", "env", "node", "position", "size")

    def __init__(
        self, node: Node, env: Environment, position: int = 1, size: int = 1, current: Node | None = None
    ) -> None:
        self.node, self.env, self.position, self.size = node, env, position, size
        self.current = node if current is None else current
