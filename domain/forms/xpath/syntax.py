"""What an expression is made of, as the grammar reads it."""

from __future__ import annotations

from dataclasses import dataclass

PRINCIPAL, QNAME, NODE, TEXT, COMMENT, INSTRUCTION = "*", "name", "node()", "text()", "comment()", "instruction()"


@dataclass(frozen=True, slots=True)
class Constant:
    value: str | float


@dataclass(frozen=True, slots=True)
class Call:
    name: str
    arguments: tuple[Tree, ...]
    at: int


@dataclass(frozen=True, slots=True)
class Operation:
    """`operator` between its operands from left to right; `and`, `or` and `+` have two or more, the others two."""

    operator: str
    operands: tuple[Tree, ...]


@dataclass(frozen=True, slots=True)
class Negation:
    operand: Tree


@dataclass(frozen=True, slots=True)
class Union:
    parts: tuple[Tree, ...]


@dataclass(frozen=True, slots=True)
class Test:
    """Which nodes of an axis are meant: one of the kinds above; `prefix` and `name` with QNAME ("*" is any name)."""

    kind: str
    name: str = "*"
    prefix: str | None = None


@dataclass(frozen=True, slots=True)
class PathStep:
    axis: str
    test: Test
    predicates: tuple[Tree, ...] = ()


@dataclass(frozen=True, slots=True)
class Path:
    """From the root, from the nodes of `start`, or from the context node, step by step."""

    steps: tuple[PathStep, ...]
    absolute: bool = False
    start: Tree | None = None


@dataclass(frozen=True, slots=True)
class Filter:
    """The nodes of an expression in brackets or of a call, with predicates."""

    primary: Tree
    predicates: tuple[Tree, ...]


def inner(tree: Tree) -> tuple[Tree, ...]:  # noqa: PLR0911 (one for each kind)
    """The trees that are worked out at the same node as this one: not predicates, which stand at others."""
    match tree:
        case Call():
            return tree.arguments
        case Operation():
            return tree.operands
        case Negation():
            return (tree.operand,)
        case Union():
            return tree.parts
        case Filter():
            return (tree.primary,)
        case Path() if tree.start is not None:
            return (tree.start,)
    return ()


Tree = Constant | Call | Operation | Negation | Union | Path | Filter
