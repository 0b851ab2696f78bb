"""Predicates: which nodes of a step stay. Thousands of choices go through here, so equality has a quick way."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from domain.forms.tree import NONE, Node
from domain.forms.xpath import syntax
from domain.forms.xpath.arguments import Run
from domain.forms.xpath.coercion import items, to_boolean
from domain.forms.xpath.comparison import equal
from domain.forms.xpath.environment import Context
from domain.forms.xpath.syntax import Call, Operation, Path, Tree, inner

Keep = Callable[[Sequence[Node], Context], list[Node]]
_ASKS_THE_NODE = frozenset(["position", "last", "once", "lang", "random", "uuid", "randomize"])
_COMPARISONS = frozenset(["=", "!=", "<", "<=", ">", ">="])
_TAKES_THE_NODE = frozenset(
    ["string", "number", "string-length", "normalize-space", "name", "local-name", "namespace-uri"]
)


def numbered(number: float) -> Keep:
    """[3]: the third one."""
    if not number.is_integer() or number < 1:
        return lambda _nodes, _context: []
    at = int(number)
    return lambda nodes, _context: [*nodes[at - 1 : at]]


def general(run: Run) -> Keep:
    """A number is a position, anything else is true or not."""

    def keep(nodes: Sequence[Node], context: Context) -> list[Node]:
        kept = []
        at = Context(context.node, context.env, 0, len(nodes), context.current)
        for node in nodes:
            at.node = node
            at.position += 1
            value = run(at)
            if value is True or (value is not False and _fits(value, at.position)):
                kept.append(node)
        return kept

    return keep


def _fits(value: object, position: int) -> bool:
    return value == position if isinstance(value, float) else to_boolean(value)  # type: ignore[arg-type]


def alike(name: str, other: Run) -> Keep:
    """[name = other], where `other` is the same for all nodes and so is worked out once."""

    def keep(nodes: Sequence[Node], context: Context) -> list[Node]:
        if not nodes:
            return []
        value = other(context)
        if type(value) is not list and type(value) is not str:
            return [node for node in nodes if equal(node.named(name), value, context.env)]
        sought = set(items(value))
        kept = []
        for node in nodes:
            for found in (node.index if node.index is not None else node.reindex()).get(name, NONE):
                if (found.text if found.content is None else found.content) in sought:
                    kept.append(node)
                    break
        return kept

    return keep


def parts(tree: Tree) -> Sequence[Tree]:
    """[a = 1 and b = 2] as [a = 1][b = 2], where no part asks for a position: each leaves less to the next."""
    if isinstance(tree, Operation) and tree.operator == "and" and all(map(_is_plain, tree.operands)):
        return tree.operands
    return (tree,)


def _is_plain(tree: Tree) -> bool:
    return isinstance(tree, Operation) and tree.operator in _COMPARISONS and not _asks_position(tree)


def _asks_position(tree: Tree) -> bool:
    return (isinstance(tree, Call) and tree.name in {"position", "last"}) or any(map(_asks_position, inner(tree)))


def one_name(tree: Tree) -> str | None:
    """The name where the tree is a plain child such as `district`."""
    if isinstance(tree, Path) and not tree.absolute and tree.start is None and len(tree.steps) == 1:
        step = tree.steps[0]
        if step.axis == "child" and step.test.kind == syntax.QNAME and step.test.prefix is None and not step.predicates:
            return step.test.name
    return None


def unmoved(tree: Tree) -> bool:
    """Whether the value is the same whichever node a predicate asks about."""
    if isinstance(tree, Path) and not tree.absolute and tree.start is None:
        return False
    if isinstance(tree, Call) and (
        tree.name in _ASKS_THE_NODE or (tree.name in _TAKES_THE_NODE and not tree.arguments)
    ):
        return False
    return all(map(unmoved, inner(tree)))
