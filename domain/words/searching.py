"""Finding sentences by what they name, in whatever spelling or inflection it is asked for."""

from __future__ import annotations

from typing import NamedTuple

from domain.words.lexicon import lexicon
from domain.words.meaning import STRANGE, concepts, meaning

LONGEST = 48  # letters of a mark
NEAR = 0.5  # from here on another concept is what was asked for


class Thing(NamedTuple):
    """One thing that is asked for: any of these marks, or one that begins so."""

    marks: frozenset[str]
    beginning: str | None = None


def marks(words: str) -> frozenset[str]:
    """All that is named in a sentence: word by word, and what several words say together."""
    known = lexicon().weights
    named = {each for each in concepts(words) if each.startswith(STRANGE) or max(known[each]) > 0}
    return frozenset(each[:LONGEST] for each in named | meaning(words).keys())


def asked(words: str) -> list[Thing]:
    """Each of them has to be named; empty where the words name nothing that a search could know."""
    return [_thing(each) for each in sorted(meaning(words) or concepts(words))]


def _thing(concept: str) -> Thing:
    """A word that no list knows may be asked for by its beginning."""
    if concept.startswith(STRANGE):
        return Thing(frozenset(), concept[:LONGEST])
    kin = lexicon().kin.get(concept) or {}
    return Thing(frozenset({concept, *(each for each, share in kin.items() if share >= NEAR)}))
