"""An expression cut into tokens. What `*`, `div` or `-` mean depends on what stands before them (XPath 1.0, 3.7)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from domain.forms.xpath.errors import XPathSyntaxError

NUMBER, LITERAL, NAME, SYMBOL, END = "number", "literal", "name", "symbol", "end"

_SPACE = re.compile(r"\s*")
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]*)?|\.[0-9]+")
_LITERAL = re.compile(r"\"[^\"]*\"|'[^']*'")
_SYMBOL = re.compile(r"//|::|\.\.|!=|<=|>=|[/()\[\]@,|+\-=<>*.]")
_WORD_OPERATOR = re.compile(r"and|or|mod|div")
_PART = r"[^\W\d][\w.\-\u00b7]*"
_NAME = re.compile(rf"{_PART}(?::(?!:)(?:\*|{_PART}))?")
_BEFORE_AN_OPERAND = frozenset(["@", "::", "(", "[", ",", "/", "//", "|", "+", "-", "=", "!=", "<", "<=", ">", ">="])


@dataclass(frozen=True, slots=True)
class Token:
    kind: str
    text: str
    at: int
    operator: bool = False  # `*`, `and`, `or`, `mod`, `div` where they join two operands


def tokens(expression: str) -> list[Token]:
    """All tokens and an END. Raises XPathSyntaxError at the first character that fits nowhere."""
    found: list[Token] = []
    at = _skip(expression, 0)
    while at < len(expression):
        token = _next(expression, at, after_operand=bool(found) and _ends_an_operand(found[-1]))
        found.append(token)
        at = _skip(expression, at + len(token.text))
    found.append(Token(END, "", len(expression)))
    return found


def _skip(expression: str, at: int) -> int:
    match = _SPACE.match(expression, at)
    return match.end() if match else at


def _ends_an_operand(token: Token) -> bool:
    return not token.operator and not (token.kind == SYMBOL and token.text in _BEFORE_AN_OPERAND)


def _next(expression: str, at: int, *, after_operand: bool) -> Token:
    if after_operand and (match := _WORD_OPERATOR.match(expression, at)):
        return Token(SYMBOL, match.group(), at, operator=True)
    for kind, pattern in ((NUMBER, _NUMBER), (LITERAL, _LITERAL), (NAME, _NAME), (SYMBOL, _SYMBOL)):
        if match := pattern.match(expression, at):
            text = match.group()
            return Token(kind, text, at, operator=text == "*" and after_operand)
    raise XPathSyntaxError(_strange(expression[at]), at=at, expression=expression)


def _strange(character: str) -> str:
    if character in "\"'":
        return "A text begins here and its closing quotation mark is missing."
    if character in "“”‘’„«»":
        return f"Write texts between straight quotation marks (' or \"), not {character}."
    if character == "$":
        return "A name in ${…} is not a path yet: convert the form first."
    return f"The character {character} has no meaning here."
