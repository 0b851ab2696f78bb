"""The law in pocket size: one card a right, with where it was read and when. A card is never the law itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

CARDS = (
    "assembly",
    "petition",
    "advisors",
    "sessions",
    "reports",
    "offices",
    "budget",
    "village_support",
    "gender_council",
    "information",
)
LANGUAGES = ("ka", "en")
STRENGTHS = {"strong": 3.0, "medium": 1.5, "weak": 0.5}
PHRASES = "phrases"
LONGEST_TITLE = 60


class BadCard(ValueError):
    """A card that lacks something; the message names the card, the field, and what belongs there."""


class Of(StrEnum):
    """Whose registered voters sign."""

    VILLAGE = "village"
    MUNICIPALITY = "municipality"


@dataclass(frozen=True, slots=True)
class Signatures:
    of: Of
    percent: int

    def among(self, voters: int) -> int:
        """How many must sign at least; a part of a signature is one more."""
        return -(-voters * self.percent // 100)


@dataclass(frozen=True, slots=True)
class Source:
    """`names` by language: whose page it is."""

    link: str
    names: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Text:
    """`ask` is what nobody could verify: to be asked at the municipality."""

    title: str
    what: str
    who: str
    thresholds: Sequence[str]
    steps: Sequence[str]
    ask: str


@dataclass(frozen=True, slots=True)
class Card:
    """`words` are beginnings of words by strength, by which people ask for it; in a phrase all of them are said."""

    id: str
    checked: date
    sources: Sequence[Source]
    texts: Mapping[str, Text]
    words: Mapping[str, frozenset[str]]
    phrases: Sequence[frozenset[str]]
    signatures: Signatures | None = None

    def text(self, language: str) -> Text:
        """In Georgian for whoever reads neither."""
        return self.texts.get(language, self.texts[LANGUAGES[0]])


def card(name: str, said: Mapping[str, Any]) -> Card:
    """Raises BadCard."""
    if name not in CARDS:
        raise BadCard(f"{name}: there is no such card; the cards are {', '.join(CARDS)}.")
    words = _field(name, said, "words", dict)
    return Card(
        name,
        _field(name, said, "checked", date),
        [_source(name, each) for each in _field(name, said, "sources", list)],
        {language: _text(name, language, _field(name, said, language, dict)) for language in LANGUAGES},
        {strength: frozenset(words.get(strength, "").split()) for strength in STRENGTHS},
        [frozenset(phrase.split("+")) for phrase in words.get(PHRASES, "").split()],
        _signatures(name, said["signatures"]) if "signatures" in said else None,
    )


def _field(name: str, said: Mapping[str, Any], field: str, kind: type) -> Any:
    value = said.get(field)
    if not isinstance(value, kind) or not value:
        raise BadCard(f"{name}: {field} is {value!r}; a {kind.__name__} that is not empty belongs there.")
    return value


def _source(name: str, said: Mapping[str, Any]) -> Source:
    link = _field(name, said, "link", str)
    if not link.startswith(("https://", "http://")):
        raise BadCard(f"{name}: link is {link!r}; an address that begins with http:// or https:// belongs there.")
    return Source(link, {language: _field(name, said, language, str) for language in LANGUAGES})


def _text(name: str, language: str, said: Mapping[str, Any]) -> Text:
    title, what, who, ask = (_field(f"{name}, {language}", said, part, str) for part in ("title", "what", "who", "ask"))
    thresholds, steps = (_field(f"{name}, {language}", said, part, list) for part in ("thresholds", "steps"))
    if len(title) > LONGEST_TITLE:
        raise BadCard(f"{name}, {language}: the title has {len(title)} letters; a button holds {LONGEST_TITLE}.")
    return Text(title, what, who, thresholds, steps, ask)


def _signatures(name: str, said: Mapping[str, Any]) -> Signatures:
    try:
        return Signatures(Of(said["of"]), int(said["percent"]))
    except (KeyError, TypeError, ValueError):
        raise BadCard(
            f'{name}: signatures is {said!r}; {{ of = "village" or "municipality", percent = 5 }} belongs there.'
        ) from None
