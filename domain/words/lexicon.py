"""What villages talk about, in five languages: lexicon.csv (words), phrases.csv (words together), kin.csv (near ones).

A column of lexicon.csv holds the beginnings of words; "X=Y" are whole words. A concept's weight says how much it tells
about which need it is: 1 for a thing (water, a bridge), little for what is wrong with it. What may be the need itself
or only whom or where it strikes (the old, a yard) tells less `beside` a thing.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from domain.words import endings
from domain.words.tables import rows

LANGUAGES = ("ka", "en", "ru", "az", "hy")
THING = 0.7  # from this weight on a concept can be what the need is about
_SHORT = 4  # a beginning of so few letters needs a real ending behind it
_WITHOUT = re.compile(r"უ(?P<what>[ა-ჰ]{3,}?)ო(?:დ|ბ)?(?:ა|აა|ის|ით|ას)?")
_TYPO = 6  # letters from which on one wrong letter is forgiven


class Named(NamedTuple):
    """A beginning of words, and what it names."""

    concept: str
    language: str


class Weight(NamedTuple):
    """What a concept tells where it is what the need is about, and where another thing is."""

    alone: float
    beside: float


class Phrase(NamedTuple):
    """`parts` said together become `whole`; with `alone` only where no other thing is named."""

    parts: frozenset[str]
    whole: frozenset[str]
    alone: bool


class Lexicon(NamedTuple):
    weights: dict[str, Weight]
    whole: dict[str, Named]
    beginnings: dict[str, Named]
    phrases: list[Phrase]
    kin: dict[str, dict[str, float]]
    longest: int

    def is_thing(self, concept: str) -> bool:
        """Whether it is what a need is about, whatever else is named."""
        return self.weights[concept].beside >= THING


@cache
def lexicon() -> Lexicon:
    table = list(rows("lexicon.csv"))
    weights = {row["concept"]: _weight(row["weight"], row["beside"]) for row in table}
    whole: dict[str, Named] = {}
    beginnings: dict[str, Named] = {}
    for concept, language, said in _said(table):
        into, forms = (whole, said.split("=")) if "=" in said else (beginnings, [said])
        for form in forms:
            into.setdefault(form, Named(concept, language))
    return Lexicon(weights, whole, beginnings, _phrases(), _kin(), max(map(len, beginnings)))


def _weight(alone: str, beside: str) -> Weight:
    return Weight(float(alone), float(beside or alone))


def _said(table: list[dict[str, str]]) -> Iterator[tuple[str, str, str]]:
    for row in table:
        for language in LANGUAGES:
            for said in row[language].split():
                yield row["concept"], language, said


def _phrases() -> list[Phrase]:
    table = rows("phrases.csv")
    return [
        Phrase(frozenset(row["all"].split()), frozenset(row["become"].split()), bool(row["alone"])) for row in table
    ]


def _kin() -> dict[str, dict[str, float]]:
    kin: dict[str, dict[str, float]] = defaultdict(dict)
    for row in rows("kin.csv"):
        one, other, likeness = row["one"], row["other"], float(row["likeness"])
        kin[one][other] = kin[other][one] = likeness
    return dict(kin)


@lru_cache(maxsize=20_000)
def entry(word: str) -> Named | None:
    """What a word names: a whole word, then the longest beginning, then one that is a letter away."""
    return exact(word) or _without(word) or _mistyped(word, lexicon())


def exact(word: str) -> Named | None:
    """The same, with no letter forgiven."""
    return lexicon().whole.get(word) or _begun(word, lexicon())


def _without(word: str) -> Named | None:
    """What is missing, in one Georgian word: უწყლოდ, უგზოობა, უშუქოდ."""
    bare = _WITHOUT.fullmatch(word)
    return exact(bare["what"]) if bare is not None else None


def _begun(word: str, known: Lexicon) -> Named | None:
    for length in range(min(len(word), known.longest), 1, -1):
        found = known.beginnings.get(word[:length])
        if found is not None and _fits(word[length:], length, found.language):
            return found
    return None


def _fits(rest: str, length: int, language: str) -> bool:
    if length > _SHORT:
        return True
    return endings.is_ending(rest) if language == "ka" else len(rest) <= length + 1


def _mistyped(word: str, known: Lexicon) -> Named | None:
    """One letter left out, doubled, changed or swapped, in the beginning of a long word."""
    if len(word) < _TYPO:
        return None
    for length in range(min(len(word), known.longest), _TYPO - 1, -1):
        found = _one_away().get(word[:length])
        if found is not None:
            return found
    return None


@cache
def _one_away() -> dict[str, Named]:
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
