"""A person's phone as a story uses it, whatever channel it is on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Screen:
    """The newest message and all buttons that can be pressed under it."""

    text: str
    buttons: list[str]


class Phone(Protocol):
    """Each verb waits until the program has answered; `tap` presses the newest button with these words in it."""

    async def start(self, payload: str = "") -> Screen: ...

    async def send(self, text: str) -> Screen: ...

    async def tap(self, label: str) -> Screen: ...

    async def photo(self, content: bytes) -> Screen: ...

    async def document(self, name: str, content: bytes) -> Screen: ...

    async def location(self, lat: float, lon: float) -> Screen: ...

    async def last(self) -> Screen: ...

    async def texts(self) -> list[str]: ...

    async def wait(self, part: str) -> Screen:
        """Waits until a message with these words is on the phone."""
