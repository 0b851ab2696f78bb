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


TELEGRAM, VIBER, WEB = "telegram:1", "viber:1", "web"
ELSEWHERE = {name: Terminal(name) for name in (TELEGRAM, VIBER, WEB)}  # as the program sees them


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
    """The engine, the clock, and one terminal for everybody who is on no other channel."""

    engine: AsyncEngine
    registry: Registry
    clock: StoppedClock = field(default_factory=StoppedClock)
    channel: Terminal = field(default_factory=Terminal)
    links: Links = field(default_factory=lambda: Links("mrgvali_bot", "https://mrgvali.example.ge"))

    def __post_init__(self) -> None:
        self.inbox = Inbox(self.engine, self.clock, lambda: None)
        self.worker = self.new_worker()
        self._ids = count(1)
        self._on: dict[str, Terminal] = {}

    def new_worker(self, engine: AsyncEngine | None = None) -> Worker:
        """Another process: it knows nothing but the database."""
        channels = {channel.name: channel for channel in (self.channel, *ELSEWHERE.values())}
        return Worker(
            engine or self.engine, channels, self.registry, self.clock, TBILISI, lambda _addresses: None, self.links
        )

    async def receive(self, name: str, **fields: Any) -> None:
        channel = self._on.get(name, self.channel)
        await self.inbox.keep(channel, [{"id": fields.pop("id", next(self._ids)), "from": name, **fields}])

    async def phone(self, name: str, language: str = "en", channel: str | None = None) -> Phone:
        if channel in ELSEWHERE:
            self._on[name] = ELSEWHERE[channel]
        return Phone(self, name, language)
