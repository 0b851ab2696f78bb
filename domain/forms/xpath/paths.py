"""Location paths as closures: the common ones (names, ../name, /data/group/name) by the quickest way."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from domain.forms.tree import NONE, Node
from domain.forms.xpath.arguments import Run, node_set
from domain.forms.xpath.axes import REVERSE, Select, tidy
from domain.forms.xpath.environment import Context
from domain.forms.xpath.filters import Keep

Nodes = Callable[[Context], list[Node]]
_FLAT = frozenset(["child", "attribute", "self"])  # from nodes not inside each other to such nodes, in order


@dataclass(frozen=True, slots=True)
class Stride:
    """One step, ready to be taken."""

    axis: str
    select: Select
    filters: Sequence[Keep]
    name: str | None = None  # where it is a plain child element whose local name decides
    up: bool = False  # where it is `..` and nothing else


def from_root(strides: Sequence[Stride]) -> Nodes:
    names = _names(strides)
    if names is not None:
        return lambda context: _by_name([context.env.root], names)
    walk = _walk(strides, flat=True)
    return lambda context: walk([context.env.root], context)


def from_context(strides: Sequence[Stride]) -> Nodes:
    ups = 0
    while ups < len(strides) and strides[ups].up:
        ups += 1
    rest = strides[ups:]
    names = _names(rest)
    if names is None:
        walk = _walk(rest, flat=True)
        return lambda context: walk(_up(context.node, ups), context)
    if not ups and len(names) == 1:
        only = names[0]
        return lambda context: context.node.named(only)
    return lambda context: _by_name(_up(context.node, ups), names)


def from_nodes(start: Run, strides: Sequence[Stride]) -> Nodes:
    walk = _walk(strides, flat=False)
    return lambda context: walk(node_set(start(context), "A step"), context)


def _names(strides: Sequence[Stride]) -> tuple[str, ...] | None:
    names = tuple(stride.name for stride in strides if stride.name is not None and not stride.filters)
    return names if len(names) == len(strides) else None


def _up(node: Node, levels: int) -> list[Node]:
    for _level in range(levels):
        if node.parent is None:
            return NONE
        node = node.parent
    return [node]


def _by_name(nodes: list[Node], names: tuple[str, ...]) -> list[Node]:
    for name in names:
        if len(nodes) == 1:
            nodes = nodes[0].named(name)
        elif nodes:
            nodes = [found for node in nodes for found in node.named(name)]
    return nodes


def _walk(strides: Sequence[Stride], *, flat: bool) -> Callable[[list[Node], Context], list[Node]]:
    taken: list[Callable[[list[Node], Context], list[Node]]] = []
    for stride in strides:
        taken.append(_step(stride, in_order=flat and stride.axis in _FLAT))
        flat = flat and (stride.axis in _FLAT or stride.axis == "parent")

    def walk(nodes: list[Node], context: Context) -> list[Node]:
        for step in taken:
            if not nodes:
                return NONE
            nodes = step(nodes, context)
        return nodes

    return walk


def _step(stride: Stride, *, in_order: bool) -> Callable[[list[Node], Context], list[Node]]:
    """Predicates count along the axis, nearest first; what comes out is in document order, each node once."""
    select, filters, reverse = stride.select, stride.filters, stride.axis in REVERSE

    def one(node: Node, context: Context) -> list[Node]:
        found = select(node)
        for keep in filters:
            found = keep(found, context)
        return found[::-1] if reverse else found

    def step(nodes: list[Node], context: Context) -> list[Node]:
        if len(nodes) == 1:
            return one(nodes[0], context)
        found = [each for node in nodes for each in one(node, context)]
        return found if in_order else tidy(found)

    return step
