"""What a sentence is about: its concepts and how much each tells, so that two sentences can be compared."""

from __future__ import annotations

from functools import lru_cache

from simplemma import is_known

from domain.words import endings, letters, lexicon
from domain.words.latin import Reading, reading
from domain.words.spelling import known as in_dictionary

Meaning = dict[str, float]
STRANGE = "?"  # before the stem of a word that the lexicon does not know
THING = 0.7  # from this weight on a concept can be what the need is about
IN_LEXICON, IN_DICTIONARY = 8.0, 6.0
BESIDE, ALONE = 0.2, 0.8  # what a strange word tells beside a thing, and where no thing is named


@lru_cache(maxsize=20_000)
def meaning(text: str) -> Meaning:
    """Concept → weight; a word that no list knows stands for itself by its stem."""
    found = _concepts(in_georgian(text))
    strange = {key for key in found if key.startswith(STRANGE)}
    named = _joined(frozenset(found) - strange)
    weights = {concept: lexicon.lexicon().weights[concept] for concept in named}
    tells = BESIDE if any(weight >= THING for weight in weights.values()) else ALONE
    return {key: weight for key, weight in (weights | dict.fromkeys(strange, tells)).items() if weight > 0}


def in_georgian(text: str) -> str:
    """A Georgian text typed in Latin letters as it was meant; everything else as it is."""
    read = read_latin(text)
    return read.text if read is not None else text


def read_latin(text: str) -> Reading | None:
    """The reading of a text typed in Latin letters, to be shown and asked about."""
    return reading(text, _worth, _foreign)


@lru_cache(maxsize=20_000)
def _worth(word: str) -> float:
    """What speaks for a Georgian word, in nats: villages say the lexicon's words more often than the dictionary's."""
    found = lexicon.exact(word)
    if found is not None and found.language == "ka":
        return IN_LEXICON
    return IN_DICTIONARY if in_dictionary(word) else 0.0


def _foreign(word: str) -> bool:
    found = lexicon.exact(word)
    return (found is not None and found.language in ("en", "az")) or is_known(word, "en")


def _concepts(text: str) -> set[str]:
    found = set()
    for word in letters.words(letters.plain(text)):
        entry = lexicon.entry(word)
        if entry is not None:
            found.add(entry.concept)
        elif len(word) > 2 and not word.isdigit():
            found.add(STRANGE + endings.stem(word))
    return found


def _joined(concepts: frozenset[str]) -> frozenset[str]:
    """Two words that say one thing become one, until nothing more is joined."""
    for parts, whole in lexicon.lexicon().phrases:
        if parts <= concepts and concepts != (joined := (concepts - parts) | {whole}):
            return _joined(joined)
    return concepts
