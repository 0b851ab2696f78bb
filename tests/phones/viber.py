"""A phone with Viber, on the local server: the last keyboard that came is the only one, and it may have pages."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from tests.fakes.viber_files import Files
from tests.fakes.viber_server import Body, Server, Shown, User
from tests.phones.phone import Screen

LONGEST = 15.0  # seconds until a story gives up
QUIET = 0.2  # nothing more is on its way
PAGES = 12


@dataclass
class ViberPhone:
    """`files` is where Viber keeps what people send."""

    user: User
    files: Files

    @classmethod
    def of(cls, server: Server, files: Files, name: str, language: str = "ka") -> ViberPhone:
        return cls(server.phone(name, language), files)

    async def start(self, payload: str = "") -> Screen:
        before = self._heard
        self.user.start(payload or None)
        return await self._answered(before)

    async def send(self, text: str) -> Screen:
        before = self._heard
        self.user.send(text)
        return await self._answered(before)

    async def tap(self, label: str) -> Screen:
        button = await self._button(label)
        before = self._heard
        self.user.press(button)
        return await self._answered(before)

    async def photo(self, content: bytes) -> Screen:
        before = self._heard
        self.user.picture(self.files.keep("photo.jpg", content))
        return await self._answered(before)

    async def document(self, name: str, content: bytes) -> Screen:
        before = self._heard
        self.user.file(self.files.keep(name, content), name, len(content))
        return await self._answered(before)

    async def location(self, lat: float, lon: float) -> Screen:
        before = self._heard
        self.user.location(lat, lon)
        return await self._answered(before)

    async def last(self) -> Screen:
        shown = self._shown()
        return Screen(shown[-1].text, self.user.labels()) if shown else Screen("", [])

    async def texts(self) -> list[str]:
        return [shown.text for shown in self._shown()]

    async def wait(self, part: str) -> Screen:
        await self._until(lambda: any(part in shown.text for shown in self._shown()), repr(part))
        return await self.last()

    async def _button(self, label: str) -> Body:
        """On this page of the keyboard, or on one that is turned to."""
        for _page in range(PAGES):
            for button, words in zip(self.user.phone.keyboard, self.user.labels(), strict=True):
                if label in words:
                    return button
            turn = [button for button in self.user.phone.keyboard if ":page:" in button["ActionBody"]]
            if not turn:
                break
            before = self._heard
            self.user.press(turn[-1])
            await self._answered(before)
        raise AssertionError(f"there is no button {label!r}; the phone shows {await self.last()}")

    @property
    def _heard(self) -> int:
        return self.user.phone.heard

    def _shown(self) -> list[Shown]:
        return self.user.phone.shown

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
