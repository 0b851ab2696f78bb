"""The brief of an issue for the round table: its sections, when it is complete, and the speech of two minutes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from enum import StrEnum
from typing import NamedTuple

LONGEST, SHORT = 400, 150  # characters of a section: all of them fit on one page
PHOTOS = 3
TWO_MINUTES = 260  # words, at the pace of somebody who is a little nervous


class Section(StrEnum):
    """In the order in which officials read them. LAW is ids of cards, SPEECH the sentences that were changed."""

    PROBLEM = "problem"
    HURT = "hurt"
    PHOTO = "photo"
    COST = "cost"
    SOURCE = "source"
    LAW = "law"
    ASK = "ask"
    OF_WHOM = "of_whom"
    OWN = "own"
    SPEECH = "speech"


NEEDED = tuple(section for section in Section if section is not Section.SPEECH)
WRITTEN = tuple(section for section in NEEDED if section not in (Section.PHOTO, Section.LAW))

BRIEF = frozenset({Section.COST, Section.SOURCE, Section.OF_WHOM})  # said in a line


def longest(section: Section) -> int:
    """Characters."""
    return SHORT if section in BRIEF else LONGEST


def missing(written: Collection[Section]) -> list[Section]:
    return [section for section in NEEDED if section not in written]


class Sentence(NamedTuple):
    """What is not `needed` goes first when time is short."""

    words: str
    needed: bool = True


def two_minutes(sentences: Sequence[Sentence], most: int = TWO_MINUTES) -> list[str]:
    """From the end, what is not needed is left out until the rest can be said in time."""
    kept = list(sentences)
    while count(each.words for each in kept) > most:
        spare = [at for at, each in enumerate(kept) if not each.needed]
        if not spare:
            break
        del kept[spare[-1]]
    return [each.words for each in kept]


def count(sentences: Iterable[str]) -> int:
    """Words altogether."""
    return sum(len(sentence.split()) for sentence in sentences)


def parted(text: str) -> list[str]:
    """A text in its sentences."""
    found, begun = [], ""
    for word in text.split():
        begun = f"{begun} {word}".strip()
        if word[-1] in ".!?…":
            found.append(begun)
            begun = ""
    return [*found, begun] if begun else found
