"""Regular expressions of forms, which anybody may have written: none may hold a conversation up.

Python's own `re` cannot be stopped once it backtracks ((a+)+$ on thirty letters takes minutes); the `regex` library
searches for a given time and then raises. Both a pattern and an answer have a greatest length besides.
"""

from __future__ import annotations

from functools import lru_cache

import regex

from domain.forms.xpath.errors import PatternTooSlow, XPathError

SECONDS = 0.2  # far beyond any honest pattern on an answer of this length
LONGEST_PATTERN, LONGEST_TEXT = 2000, 20_000  # characters
_TRIALS = ("a" * 40 + "!", "1" * 40 + "!", "ა" * 40 + "!", "a1" * 20 + "!", "ab " * 15 + "!", "a@" + "a." * 20 + "!")


class Pattern:
    """A pattern as ECMAScript means it: found anywhere in the text, \\d and \\w in Latin only. Raises XPathError."""

    __slots__ = ("_compiled", "text")

    def __init__(self, text: str) -> None:
        self.text, self._compiled = text, _compiled(text)

    def found_in(self, words: str) -> bool:
        if len(words) > LONGEST_TEXT:
            raise PatternTooSlow(f"The text is longer than {LONGEST_TEXT} characters.")
        try:
            return self._compiled.search(words, timeout=SECONDS) is not None
        except TimeoutError:
            raise PatternTooSlow(f"The pattern {self.text} takes too long.") from None

    def check(self) -> None:
        """Tries it on texts on which patterns explode. Raises PatternTooSlow; for the moment of publication."""
        for words in _TRIALS:
            self.found_in(words)


@lru_cache(maxsize=256)
def _compiled(text: str) -> regex.Pattern[str]:
    if len(text) > LONGEST_PATTERN:
        raise XPathError(f"The pattern is longer than {LONGEST_PATTERN} characters.")
    try:
        return regex.compile(text, regex.ASCII | regex.VERSION0)
    except regex.error as error:
        raise XPathError(f"The pattern {text} cannot be read: {error.msg}.") from None
