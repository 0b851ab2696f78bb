"""A judge of other people's making: the npm package telegram-test-api, repaired from outside where it needs it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aiohttp import ClientSession

from tests.fakes.npm import installed
from tests.fakes.telegram_server import TOKEN
from tests.ports import free_port

HERE = Path(__file__).parent
PACKAGE = "telegram-test-api@4.2.1"
LONGEST = 20.0


@dataclass
class Phone:
    """Writes and taps through the emulator's own client API."""

    session: ClientSession
    address: str
    chat: int
    messages: list[dict[str, Any]] = field(default_factory=list)

    async def start(self, payload: str) -> str:
        entity = {"offset": 0, "length": len("/start"), "type": "bot_command"}
        return await self._do("sendCommand", text=f"/start {payload}", entities=[entity])

    async def send(self, text: str) -> str:
        return await self._do("sendMessage", text=text)

    async def tap(self, label: str) -> str:
        """A button under the newest message that has it, or a key below the chat."""
        for message in reversed(self.messages):
            for button in _buttons(message):
                if label in button["text"] and "callback_data" in button:
                    shown = {"message_id": message["messageId"], "chat": self._chat, "text": message["message"]["text"]}
                    return await self._do("sendCallback", data=button["callback_data"], message=shown)
                if label in button["text"]:
                    return await self.send(button["text"])
        raise AssertionError(f"no button {label!r} under {self.messages}")

    @property
    def _chat(self) -> dict[str, Any]:
        return {"id": self.chat, "type": "private", "first_name": "Nino"}

    async def _do(self, what: str, **body: Any) -> str:
        """Answers the last of the messages that came of it."""
        sender = {"id": self.chat, "is_bot": False, "first_name": "Nino", "language_code": "en"}
        common = {"botToken": TOKEN, "date": int(time.time()), "from": sender, "chat": self._chat}
        await self._post(what, {**common, **body})
        async with asyncio.timeout(LONGEST):
            return await self._answer()

    async def _answer(self) -> str:
        before = len(self.messages)
        while len(self.messages) == before or _is_only_a_tick(self.messages[-1]):
            self.messages += (await self._post("getUpdates", {"token": TOKEN, "chatId": self.chat}))["result"]
            await asyncio.sleep(0.05)
        return str(self.messages[-1]["message"]["text"])

    async def _post(self, what: str, body: dict[str, Any]) -> Any:
        async with self.session.post(f"{self.address}/{what}", json=body) as response:
            return await response.json()


def _buttons(message: dict[str, Any]) -> list[dict[str, Any]]:
    markup = message["message"].get("reply_markup") or {}
    rows = markup.get("inline_keyboard") or markup.get("keyboard") or []
    return [button for row in rows for button in row]


def _is_only_a_tick(message: dict[str, Any]) -> bool:
    """The line that takes a keyboard away: the question comes right behind it."""
    return "remove_keyboard" in (message["message"].get("reply_markup") or {})


@asynccontextmanager
async def telegram_test_api() -> AsyncIterator[str]:
    """Its address. Skips where Node is missing or the package cannot be had; in CI that is a failure."""
    node = await installed(HERE, PACKAGE)
    port = free_port()
    process = await asyncio.create_subprocess_exec(
        node, str(HERE / "telegram_test_api.cjs"), str(port), stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    try:
        assert await process.stdout.readline() == b"ready\n"
        yield f"http://127.0.0.1:{port}"
    finally:
        process.kill()
        await process.communicate()
