"""How a function is declared: how many arguments, and what is done with them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from domain.forms.tree import Node
from domain.forms.xpath.environment import Context, Value
from domain.forms.xpath.errors import WrongArguments, XPathError

Run = Callable[[Context], Value]
MANY = 10**9


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument of a call: `run` gives its value; `constant` is its text where it is written out."""

    run: Run
    constant: str | None = None


@dataclass(frozen=True, slots=True)
class Function:
    """`make` turns the arguments into what runs; it may raise XPathError, which becomes a problem of the expression."""

    least: int
    most: int
    make: Callable[[Sequence[Argument]], Run]


def strict(least: int, most: int, work: Callable[..., Value]) -> Function:
    """`work(context, *values)`, with all arguments worked out first."""

    def make(arguments: Sequence[Argument]) -> Run:
        runs = [argument.run for argument in arguments]
        if not runs:
            return work
        if len(runs) == 1:
            only = runs[0]
            return lambda context: work(context, only(context))
        if len(runs) == 2:
            first, second = runs
            return lambda context: work(context, first(context), second(context))
        return lambda context: work(context, *[run(context) for run in runs])

    return Function(least, most, make)


def node_set(value: Value, where: str) -> list[Node]:
    if type(value) is not list:
        raise WrongArguments(f"{where} needs a path, not a value.")
    return value


def failing(error: XPathError) -> Run:
    """Raises when it is reached, and not before: what stands behind `false() and` is never asked."""

    def run(_context: Context) -> Value:
        raise error

    return run
