"""The grammar of XPath 1.0: from tokens to a tree."""

from __future__ import annotations

from domain.forms.xpath.errors import XPathSyntaxError
from domain.forms.xpath.lexer import END, LITERAL, NAME, NUMBER, SYMBOL, Token, tokens
from domain.forms.xpath.syntax import (
    COMMENT,
    INSTRUCTION,
    NODE,
    PRINCIPAL,
    QNAME,
    TEXT,
    Call,
    Constant,
    Filter,
    Negation,
    Operation,
    Path,
    PathStep,
    Test,
    Tree,
    Union,
)

DEEPEST = 100  # brackets and calls inside each other
LONGEST = 100  # operators one after the other, runs of the same not counted: a + b - c + d

_LEVELS = (("or",), ("and",), ("=", "!="), ("<", "<=", ">", ">="), ("+", "-"), ("*", "div", "mod"))
_RANK = {operator: rank for rank, level in enumerate(_LEVELS) for operator in level}
_CHAINED = frozenset(["and", "or", "+"])  # kept flat, so that hundreds of answers can be added without recursion
_WORDS = ("and", "or", "mod", "div", "*")
_AXES = frozenset(
    "ancestor ancestor-or-self attribute child descendant descendant-or-self following following-sibling namespace "
    "parent preceding preceding-sibling self".split()
)
_KINDS = {"node": NODE, "text": TEXT, "comment": COMMENT, "processing-instruction": INSTRUCTION}
_SELF, _PARENT = PathStep("self", Test(NODE)), PathStep("parent", Test(NODE))
_BELOW = PathStep("descendant-or-self", Test(NODE))


def parse(expression: str) -> Tree:
    """Raises XPathSyntaxError with the place."""
    return _Parser(expression).whole()


class _Parser:
    def __init__(self, expression: str) -> None:
        self._expression = expression
        self._tokens = tokens(expression)
        self._at = 0
        self._depth = 0

    @property
    def _token(self) -> Token:
        return self._tokens[self._at]

    def _is(self, *symbols: str) -> bool:
        token = self._token
        return token.kind == SYMBOL and token.text in symbols

    def _take(self) -> Token:
        token = self._token
        self._at += 1
        return token

    def _takes(self, symbol: str) -> bool:
        if self._is(symbol):
            self._at += 1
            return True
        return False

    def _expect(self, symbol: str, why: str) -> None:
        if not self._takes(symbol):
            raise self._fault(why)

    def _fault(self, reason: str) -> XPathSyntaxError:
        return XPathSyntaxError(reason, at=self._token.at, expression=self._expression)

    def whole(self) -> Tree:
        if self._token.kind == END:
            raise self._fault("The expression is empty.")
        tree = self._operations(0)
        if self._token.kind != END:
            raise self._fault(f"Nothing more was expected here, but there is “{self._token.text}”.")
        return tree

    def _operations(self, least: int) -> Tree:
        """Operands joined by operators that bind at least as tightly as rank `least`."""
        left, levels = self._unary(), 0
        while (operator := self._operator()) is not None and (rank := _RANK[operator]) >= least:
            self._at += 1
            right = self._operations(rank + 1)
            if operator in _CHAINED and isinstance(left, Operation) and left.operator == operator:
                left = Operation(operator, (*left.operands, right))
            else:
                left, levels = Operation(operator, (left, right)), levels + 1
            if levels > LONGEST:
                raise self._fault(f"More than {LONGEST} changes of operator in a row.")
        return left

    def _operator(self) -> str | None:
        token = self._token
        if token.kind != SYMBOL or token.text not in _RANK:
            return None
        return token.text if token.operator or token.text not in _WORDS else None

    def _unary(self) -> Tree:
        minus = 0
        while self._takes("-"):
            minus += 1
        tree = self._union()
        for _sign in range(minus):
            tree = (
                Constant(-tree.value)
                if isinstance(tree, Constant) and isinstance(tree.value, float)
                else Negation(tree)
            )
        return tree

    def _union(self) -> Tree:
        parts = [self._path()]
        while self._takes("|"):
            parts.append(self._path())
        return parts[0] if len(parts) == 1 else Union(tuple(parts))

    def _path(self) -> Tree:
        if self._begins_a_primary():
            return self._from_primary()
        if self._takes("/"):
            return Path(self._steps() if self._begins_a_step() else (), absolute=True)
        if self._takes("//"):
            return Path((_BELOW, *self._steps()), absolute=True)
        if not self._begins_a_step():
            raise self._fault(
                f"A value is missing before “{self._token.text}”." if self._token.text else "It ends too soon."
            )
        return Path(self._steps())

    def _begins_a_primary(self) -> bool:
        token = self._token
        if token.kind == NAME:
            following = self._tokens[self._at + 1]
            return following.kind == SYMBOL and following.text == "(" and token.text not in _KINDS
        return token.kind in {NUMBER, LITERAL} or self._is("(")

    def _begins_a_step(self) -> bool:
        token = self._token
        return token.kind == NAME or (self._is("*") and not token.operator) or self._is(".", "..", "@")

    def _from_primary(self) -> Tree:
        primary = self._primary()
        predicates = self._predicates()
        if predicates:
            primary = Filter(primary, predicates)
        if self._takes("//"):
            return Path((_BELOW, *self._steps()), start=primary)
        return Path(self._steps(), start=primary) if self._takes("/") else primary

    def _primary(self) -> Tree:
        token = self._take()
        if token.kind == NUMBER:
            return Constant(float(token.text))
        if token.kind == LITERAL:
            return Constant(token.text[1:-1])
        self._deeper()
        if token.kind == NAME:
            self._at += 1
            tree: Tree = Call(token.text, self._arguments(), token.at)
        else:
            tree = self._operations(0)
            self._expect(")", "A closing bracket is missing here.")
        self._depth -= 1
        return tree

    def _deeper(self) -> None:
        self._depth += 1
        if self._depth > DEEPEST:
            raise self._fault(f"More than {DEEPEST} brackets inside each other.")

    def _arguments(self) -> tuple[Tree, ...]:
        if self._takes(")"):
            return ()
        found = [self._operations(0)]
        while self._takes(","):
            found.append(self._operations(0))
        self._expect(")", "A comma or a closing bracket is missing here.")
        return tuple(found)

    def _steps(self) -> tuple[PathStep, ...]:
        found = [self._step()]
        while self._is("/", "//"):
            if self._take().text == "//":
                found.append(_BELOW)
            found.append(self._step())
        return tuple(found)

    def _step(self) -> PathStep:
        if self._is(".", ".."):
            step = _SELF if self._take().text == "." else _PARENT
            return PathStep(step.axis, step.test, self._predicates())
        axis = "child"
        if self._takes("@"):
            axis = "attribute"
        elif self._token.kind == NAME and self._tokens[self._at + 1].text == "::":
            axis = self._axis()
        return PathStep(axis, self._test(), self._predicates())

    def _axis(self) -> str:
        if self._token.text not in _AXES:
            raise self._fault(f"There is no axis “{self._token.text}”.")
        axis = self._take().text
        self._at += 1
        return axis

    def _test(self) -> Test:
        if self._is("*"):
            self._at += 1
            return Test(PRINCIPAL)
        if self._token.kind != NAME:
            raise self._fault("The name of a question or group is missing here.")
        name = self._take().text
        if name in _KINDS and self._takes("("):
            target = self._take().text[1:-1] if self._token.kind == LITERAL else "*"
            self._expect(")", "A closing bracket is missing here.")
            return Test(_KINDS[name], target)
        prefix, colon, local = name.partition(":")
        return Test(QNAME, local, prefix) if colon else Test(QNAME, name)

    def _predicates(self) -> tuple[Tree, ...]:
        found = []
        while self._takes("["):
            self._deeper()
            found.append(self._operations(0))
            self._expect("]", "A closing square bracket is missing here.")
            self._depth -= 1
        return tuple(found)
