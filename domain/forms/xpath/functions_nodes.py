"""Node-sets: counting, naming, repeats, secondary instances, and what the form knows besides its answers."""

from __future__ import annotations

import math

from domain.forms.tree import ATTRIBUTE, ELEMENT, INSTRUCTION, NONE, Node
from domain.forms.xpath.arguments import MANY, Function, node_set, strict
from domain.forms.xpath.chance import seed_of, seeded, shuffled
from domain.forms.xpath.coercion import WHITE, items, to_number, to_string
from domain.forms.xpath.environment import Context, Value
from domain.forms.xpath.errors import WrongArguments


def _count_non_empty(_context: Context, value: Value) -> float:
    return float(sum(node.text != "" for node in node_set(value, "count-non-empty()")))


def _position(context: Context, *values: Value) -> float:
    """position() in a predicate, or position(node): which one of its row of siblings with its name."""
    if not values:
        return float(context.position)
    nodes = node_set(values[0], "position()")
    if len(nodes) > 1:
        raise WrongArguments("position(…) needs a path to one node.")
    return float(nodes[0].position) if nodes else math.nan


def _first(context: Context, values: tuple[Value, ...], function: str) -> Node | None:
    nodes = node_set(values[0], f"{function}()") if values else [context.node]
    return nodes[0] if nodes else None


def _name(context: Context, *values: Value) -> str:
    node = _first(context, values, "name")
    return node.qualified if node is not None and node.kind in {ELEMENT, ATTRIBUTE, INSTRUCTION} else ""


def _local_name(context: Context, *values: Value) -> str:
    node = _first(context, values, "local-name")
    return node.name if node is not None and node.kind in {ELEMENT, ATTRIBUTE, INSTRUCTION} else ""


def _namespace_uri(context: Context, *values: Value) -> str:
    node = _first(context, values, "namespace-uri")
    return (node.namespace or "") if node is not None else ""


def _id(context: Context, value: Value) -> list[Node]:
    wanted = {word for words in items(value) for word in words.split()}
    return [node for node in context.node.top.walk() if node.attribute("id") in wanted]


def _instance(context: Context, name: Value) -> list[Node]:
    found = context.env.instances.get(to_string(name))
    return NONE if found is None else [found]


def _indexed_repeat(context: Context, target: Value, *pairs: Value) -> list[Node]:
    """The targets inside the repeat with these numbers; each pair narrows down what the one around it left."""
    if len(pairs) % 2:
        raise WrongArguments("indexed-repeat() needs a number after each repeat.")
    levels = []
    for repeats, number in zip(pairs[::2], pairs[1::2], strict=True):
        levels.append((node_set(repeats, "indexed-repeat()"), to_number(number, context.env)))
    inside: Node | None = None
    for repeats, at in sorted(levels, key=lambda level: _depth(level[0])):
        rows = [row for row in repeats if inside is None or _within(row, inside)]
        if not at.is_integer() or not 1 <= at <= len(rows):
            return NONE
        inside = rows[int(at) - 1]
    return [node for node in node_set(target, "indexed-repeat()") if inside is not None and _within(node, inside)]


def _depth(repeats: list[Node]) -> int:
    return sum(1 for _node in repeats[0].ancestors()) if repeats else 0


def _within(node: Node | None, outer: Node) -> bool:
    while node is not None:
        if node is outer:
            return True
        node = node.parent
    return False


def _randomize(context: Context, value: Value, *seed: Value) -> list[Node]:
    draw = seeded(seed_of(seed[0], context.env)) if seed else context.env.random
    return shuffled(node_set(value, "randomize()"), draw)


def _pulldata(context: Context, name: Value, column: Value, key: Value, wanted: Value) -> str:
    """The column of the first row of an attached list whose key column says `wanted`."""
    instance = context.env.instances.get(to_string(name).removesuffix(".csv"))
    sought, key_name, column_name = to_string(wanted).strip(WHITE), to_string(key), to_string(column)
    for root in instance.elements if instance is not None else NONE:
        for row in root.elements:
            cell = row.child(key_name)
            if cell is not None and cell.text.strip(WHITE) == sought:
                found = row.child(column_name)
                return "" if found is None else found.text
    return ""


def _itext(context: Context, text_id: Value) -> Value:
    return context.env.itext(to_string(text_id))


def _property(context: Context, name: Value) -> str:
    return context.env.properties.get(to_string(name), "")


TABLE: dict[str, Function] = {
    "last": strict(0, 0, lambda context: float(context.size)),
    "position": strict(0, 1, _position),
    "count": strict(1, 1, lambda _context, value: float(len(node_set(value, "count()")))),
    "count-non-empty": strict(1, 1, _count_non_empty),
    "id": strict(1, 1, _id),
    "name": strict(0, 1, _name),
    "local-name": strict(0, 1, _local_name),
    "namespace-uri": strict(0, 1, _namespace_uri),
    "current": strict(0, 0, lambda context: [context.current]),
    "instance": strict(1, 1, _instance),
    "indexed-repeat": strict(3, MANY, _indexed_repeat),
    "randomize": strict(1, 2, _randomize),
    "pulldata": strict(4, 4, _pulldata),
    "jr:itext": strict(1, 1, _itext),
    "itext": strict(1, 1, _itext),
    "property": strict(1, 1, _property),
    "version": strict(0, 0, lambda context: context.env.version),
}
