"""Telegram's raw updates straight into the inbox, and what the person then reads."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

from bot.channels.port import Raw
from bot.channels.telegram import Telegram
from bot.channels.telegram_api import Api
from bot.channels.telegram_parse import keepable
from bot.phone import Phone, Shown
from bot.shelf import MediaFolder
from tests.town import Town

TOKEN = "123456:a-token-that-nobody-may-read"
BOT = {"id": 123456, "is_bot": True, "first_name": "Mrgvali", "username": "mrgvali_bot"}
FORWARDED = {"type": "user", "date": 1, "sender_user": {"id": 5, "is_bot": False, "first_name": "Vano"}}


@dataclass
class TelegramDoor:
    """Every update as Telegram sends it; nothing goes out, so the phone is read from the outbox."""

    town: Town
    telegram: Telegram
    _ids: Any = field(default_factory=lambda: count(1000))

    @classmethod
    def into(cls, town: Town, api: Api, folder: Path) -> TelegramDoor:
        telegram = Telegram(TOKEN, MediaFolder(town.engine, folder), api=api)
        town.worker.channels = {**town.worker.channels, telegram.name: telegram}
        return cls(town, telegram)

    async def take(self, *updates: Raw) -> None:
        """One batch, kept and played."""
        await self.town.inbox.keep(self.telegram, keepable(list(updates)))
        await self.town.worker.drain()

    def user(self, number: int = 77, language: str = "en") -> TelegramUser:
        return TelegramUser(self.town, str(number), language, self, number)

    def update(self, kind: str, content: Any) -> Raw:
        return {"update_id": next(self._ids), kind: content}


@dataclass
class TelegramUser(Phone):
    """Somebody's phone, whose messages are raw updates."""

    door: TelegramDoor
    number: int

    @property
    def who(self) -> dict[str, Any]:
        return {"id": self.number, "is_bot": False, "first_name": "Nino", "language_code": self.language}

    @property
    def chat(self) -> dict[str, Any]:
        return {"id": self.number, "type": "private", "first_name": "Nino"}

    def message(self, kind: str = "message", **fields: Any) -> Raw:
        return self.door.update(kind, {"message_id": 3, "date": 1, "chat": self.chat, "from": self.who, **fields})

    def pressed(self, data: str, **fields: Any) -> Raw:
        shown = {"message_id": 2, "date": 1, "chat": self.chat, "from": BOT, "text": "?"}
        query = {"id": "c", "from": self.who, "chat_instance": "i", "message": shown, "data": data, **fields}
        return self.door.update("callback_query", query)

    async def act(self, **fields: Any) -> Shown:
        """The verbs of every phone, in Telegram's words."""
        match fields:
            case {"tap": data}:
                await self.door.take(self.pressed(data))
            case {"start": payload}:
                await self.door.take(self.message(text=f"/start {payload}".strip()))
            case _:
                await self.door.take(self.message(**fields))
        return await self.last()
