"""The card that a person means, from a question in their own words, Georgian typed in Latin letters too.

Every card lists beginnings of words; one that many cards list tells less. Endings, wrong letters and Latin spellings
are those of domain/words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from math import log

from simplemma import is_known

from domain.law.card import STRENGTHS, Card
from domain.words import endings, letters, lexicon, spelling
from domain.words.latin import reading

PHRASE = 2.5
TYPO = 6  # letters from which on one wrong letter is forgiven
SHORT = 4  # so short a Georgian beginning needs a real ending behind it
OWN, IN_DICTIONARY = 8.0, 6.0  # what speaks for a Georgian word, in nats


class Search:
    """Made once from all cards."""

    def __init__(self, cards: Sequence[Card]) -> None:
        self._cards = cards
        listed = [word for card in cards for words in card.words.values() for word in words]
        self._tells = {word: 1 + log(len(cards) / count) for word, count in Counter(listed).items()}
        self._parts = {part for card in cards for phrase in card.phrases for part in phrase}
        known = {*self._tells, *self._parts}
        self._known = known
        self._wrong = {
            wrong: begun for begun in sorted(known) if len(begun) >= TYPO for wrong in lexicon.misspellings(begun)
        }
        self._read = lru_cache(maxsize=2000)(self._begun)

    def best_first(self, question: str) -> list[str]:
        """The ids of the cards that have to do with it; none where no word of it is known."""
        said = {begun for word in self._words(question) for begun in self._read(word)}
        scores = {card.id: self._score(card, said) for card in self._cards}
        return sorted((name for name, score in scores.items() if score > 0), key=lambda name: -scores[name])

    def _score(self, card: Card, said: set[str]) -> float:
        words = sum(
            STRENGTHS[strength] * self._tells[word]
            for strength, listed in card.words.items()
            for word in _longest(listed & said)
        )
        return words + PHRASE * sum(phrase <= said for phrase in card.phrases)

    def _words(self, question: str) -> list[str]:
        read = reading(question, self._worth, self._foreign)
        return letters.words(letters.plain(read.text if read is not None else question))

    def _worth(self, word: str) -> float:
        if any(len(begun) > 2 for begun in self._read(word)):
            return OWN
        return IN_DICTIONARY if spelling.known(word) else 0.0

    def _foreign(self, word: str) -> bool:
        return bool(self._read(word)) or is_known(word, "en")

    def _begun(self, word: str) -> frozenset[str]:
        """Every listed beginning of it; or one that is a letter away."""
        starts = [word[:length] for length in range(2, len(word) + 1)]
        found = frozenset(start for start in starts if start in self._known and _fits(word, start))
        if found or len(word) < TYPO:
            return found
        return frozenset(self._wrong[start] for start in starts if len(start) >= TYPO - 1 and start in self._wrong)


def _fits(word: str, start: str) -> bool:
    if len(start) > SHORT:
        return True
    rest = word[len(start) :]
    return endings.is_ending(rest) if "ა" <= start[0] <= "ჰ" else len(rest) <= SHORT


def _longest(words: frozenset[str]) -> list[str]:
    """One said word is counted once, by the longest beginning of it."""
    return [word for word in words if not any(other != word and other.startswith(word) for other in words)]
