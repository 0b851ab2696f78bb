"""What is left of a word when its case, number and postposition are gone: enough to compare words no list knows."""

from __future__ import annotations

import re
from functools import lru_cache

from simplemma import is_known, lemmatize

_GEORGIAN = re.compile(
    r"(?:ებ)?(?:ისა|ასა|ის|ით|ად|მა|სა|ას|ამ|ოს|ეს|უს|თა|ი|ს|მ|ო|ა|ე|უ)?"
    r"(?:ში|ზე|თან|თვის|კენ|გან|დან|მდე|მდის|ვით)?(?:აა|ა|ც|აც|ვე)?"
)
_AZERI = re.compile(
    r"(?:l[aə]r)?(?:ımız|imiz|umuz|ümüz|mız|miz|ı|i|u|ü|sı|si|su|sü)?"
    r"(?:n?[ıiuü]n|[nyd]?[aə]|d[aə]n|n?[ıiuü]|dır|dir|dur|dür)?"
)
_SHORTEST = 3  # letters that a stem keeps
_LETTERS = {"ka": ("ა", "ჺ"), "ru": ("а", "ё"), "hy": ("ա", "֏"), "en": ("a", "z")}
_ONLY_AZERI = frozenset("əğışçöü")


def is_ending(rest: str) -> bool:
    """Whether this may stand behind a Georgian noun's stem."""
    return _GEORGIAN.fullmatch(rest) is not None


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """The dictionary's basic form; for a word that it does not know the part before its endings."""
    language = _language(word)
    if language == "az":
        return _cut(word, _AZERI)
    if is_known(word, language):
        return _cut(str(lemmatize(word, language)), _GEORGIAN)
    return _cut(word, _GEORGIAN) if language == "ka" else str(lemmatize(word, language))


def _language(word: str) -> str:
    if any(letter in _ONLY_AZERI for letter in word):
        return "az"
    first = word[0]
    return next((code for code, (low, high) in _LETTERS.items() if low <= first <= high), "en")


def _cut(word: str, endings: re.Pattern[str]) -> str:
    """The longest ending goes, as long as a stem is left."""
    for at in range(_SHORTEST, len(word)):
        if endings.fullmatch(word, at):
            return word[:at]
    return word
