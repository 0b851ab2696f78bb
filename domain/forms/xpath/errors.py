"""What is wrong with an expression, in plain words and with the place in it."""

from __future__ import annotations


class XPathError(ValueError):
    """The expression cannot be read or worked out. `at` is the character (from 0) of `expression` it is about."""

    def __init__(self, reason: str, *, at: int = 0, expression: str = "") -> None:
        self.reason, self.at, self.expression = reason, at, expression
        super().__init__(f"{reason} (character {at + 1} of: {expression})" if expression else reason)


class XPathSyntaxError(XPathError):
    """It is not XPath: raised when it is compiled."""


class UnknownFunction(XPathError):
    """A function that we do not have."""


class WrongArguments(XPathError):
    """A function is given too few or too many arguments, or one of a kind with which it can do nothing."""


class PatternTooSlow(XPathError):
    """A regular expression that takes too long on an answer."""
