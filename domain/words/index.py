"""Finds what is like a sentence among many: only what shares a concept, or nearly one, is looked at."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable
from typing import Generic, NamedTuple, TypeVar

from domain.words.alike import SAME, between
from domain.words.lexicon import lexicon
from domain.words.meaning import STRANGE, Meaning, meaning

Key = TypeVar("Key", bound=Hashable)
_BEGINNING = len(STRANGE) + 3  # strange words that begin alike may be one word, mistyped


class Found(NamedTuple, Generic[Key]):
    key: Key
    likeness: float


class Index(Generic[Key]):
    """Sentences by what they are about."""

    def __init__(self, sentences: Iterable[tuple[Key, str]] = ()) -> None:
        self._meanings: dict[Key, Meaning] = {}
        self._by_concept: dict[str, set[Key]] = defaultdict(set)
        for key, words in sentences:
            self.add(key, words)

    def add(self, key: Key, words: str) -> None:
        self._meanings[key] = meaning(words)
        for concept in self._meanings[key]:
            self._by_concept[_shelf(concept)].add(key)

    def like(self, words: str, *, at_most: int, least: float = SAME) -> list[Found[Key]]:
        """The most alike first; of equals the one added first."""
        said = meaning(words)
        near = {key for concept in said for shelf in _near(concept) for key in self._by_concept.get(shelf, ())}
        order = {key: at for at, key in enumerate(self._meanings) if key in near}
        found = [Found(key, share) for key in order if (share := between(said, self._meanings[key])) >= least]
        return sorted(found, key=lambda each: (-each.likeness, order[each.key]))[:at_most]


def _shelf(concept: str) -> str:
    return concept[:_BEGINNING] if concept.startswith(STRANGE) else concept


def _near(concept: str) -> set[str]:
    return {_shelf(concept), *lexicon().kin.get(concept, ())}
