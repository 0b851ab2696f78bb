"""Finds what is like a sentence among many: only what shares a concept, or nearly one, is looked at."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable
from heapq import nsmallest
from typing import Generic, NamedTuple, TypeVar

from domain.words.alike import SAME, between
from domain.words.lexicon import lexicon
from domain.words.meaning import STRANGE, meaning

Key = TypeVar("Key", bound=Hashable)
_BEGINNING = len(STRANGE) + 3  # strange words that begin alike may be one word, mistyped


class Found(NamedTuple, Generic[Key]):
    key: Key
    likeness: float


class Index(Generic[Key]):
    """Sentences by what they are about; those that are about the same are compared once."""

    def __init__(self, sentences: Iterable[tuple[Key, str]] = ()) -> None:
        self._said: dict[frozenset[tuple[str, float]], list[tuple[int, Key]]] = defaultdict(list)
        self._by_concept: dict[str, set[frozenset[tuple[str, float]]]] = defaultdict(set)
        self._count = 0
        for key, words in sentences:
            self.add(key, words)

    def add(self, key: Key, words: str) -> None:
        about = frozenset(meaning(words).items())
        self._said[about].append((self._count, key))
        self._count += 1
        for concept, _weight in about:
            self._by_concept[_shelf(concept)].add(about)

    def like(self, words: str, *, at_most: int, least: float = SAME) -> list[Found[Key]]:
        """The most alike first; of equals the one added first."""
        asked = meaning(words)
        near = {about for concept in asked for shelf in _near(concept) for about in self._by_concept.get(shelf, ())}
        shares = {about: between(asked, dict(about)) for about in near}
        found = ((share, *said) for about, share in shares.items() if share >= least for said in self._said[about])
        best = nsmallest(at_most, found, key=lambda each: (-each[0], each[1]))
        return [Found(key, share) for share, _order, key in best]


def _shelf(concept: str) -> str:
    return concept[:_BEGINNING] if concept.startswith(STRANGE) else concept


def _near(concept: str) -> set[str]:
    return {_shelf(concept), *lexicon().kin.get(concept, ())}
