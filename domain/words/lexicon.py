"""What villages talk about, in five languages: lexicon.csv (words), phrases.csv (words together), kin.csv (near ones).

A column of lexicon.csv holds the beginnings of words; "X=Y" are whole words. A concept's weight says how much it tells
about which need it is: 1 for a thing (water, a bridge), little for what is wrong with it.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from domain.words import endings
from domain.words.tables import rows

LANGUAGES = ("ka", "en", "ru", "az", "hy")
_SHORT = 4  # a beginning of so few letters needs a real ending behind it
_TYPO = 6  # letters from which on one wrong letter is forgiven


class Entry(NamedTuple):
    """A beginning of words, and what it names."""

    concept: str
    language: str


class Lexicon(NamedTuple):
    weights: dict[str, float]
    whole: dict[str, Entry]
    beginnings: dict[str, Entry]
    phrases: list[tuple[frozenset[str], str]]
    kin: dict[frozenset[str], float]
    longest: int


@cache
def lexicon() -> Lexicon:
    weights: dict[str, float] = {}
    whole: dict[str, Entry] = {}
    beginnings: dict[str, Entry] = {}
    for row in rows("lexicon.csv"):
        weights[row["concept"]] = float(row["weight"])
        for language in LANGUAGES:
            for said in row[language].split():
                entry = Entry(row["concept"], language)
                into, forms = (whole, said.split("=")) if "=" in said else (beginnings, [said])
                for form in forms:
                    into.setdefault(form, entry)
    phrases = [(frozenset(row["all"].split()), row["become"]) for row in rows("phrases.csv")]
    kin = {frozenset((row["one"], row["other"])): float(row["likeness"]) for row in rows("kin.csv")}
    return Lexicon(weights, whole, beginnings, phrases, kin, max(map(len, beginnings)))


@lru_cache(maxsize=20_000)
def entry(word: str) -> Entry | None:
    """What a word names: a whole word, then the longest beginning, then one that is a letter away."""
    return exact(word) or _mistyped(word, lexicon())


def exact(word: str) -> Entry | None:
    """The same, with no letter forgiven."""
    return lexicon().whole.get(word) or _begun(word, lexicon())


def _begun(word: str, known: Lexicon) -> Entry | None:
    for length in range(min(len(word), known.longest), 1, -1):
        found = known.beginnings.get(word[:length])
        if found is not None and _fits(word[length:], length, found.language):
            return found
    return None


def _fits(rest: str, length: int, language: str) -> bool:
    if length > _SHORT:
        return True
    return endings.is_ending(rest) if language == "ka" else len(rest) <= _SHORT


def _mistyped(word: str, known: Lexicon) -> Entry | None:
    """One letter left out, doubled, changed or swapped, in the beginning of a long word."""
    if len(word) < _TYPO:
        return None
    for length in range(min(len(word), known.longest), _TYPO - 2, -1):
        found = _one_away().get(word[:length])
        if found is not None:
            return found
    return None


@cache
def _one_away() -> dict[str, Entry]:
    """Every long beginning as a hurried hand or a wrong ear writes it."""
    known = lexicon()
    long = {begun: found for begun, found in known.beginnings.items() if len(begun) >= _TYPO}
    away = {wrong: found for begun, found in reversed(long.items()) for wrong in misspellings(begun)}
    return {wrong: found for wrong, found in away.items() if wrong not in known.beginnings}


def misspellings(word: str) -> Iterator[str]:
    """A letter left out, doubled, swapped with the next, or taken for one that sounds alike; the first one stays."""
    for at in range(1, len(word)):
        before, letter, after = word[:at], word[at], word[at + 1 :]
        yield before + after
        yield before + letter + letter + after
        if after:
            yield before + after[0] + letter + after[1:]
        yield from (before + other + after for alike in _CONFUSED if letter in alike for other in alike)


# Letters that hands and ears mistake for one another.
_CONFUSED = ("თტდ", "კქყ", "პფბ", "ცწძ", "ჩჭჯ", "გღხ", "სშზ", "აე", "იე", "ოუ", "ვფ", "რლ")
