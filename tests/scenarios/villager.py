"""A person of the story with a phone of some channel: presses and reads in their own language."""

from __future__ import annotations

import re
from collections.abc import Awaitable
from dataclasses import dataclass
from typing import Any, Protocol

from locales import SOURCE, catalogue
from tests.phones.phone import Phone, Screen
from tests.scenarios.letters import Letters


@dataclass(frozen=True, slots=True)
class Both:
    """A name that is written differently in the two languages; or the same, where it is somebody's own words."""

    ka: str
    en: str

    def __str__(self) -> str:
        return self.en


class Handset(Phone, Protocol):
    async def external(self) -> str:
        """The channel's own id of whoever holds it; it may be unknown before the first word."""

    async def screen(self) -> str:
        """Everything that stands on it at the end."""


def own(words: str) -> Both:
    return Both(words, words)


Words = str | Both


def in_words(language: str, what: Words, facts: dict[str, Any]) -> str:
    """What stands on the phone of somebody with this language. Without facts, the longest part between gaps."""
    text = getattr(what, language) if isinstance(what, Both) else _translated(language, what)
    if not facts:
        return max(re.split(r"\{\w+\}", text), key=len).strip()
    return text.format(**{name: getattr(fact, language, fact) for name, fact in facts.items()})


def _translated(language: str, what: str) -> str:
    """The sentence, or the only one with this in it; days, signs and ages are written alike everywhere."""
    texts = {**catalogue(language).texts, **{one: forms[0] for one, forms in catalogue(language).plurals.items()}}
    if language == SOURCE or what in texts or not any(letter.isascii() and letter.isalpha() for letter in what):
        return texts.get(what, what)
    [whole] = [sentence for sentence in texts if what in sentence]
    return texts[whole]


@dataclass
class Villager:
    """`sees` looks at the newest message, `hears` at all that came since they did something last."""

    name: str
    language: str
    phone: Handset
    letters: Letters
    taps_made: int = 0
    _from: int = 0

    async def start(self, payload: str = "") -> None:
        await self._does(f"opens the link {payload}", self.phone.start(payload))

    async def send(self, words: str) -> None:
        await self._does(f"“{words}”", self.phone.send(words))

    async def taps(self, *labels: Words, **facts: Any) -> None:
        for label in labels:
            words = in_words(self.language, label, facts)
            self.taps_made += 1
            await self._does(f"[{words}]", self.phone.tap(words))

    async def menu(self, *labels: Words, **facts: Any) -> None:
        await self.send("/menu")
        await self.taps(*labels, **facts)

    async def photo(self, content: bytes) -> None:
        await self._does("sends a photo", self.phone.photo(content))

    async def document(self, name: str, content: bytes) -> None:
        await self._does(f"sends {name}", self.phone.document(name, content))

    async def location(self, lat: float, lon: float) -> None:
        await self._does("sends a place", self.phone.location(lat, lon))

    async def sees(self, *wanted: Words, **facts: Any) -> None:
        shown = (await self.phone.last()).text
        for what in wanted:
            words = in_words(self.language, what, facts)
            assert words in shown, f"{self.name} reads no {words!r} but {shown!r}"

    async def sees_no(self, *unwanted: Words, **facts: Any) -> None:
        shown = await self.phone.last()
        for what in unwanted:
            words = in_words(self.language, what, facts)
            assert not any(words in each for each in (shown.text, *shown.buttons)), f"{self.name} reads {words!r}"

    async def hears(self, what: Words, **facts: Any) -> None:
        words = in_words(self.language, what, facts)
        assert any(words in letter.words for letter in self._news), f"{self.name} heard no {words!r}, but {self._news}"
        await self.phone.wait(words)

    def times_heard(self, what: Words, **facts: Any) -> int:
        """From the beginning of the story, what they saw again when they answered not counted."""
        words = in_words(self.language, what, facts)
        return sum(words in letter.words for letter in self.letters.to(self.name) if not letter.asked)

    async def text_with(self, part: str) -> str:
        """The newest message in which this stands."""
        return next(text for text in reversed(await self.phone.texts()) if part in text)

    @property
    def _news(self) -> list[Any]:
        return self.letters.to(self.name)[self._from :]

    async def _does(self, what: str, verb: Awaitable[Screen]) -> None:
        self._from = len(self.letters.to(self.name))
        self.letters.said(self.name, what)
        await verb
        self.letters.names[await self.phone.external()] = self.name
        await self.letters.collect(asked_by=self.name)
