"""An XPath expression, compiled once: `compile(text)` and then `.evaluate(context)` as often as is needed."""

from __future__ import annotations

from collections.abc import Mapping

from domain.forms.tree import Node
from domain.forms.xpath.environment import Context, Value
from domain.forms.xpath.errors import XPathError
from domain.forms.xpath.references import Reference

ANY_NAMESPACE = "*"


class Expression:
    """A compiled expression. It holds no state of a filling, so one serves all.

    * `text`: as it was written. `references`: the places it reads.
    * `functions`: the names of all functions in it (a clock is read where it holds today or now).
    * `problems`: what would fail when it is reached (unknown functions, numbers of arguments, patterns that cannot be
      read). A form with any of them is not published; in a running form they raise only when reached, as and/or/if
      are lazy.
    """

    text: str
    references: tuple[Reference, ...]
    functions: frozenset[str]
    problems: tuple[XPathError, ...]

    def evaluate(self, context: Context) -> Value:
        """A str, a float (`Moment` for a date), a bool or a list of nodes in document order. Raises XPathError.

        The list may be the tree's own: read it, never change it.
        """
        raise NotImplementedError

    def string(self, context: Context) -> str:
        """The value as words: the first node's, dates as ISO 8601 in the zone, NaN as "" (as ODK stores a value)."""
        raise NotImplementedError

    def number(self, context: Context) -> float:
        raise NotImplementedError

    def boolean(self, context: Context) -> bool:
        raise NotImplementedError

    def nodes(self, context: Context) -> list[Node]:
        """Raises XPathError where the value is no node-set."""
        raise NotImplementedError


def compile(text: str, namespaces: Mapping[str, str] | None = None) -> Expression:  # noqa: A001 (as re.compile)
    """Raises XPathSyntaxError with the place.

    `namespaces` gives the URI of each prefix; under "" that of names without a prefix, which match elements of no
    namespace as well. Without "" they match whatever namespace an element is in, as JavaRosa does.
    """
    raise NotImplementedError
