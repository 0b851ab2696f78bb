"""A whole program in one process, without a network: people write, a worker plays, and their phones show it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncEngine

from bot.channels.terminal import Terminal
from bot.clock import Clock
from bot.inbox import Inbox
from bot.phone import Phone, Shown
from bot.turn import Worker
from conversations.registry import Registry
from domain.links import Links

__all__ = ["MONDAY_NOON", "TBILISI", "Phone", "Shown", "StoppedClock", "Town"]

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
    links: Links = field(default_factory=lambda: Links("mrgvali_bot", "https://mrgvali.example.ge"))

    def __post_init__(self) -> None:
        self.inbox = Inbox(self.engine, self.clock, lambda: None)
        self.worker = self.new_worker()
        self._ids = count(1)

    def new_worker(self, engine: AsyncEngine | None = None) -> Worker:
        """Another process: it knows nothing but the database."""
        channels = {self.channel.name: self.channel}
        return Worker(
            engine or self.engine, channels, self.registry, self.clock, TBILISI, lambda _addresses: None, self.links
        )

    async def receive(self, name: str, **fields: Any) -> None:
        await self.inbox.keep(self.channel, [{"id": fields.pop("id", next(self._ids)), "from": name, **fields}])

    async def phone(self, name: str, language: str = "en") -> Phone:
        return Phone(self, name, language)
