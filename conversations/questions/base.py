"""What every kind of question has: a key, words, a hint, and buttons that know their run."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations import tap
from conversations.message import Button, Incoming
from conversations.questions.option import Option, Options, Words

Open = Callable[[], Awaitable[AsyncConnection]]


@dataclass(slots=True)
class Base:
    """`open` gives the turn's own connection; nothing is read before a question is shown or answered."""

    key: str
    run: int
    text: Words
    open: Open
    hint: Words | None = None
    optional: bool | str = False

    async def words(self) -> str:
        text = await self._read(self.text)
        return f"{text}\n\n{await self._read(self.hint)}" if self.hint else text

    async def _read(self, words: Words | None) -> str:
        if words is None or isinstance(words, str):
            return words or ""
        return await words(await self.open())

    async def choices(self, options: Options) -> Sequence[Option]:
        return await options(await self.open()) if callable(options) else options

    def button(self, label: str, value: str | int) -> Button:
        return Button(label, tap.data(self.run, self.key, value))

    def tapped(self, message: Incoming) -> str | None:
        """The value of the button that was pressed, when it is a button of this question."""
        pressed = tap.read(message.tap) if message.tap else None
        if pressed is None or pressed.run != self.run or pressed.key != self.key:
            return None
        return pressed.value

    def describe(self, value: Any) -> str | None:
        return str(value)
