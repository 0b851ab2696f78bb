"""How alike two needs are; the person, never the program, says that they are the same."""

from __future__ import annotations

from functools import lru_cache

from domain.words.lexicon import lexicon
from domain.words.meaning import STRANGE, Meaning, meaning

SAME = 0.7  # from this likeness on two sentences are offered as the same need
_TYPO = 0.5  # letter triples that two strange words share to be one word, mistyped


def likeness(one: str, other: str) -> float:
    """From 0 to 1: the weight of what both say in the weight of all that is said."""
    return between(meaning(one), meaning(other))


def between(one: Meaning, other: Meaning) -> float:
    whole = sum(one.values()) + sum(other.values())
    if not whole:
        return 0.0
    shared = sum(weight * _echo(concept, other) for concept, weight in one.items())
    shared += sum(weight * _echo(concept, one) for concept, weight in other.items())
    return min(1.0, shared / whole)


def _echo(concept: str, said: Meaning) -> float:
    if concept in said:
        return 1.0
    if concept.startswith(STRANGE):
        nearest = max((triples(concept, each) for each in said if each.startswith(STRANGE)), default=0.0)
        return nearest if nearest >= _TYPO else 0.0
    kin = lexicon().kin.get(concept)
    return max((kin.get(each, 0.0) for each in said), default=0.0) if kin else 0.0


def triples(one: str, other: str) -> float:
    """The share of letter triples that two words both have (Dice)."""
    first, second = _triples(one), _triples(other)
    return 2 * len(first & second) / (len(first) + len(second)) if first and second else 0.0


@lru_cache(maxsize=20_000)
def _triples(word: str) -> frozenset[str]:
    padded = f"  {word} "
    return frozenset(padded[at : at + 3] for at in range(len(padded) - 2))
