"""The axes: from one node to those that lie in a direction, nearest first. And document order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from domain.forms.reading import XML
from domain.forms.tree import ATTRIBUTE, COMMENT, DOCUMENT, ELEMENT, INSTRUCTION, NAMESPACE, NONE, TEXT, Node
from domain.forms.xpath import syntax
from domain.forms.xpath.syntax import PathStep, Test

Select = Callable[[Node], list[Node]]
REVERSE = frozenset(["ancestor", "ancestor-or-self", "preceding", "preceding-sibling"])
_KIND = {syntax.TEXT: TEXT, syntax.COMMENT: COMMENT, syntax.INSTRUCTION: INSTRUCTION}


def select(step: PathStep, namespaces: Mapping[str, str] | None) -> Select:
    """The nodes of one step, without its predicates, from one node; the list may be the tree's own."""
    test, axis = step.test, step.axis
    if axis == "child" and test.kind == syntax.NODE:
        return lambda node: node.children
    if axis == "child" and test.kind == syntax.QNAME and test.name != "*":
        return _children_named(test, namespaces)
    fits, walk = _fits(test, axis, namespaces), _AXES[axis]
    return lambda node: [found for found in walk(node) if fits(found)]


def any_namespace(test: Test, namespaces: Mapping[str, str] | None) -> bool:
    """Whether the local name alone decides."""
    return test.prefix is None and (namespaces is None or "" not in namespaces)


def _children_named(test: Test, namespaces: Mapping[str, str] | None) -> Select:
    name = test.name
    if any_namespace(test, namespaces):
        return lambda node: node.named(name)
    fits = _named(test, namespaces, ELEMENT)
    return lambda node: [found for found in node.named(name) if fits(found)]


def _fits(test: Test, axis: str, namespaces: Mapping[str, str] | None) -> Callable[[Node], bool]:
    principal = {"attribute": ATTRIBUTE, "namespace": NAMESPACE}.get(axis, ELEMENT)
    if test.kind == syntax.NODE:
        return lambda _node: True
    if test.kind == syntax.PRINCIPAL:
        return lambda node: node.kind == principal
    if test.kind == syntax.QNAME:
        return _named(test, namespaces, principal)
    kind, target = _KIND[test.kind], test.name
    return lambda node: node.kind == kind and target in ("*", node.name)


def _named(test: Test, namespaces: Mapping[str, str] | None, kind: int) -> Callable[[Node], bool]:
    name, prefix = test.name, test.prefix
    known = namespaces or {}
    if prefix is None and kind == ELEMENT and any_namespace(test, namespaces):
        return lambda node: node.kind == kind and node.name == name
    if prefix is not None and prefix not in known:  # as written: forms do use prefixes that they never declare
        return lambda node: node.kind == kind and node.prefix == prefix and name in ("*", node.name)
    spaces = {None, known.get("")} if prefix is None else {known[prefix]}
    return lambda node: node.kind == kind and node.namespace in spaces and name in ("*", node.name)


def _own(node: Node) -> Node:
    """An attribute stands where its element stands."""
    return node.parent if node.kind in {ATTRIBUTE, NAMESPACE} and node.parent is not None else node


def _siblings(node: Node) -> tuple[list[Node], int]:
    if node.parent is None or node.kind in {ATTRIBUTE, NAMESPACE}:
        return NONE, 0
    siblings = node.parent.children
    return siblings, next(at for at, found in enumerate(siblings) if found is node)


def _after(node: Node) -> list[Node]:
    siblings, at = _siblings(node)
    return siblings[at + 1 :]


def _before(node: Node) -> list[Node]:
    siblings, at = _siblings(node)
    return siblings[:at][::-1]


def _below(node: Node) -> Iterable[Node]:
    for child in node.children:
        yield from child.walk()


def _following(node: Node) -> Iterable[Node]:
    if node.kind in {ATTRIBUTE, NAMESPACE}:
        yield from _below(_own(node))
    node = _own(node)
    for at in (node, *node.ancestors()):
        for sibling in _after(at):
            yield from sibling.walk()


def _preceding(node: Node) -> Iterable[Node]:
    node = _own(node)
    for at in (node, *node.ancestors()):
        for sibling in _before(at):
            yield from reversed(list(sibling.walk()))


def _namespaces(node: Node) -> list[Node]:
    if node.kind != ELEMENT:
        return []
    scope = {"xml": XML, **node.scope()}
    return [Node(prefix, uri, kind=NAMESPACE, parent=node) for prefix, uri in scope.items() if uri]


_AXES: dict[str, Callable[[Node], Iterable[Node]]] = {
    "ancestor": Node.ancestors,
    "ancestor-or-self": lambda node: (node, *node.ancestors()),
    "attribute": lambda node: node.attributes,
    "child": lambda node: node.children,
    "descendant": _below,
    "descendant-or-self": Node.walk,
    "following": _following,
    "following-sibling": _after,
    "namespace": _namespaces,
    "parent": lambda node: NONE if node.parent is None else [node.parent],
    "preceding": _preceding,
    "preceding-sibling": _before,
    "self": lambda node: [node],
}


def tidy(nodes: list[Node]) -> list[Node]:
    """Each node once, in document order."""
    once = list({id(node): node for node in nodes}.values())
    if len(once) < 2:
        return once
    places: dict[int, dict[int, int]] = {}
    return sorted(once, key=lambda node: _path(node, places))


def _path(node: Node, places: dict[int, dict[int, int]]) -> tuple[tuple[int, int], ...]:
    """The numbers of the children that lead to the node; an element's attributes come before what is in it."""
    path: list[tuple[int, int]] = []
    parent = node.parent
    while parent is not None:
        if node.kind == ATTRIBUTE:
            path.append((1, next(at for at, found in enumerate(parent.attributes) if found is node)))
        elif node.kind == NAMESPACE:
            path.append((0, sorted(parent.scope()).index(node.name) if node.name in parent.scope() else -1))
        else:
            if id(parent) not in places:
                places[id(parent)] = {id(child): at for at, child in enumerate(parent.children)}
            path.append((2, places[id(parent)][id(node)]))
        node, parent = parent, parent.parent
    path.append((2, id(node) if node.kind != DOCUMENT else 0))  # another tree comes behind, always in the same place
    return tuple(reversed(path))
