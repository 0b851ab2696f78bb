"""What a sentence is about: its concepts and how much each tells, so that two sentences can be compared."""

from __future__ import annotations

import re
from functools import lru_cache

from simplemma import is_known

from domain.words import endings, letters, lexicon
from domain.words.latin import Reading, reading
from domain.words.spelling import known as in_dictionary

Meaning = dict[str, float]
_LATIN = re.compile(r"[A-Za-z][A-Za-z'’ʼ`\s]*[A-Za-z]")  # a row of Latin words
STRANGE = "?"  # before the stem of a word that the lexicon does not know
IN_LEXICON, IN_DICTIONARY = 8.0, 6.0
# What a strange word tells beside a thing, and where no thing is named; and what all strange words of a sentence do.
BESIDE, ALONE = 0.15, 0.8
ALL_BESIDE, ALL_ALONE = 0.3, 1.6


@lru_cache(maxsize=20_000)
def meaning(text: str) -> Meaning:
    """Concept → weight; a word that no list knows stands for itself by its stem."""
    found = _concepts(in_georgian(text))
    strange = {key for key in found if key.startswith(STRANGE)}
    weights = _weighed(_joined(frozenset(found) - strange))
    thing = any(weight >= lexicon.THING for weight in weights.values())
    each, together = (BESIDE, ALL_BESIDE) if thing else (ALONE, ALL_ALONE)
    return weights | dict.fromkeys(strange, min(each, together / max(1, len(strange))))


def concepts(text: str) -> set[str]:
    """Everything that is named in it, however little it tells."""
    return _concepts(in_georgian(text))


def _weighed(named: frozenset[str]) -> Meaning:
    """What the need is about tells all it can; the rest what it does beside that."""
    known = lexicon.lexicon()
    things = {concept for concept in named if known.is_thing(concept)}
    if not things and named:
        things = {max(sorted(named), key=lambda concept: known.weights[concept].alone)}
    weights = {concept: known.weights[concept][concept not in things] for concept in named}
    return {concept: weight for concept, weight in weights.items() if weight > 0}


def in_georgian(text: str) -> str:
    """What was typed in Latin letters of a Georgian text as it was meant; everything else as it is."""
    if letters.has_georgian(text):
        return _LATIN.sub(lambda found: _in_georgian(found[0]), text)
    return _in_georgian(text)


def _in_georgian(text: str) -> str:
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
    known = lexicon.lexicon()
    for phrase in known.phrases:
        if not phrase.parts <= concepts:
            continue
        rest = concepts - phrase.parts
        joined = rest | phrase.whole
        if joined != concepts and not (phrase.alone and any(map(known.is_thing, rest))):
            return _joined(joined)
    return concepts


def load() -> None:
    """Reads the word lists and dictionaries, which takes a second: before anybody waits for an answer."""
    in_georgian("wyali ar gvaqvs")
    meaning("წყალი არ გვაქვს")
