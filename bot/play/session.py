"""`mrgvali play`: a conversation in the terminal; at the end it is a test."""

from __future__ import annotations

import asyncio
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO

from bot.errors import OperatorError
from bot.phone import Phone
from bot.play.script import PHOTO, PLACE, SEND, TAP, Script, Step, meaning
from bot.play.stage import Stage, playable, player, stage
from conversations.catalogue import everything
from locales import LANGUAGES

SPOT = (41.5931, 44.5017)  # somewhere in the sample municipality
HOW = (
    "A number presses a button, and in quotes it is written; photo, place, /back, /cancel and /menu work; "
    "quit ends it; all else is written."
)
QUIT = "quit"


async def play(
    conversation: str, *, language: str, who: str | None, out: Path | None, source: TextIO, screen: TextIO
) -> None:
    registry = everything()
    if conversation not in playable(registry):
        raise OperatorError(f'"{conversation}" cannot be played. These can: {", ".join(playable(registry))}.')
    if language not in LANGUAGES:
        raise OperatorError(f'"{language}" is not spoken here. These are: {", ".join(LANGUAGES)}.')
    who = who or player(registry[conversation])
    with tempfile.TemporaryDirectory() as folder:
        async with stage(Path(folder), language) as village:
            script = await Session(village, Script(conversation, language, who), source, screen).run()
    if out is not None:
        script.write(out)
    screen.write(f"\n# As a test:\n\n{script.as_test()}")


@dataclass
class Session:
    """Shows what the phone shows, and does what is typed, until the conversation has ended."""

    village: Stage
    script: Script
    source: TextIO
    screen: TextIO
    buttons: list[tuple[str, str, str]] = field(default_factory=list)  # label, what it carries, its kind
    seen: dict[int, str] = field(default_factory=dict)

    async def run(self) -> Script:
        self.screen.write(f"{HOW}\n")
        phone = await self.village.begin(self.script.conversation, self.script.who)
        self.script.asks = await self._asked(phone)
        asks = self.script.asks
        while asks is not None and (typed := await self._typed()) not in (None, QUIT):
            step = await self._do(phone, typed or "")
            if step is not None:
                asks = await self._asked(phone)
                self.script.steps.append(Step(step.does, step.what, asks, step.label))
        return self.script

    async def _asked(self, phone: Phone) -> str | None:
        await self._show(phone)
        return await self.village.pending(self.script.who)

    async def _show(self, phone: Phone) -> None:
        """What is new on the phone, or was changed; only the buttons that can be pressed now have numbers."""
        for message in await phone.messages():
            if self.seen.get(message.seq) != (shown := str(message.raw)):
                self.seen[message.seq] = shown
                self.screen.write(f"\n{message.text}\n")
                buttons = [(label, data, kind) for row in message.raw.get("rows", ()) for label, data, kind in row]
                self.buttons = buttons or self.buttons
                for number, (label, _data, _kind) in enumerate(buttons, start=1):
                    self.screen.write(f"  [{number}] {label}\n")

    async def _typed(self) -> str | None:
        """None at the end of the input. An empty line is nothing."""
        while True:
            self.screen.write("> ")
            self.screen.flush()
            line = await asyncio.to_thread(self.source.readline)
            if not line:
                return None
            if line.strip():
                return line.strip()

    async def _do(self, phone: Phone, typed: str) -> Step | None:
        if typed.isdecimal() and self.buttons:
            return await self._press(phone, int(typed))
        if typed == PHOTO:
            await phone.photo()
            return Step(PHOTO, "", None)
        if typed == PLACE:
            return await self._place(phone)
        if typed.strip('"').isdecimal():
            typed = typed.strip('"')
        await phone.send(typed)
        return Step(SEND, typed, None)

    async def _press(self, phone: Phone, number: int) -> Step | None:
        if not 1 <= number <= len(self.buttons):
            self.screen.write(f"There are buttons 1 to {len(self.buttons)}.\n")
            return None
        label, data, kind = self.buttons[number - 1]
        if kind == "location":
            return await self._place(phone)
        await phone.act(tap=data, callback="c")
        return Step(TAP, meaning(data), None, label)

    async def _place(self, phone: Phone) -> Step:
        await phone.location(*SPOT)
        return Step(PLACE, ", ".join(map(str, SPOT)), None)
