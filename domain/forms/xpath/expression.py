"""An XPath expression, compiled once: `compile(text)` and then `.evaluate(context)` as often as is needed."""

from __future__ import annotations

from collections.abc import Mapping

from domain.forms.tree import Node
from domain.forms.xpath.arguments import node_set
from domain.forms.xpath.coercion import to_boolean, to_number, to_string
from domain.forms.xpath.compiler import Compiler
from domain.forms.xpath.environment import Context
from domain.forms.xpath.grammar import parse


class Expression:
    """A compiled expression. It holds no state of a filling, so one serves all.

    * `text`: as it was written. `references`: the places it reads.
    * `functions`: the names of all functions in it (a clock is read where it holds today or now).
    * `patterns`: the regular expressions that are written out, for `Pattern(each).check()` when a form is published.
    * `problems`: what would fail when it is reached (unknown functions, numbers of arguments, patterns that cannot be
      read). A form with any of them is not published; in a running form they raise only when reached, as and/or/if
      are lazy.
    * `evaluate(context)`: a str, a float (`Moment` for a date), a bool or a list of nodes in document order. Raises
      XPathError. The list may be the tree's own: read it, never change it.
    """

    __slots__ = ("evaluate", "functions", "patterns", "problems", "references", "text")

    def __init__(self, text: str, namespaces: Mapping[str, str] | None = None) -> None:
        compiler = Compiler(text, namespaces)
        self.text = text
        self.evaluate = compiler.run(parse(text))  # a closure in a slot: one call less for each answer
        self.references = tuple(compiler.references)
        self.functions = frozenset(compiler.functions)
        self.patterns = tuple(compiler.patterns)
        self.problems = tuple(compiler.problems)

    def string(self, context: Context) -> str:
        """The value as words: the first node's, dates as ISO 8601 in the zone, NaN as "" (as ODK stores a value)."""
        return to_string(self.evaluate(context))

    def number(self, context: Context) -> float:
        """A date counts as its days since 1970 in UTC."""
        return to_number(self.evaluate(context), context.env)

    def boolean(self, context: Context) -> bool:
        """A node-set is true where it holds a node, a text where it holds a letter, a number where it is not 0."""
        return to_boolean(self.evaluate(context))

    def nodes(self, context: Context) -> list[Node]:
        """Raises XPathError where the value is no node-set."""
        return node_set(self.evaluate(context), self.text)

    def __repr__(self) -> str:
        return f"<Expression {self.text}>"


def compile(text: str, namespaces: Mapping[str, str] | None = None) -> Expression:  # noqa: A001 (as re.compile)
    """Raises XPathSyntaxError with the place.

    `namespaces` gives the URI of each prefix; under "" that of names without a prefix, which match elements of no
    namespace as well. Without "" they match whatever namespace an element is in, as JavaRosa does.
    """
    return Expression(text, namespaces)
