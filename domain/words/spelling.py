"""How probable a row of Georgian letters is: learned from the forms of simplemma's dictionary."""

from __future__ import annotations

from collections import Counter
from functools import cache
from itertools import islice
from math import log

from simplemma import is_known
from simplemma.strategies.dictionaries import DefaultDictionaryFactory

LETTERS = 33
EVERY = 12  # forms of one word stand side by side: a sample knows the letters as well as all 450,000


@cache
def _triples() -> tuple[Counter[str], Counter[str]]:
    triples: Counter[str] = Counter()
    pairs: Counter[str] = Counter()
    for word in islice(DefaultDictionaryFactory().get_dictionary("ka"), 0, None, EVERY):
        padded = f"  {word} "
        triples.update(padded[at : at + 3] for at in range(len(padded) - 2))
        pairs.update(padded[at : at + 2] for at in range(len(padded) - 2))
    return triples, pairs


@cache
def surprise(before: str, letter: str) -> float:
    """Nats for this letter (" " is the word's end) after these two; larger is rarer."""
    triples, pairs = _triples()
    return -log((triples[before + letter] + 0.1) / (pairs[before] + 0.1 * LETTERS))


@cache
def known(word: str) -> bool:
    """Whether the dictionary has this very form."""
    return bool(is_known(word, "ka"))
