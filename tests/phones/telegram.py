"""A phone with Telegram, on the local Bot API server."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from tests.fakes.telegram_chats import Message
from tests.fakes.telegram_server import Server, User
from tests.phones.phone import Screen

LONGEST = 15.0  # seconds until a story gives up
QUIET = 0.2  # nothing more is on its way


@dataclass
class TelegramPhone:
    user: User

    @classmethod
    def of(cls, server: Server, user_id: int, language: str = "ka") -> TelegramPhone:
        return cls(server.user(user_id, language))

    async def start(self, payload: str = "") -> Screen:
        before = self._heard
        self.user.start(payload)
        return await self._answered(before)

    async def send(self, text: str) -> Screen:
        before = self._heard
        self.user.send(text)
        return await self._answered(before)

    async def tap(self, label: str) -> Screen:
        await self._until(lambda: self._shows(label), f"a button {label!r}")
        before = self._heard
        self.user.tap(label)
        return await self._answered(before)

    async def photo(self, content: bytes) -> Screen:
        before = self._heard
        self.user.photo(content)
        return await self._answered(before)

    async def document(self, name: str, content: bytes) -> Screen:
        before = self._heard
        self.user.document(name, content)
        return await self._answered(before)

    async def location(self, lat: float, lon: float) -> Screen:
        before = self._heard
        self.user.location(lat, lon)
        return await self._answered(before)

    async def last(self) -> Screen:
        shown = self._shown()
        return Screen(shown[-1].text, self._buttons(shown[-1])) if shown else Screen("", [])

    async def texts(self) -> list[str]:
        return [message.text for message in self._shown()]

    async def wait(self, part: str) -> Screen:
        await self._until(lambda: any(part in message.text for message in self._shown()), repr(part))
        return await self.last()

    @property
    def _heard(self) -> int:
        return self.user.chat.heard

    def _shown(self) -> list[Message]:
        return self.user.chat.from_bot()

    def _buttons(self, message: Message) -> list[str]:
        return [button["text"] for button in message.buttons] + self.user.keys()

    def _shows(self, label: str) -> bool:
        return any(label in words for message in self._shown() for words in self._buttons(message))

    async def _answered(self, before: int) -> Screen:
        """Once something came after what was there, and nothing more is on its way for a moment."""
        await self._until(lambda: self._heard > before, "an answer")
        seen = -1
        while seen != (seen := self._heard):
            while await self.user.server.change(QUIET):
                pass
        return await self.last()

    async def _until(self, happened: Callable[[], bool], what: str) -> None:
        until = time.monotonic() + LONGEST
        while not happened():
            if time.monotonic() > until:
                raise AssertionError(f"{what} never came; the phone shows {await self.last()}")
            await self.user.server.change(0.1)
