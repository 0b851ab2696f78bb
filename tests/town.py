"""A whole program in one process, without a network: people write, a worker plays, and their phones show it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.channels.terminal import Terminal
from bot.clock import Clock
from bot.inbox import Inbox
from bot.turn import Worker
from conversations.registry import Registry
from storage.jsontext import loads
from storage.tables.people import addresses
from storage.tables.turns import outbox

TBILISI = ZoneInfo("Asia/Tbilisi")
MONDAY_NOON = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)  # 12:00 in Tbilisi


class StoppedClock(Clock):
    """Stands still until a test moves it."""

    def __init__(self, start: datetime = MONDAY_NOON) -> None:
        self._now = start

    def now(self) -> datetime:
        return self._now

    def move_to(self, moment: datetime) -> None:
        self._now = moment

    def forward(self, by: timedelta) -> None:
        self._now += by


@dataclass
class Town:
    """The engine, the clock, and one terminal for everybody."""

    engine: AsyncEngine
    registry: Registry
    clock: StoppedClock = field(default_factory=StoppedClock)
    channel: Terminal = field(default_factory=Terminal)

    def __post_init__(self) -> None:
        self.inbox = Inbox(self.engine, self.clock, lambda: None)
        self.worker = self.new_worker()
        self._ids = count(1)

    def new_worker(self) -> Worker:
        """Another process: it knows nothing but the database."""
        return Worker(self.engine, {self.channel.name: self.channel}, self.registry, self.clock, TBILISI, lambda: None)

    async def receive(self, name: str, **fields: Any) -> None:
        await self.inbox.keep(self.channel, [{"id": fields.pop("id", next(self._ids)), "from": name, **fields}])

    async def phone(self, name: str, language: str = "en") -> Phone:
        return Phone(self, name, language)


@dataclass
class Shown:
    """One message as it stands on the phone now."""

    seq: int
    text: str
    buttons: list[tuple[str, str]]
    raw: dict[str, Any]


@dataclass
class Phone:
    """One person's phone: send, tap, back; everything it ever showed is in `messages`."""

    town: Town
    name: str
    language: str

    async def send(self, text: str) -> Shown:
        return await self._do(text=text)

    async def start(self, payload: str = "") -> Shown:
        return await self._do(start=payload)

    async def photo(self, ref: str = "photo-1", size: int = 1000) -> Shown:
        return await self._do(media={"kind": "photo", "ref": ref, "size": size, "mime": "image/jpeg"})

    async def location(self, lat: float, lon: float) -> Shown:
        return await self._do(location=[lat, lon])

    async def tap(self, label: str) -> Shown:
        """Presses the newest button whose label contains these words."""
        return await self._do(tap=await self.data(label), callback="c")

    async def back(self) -> Shown:
        return await self.send("/back")

    async def data(self, label: str) -> str:
        for message in reversed(await self.messages()):
            for text, data in message.buttons:
                if label in text:
                    return data
        raise AssertionError(f"{self.name} has no button {label!r}; the phone shows:\n{await self.screen()}")

    async def _do(self, **fields: Any) -> Shown:
        await self.town.receive(self.name, language=self.language, **fields)
        await self.town.worker.drain()
        return await self.last()

    async def last(self) -> Shown:
        return (await self.messages())[-1]

    async def messages(self) -> list[Shown]:
        """What the phone shows: edits replace, closed questions have lost their buttons."""
        shown: dict[int, Shown] = {}
        for seq, raw in await self._rows():
            if raw.get("closes") in shown:
                shown[raw["closes"]].buttons = []
            buttons = [(text, data) for row in raw.get("rows", ()) for text, data, _kind in row]
            at = raw.get("edits") or seq
            shown[at] = Shown(at, raw["text"], buttons, raw)
        return list(shown.values())

    async def _rows(self) -> list[tuple[int, dict[str, Any]]]:
        query = select(outbox.c.seq, outbox.c.payload).join(addresses, addresses.c.id == outbox.c.address_id)
        query = query.where(addresses.c.external == self.name, outbox.c.kind == "message").order_by(outbox.c.seq)
        async with self.town.engine.connect() as db:
            return [(seq, loads(payload)) for seq, payload in await db.execute(query)]

    async def texts(self) -> list[str]:
        return [message.text for message in await self.messages()]

    async def screen(self) -> str:
        last = (await self.messages())[-1:]
        return "\n".join(f"{m.text}\n{[text for text, _data in m.buttons]}" for m in last)
