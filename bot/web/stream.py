"""Server-sent events of the chat: every message once and in order, whatever happens to the connection.

An event's id is the message's seq. The browser gives the last one back when it returns (Last-Event-ID).
"""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any

import locales
from bot.web.refusals import Refusal
from bot.web.session import Speaker
from bot.web.site import AWAY, Site
from bot.web.words import chat_words
from storage import stream

HEARTBEAT = 15.0
POLL = 2.0
EVERYBODY = "*"
# Before the first message was played nothing is known that could be rung.
POLL_OF_STRANGER = 0.25


@dataclass(slots=True)
class Place:
    """Where one client stands: the last seq it has, and the language of its page."""

    after: int
    language: str
    address_id: int | None = None


class Streams:
    def __init__(self, site: Site) -> None:
        self._site = site
        self._open: Counter[str] = Counter()

    @contextmanager
    def _room(self, speaker: Speaker, ip: str) -> Iterator[None]:
        """One visitor cannot hold all our connections."""
        names = (EVERYBODY, speaker.name, f"ip:{ip}")
        self._open.update(names)
        try:
            yield
        finally:
            self._open.subtract(names)
            self._open += Counter()  # drops the zeros

    def check_room(self, speaker: Speaker, ip: str) -> None:
        limits = self._site.limits
        if self._open[EVERYBODY] >= limits.streams:
            raise Refusal(503, "later", after=30)
        if self._open[speaker.name] >= limits.streams_of_person or self._open[f"ip:{ip}"] >= limits.streams_of_ip:
            raise Refusal(429, "too_many", after=30)

    async def events(self, speaker: Speaker, ip: str, place: Place) -> AsyncIterator[str]:
        bell, beat = self._site.bell, _Beat()
        with ExitStack() as open_now:
            open_now.enter_context(self._room(speaker, ip))
            ear = open_now.enter_context(bell.listen(f"visitor:{speaker.name}"))
            yield "retry: 1000\n\n"
            while not bell.closed:
                stranger = place.address_id is None
                events = await self._look(speaker, place)
                for event in events:
                    yield event
                if stranger and place.address_id is not None:
                    open_now.enter_context(bell.listen(f"address:{place.address_id}", ear))
                elif not events:  # else look again at once: there may be more
                    if beat.due():
                        yield beat.event()
                    await ear.wait(POLL_OF_STRANGER if stranger else POLL)

    async def _look(self, speaker: Speaker, place: Place) -> list[str]:
        """What is new. While the database is away: nothing, and the client stays."""
        try:
            async with self._site.read.connect() as db:
                reader = await stream.reader(db, channel=speaker.channel.name, external=speaker.external)
                if reader is None:
                    return []
                after = max(place.after, reader.hidden_to)
                messages = await stream.written(db, address_id=reader.address_id, after=after)
        except AWAY:
            return []
        place.address_id = reader.address_id
        return _new_language(reader.language, place) + _new_messages(messages, place)


class _Beat:
    """A comment when it is time, so that no proxy takes a silent line for dead."""

    def __init__(self) -> None:
        self._last = asyncio.get_running_loop().time()

    def due(self) -> bool:
        return asyncio.get_running_loop().time() - self._last >= HEARTBEAT

    def event(self) -> str:
        self._last = asyncio.get_running_loop().time()
        return ": still here\n\n"


def _new_messages(messages: list[dict[str, Any]], place: Place) -> list[str]:
    if messages:
        place.after = messages[-1]["seq"]
    return [f"id: {message['seq']}\ndata: {json.dumps(message, ensure_ascii=False)}\n\n" for message in messages]


def _new_language(language: str | None, place: Place) -> list[str]:
    """The person chose another language in the talk: the page's own words follow."""
    if language is None or language == place.language or language not in locales.LANGUAGES:
        return []
    place.language = language
    with locales.use(language):
        words = {"lang": language, "words": chat_words()}
    return [f"event: words\ndata: {json.dumps(words, ensure_ascii=False)}\n\n"]
