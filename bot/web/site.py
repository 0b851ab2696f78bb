"""What the pages are given by app.py."""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.bell import Bell
from bot.channels.port import Clock, Inbox
from bot.channels.webchat import WebChat
from bot.web.devices import Devices
from bot.web.rates import Buckets
from domain.links import Links

HERE = Path(__file__).parent
# What a database that is away raises; anything else is our own mistake and stays one.
AWAY = (OSError, SQLAlchemyError)


@dataclass(frozen=True, slots=True)
class Phone:
    """A person of the demo: whoever opens /chat?phone=NAME speaks for them. `name` is shown above the phone."""

    external: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Demo:
    """`phones` by resident, leader, official, coordinator.

    advance("day" | "week" | "next") moves the domain's clock through every due moment and drains the turns; it
    returns {"messages": how many went out, "next": datetime | None}. `reset` puts the seeded village back.
    """

    channel: WebChat
    phones: Mapping[str, Phone]
    advance: Callable[[str], Awaitable[Mapping[str, Any]]]
    reset: Callable[[], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Limits:
    """Generous: a whole school may sit behind one IP address."""

    by_ip: Buckets = field(default_factory=lambda: Buckets(burst=300, rate=15))
    # A visitor we have not seen costs a row, and may cost a poll: sixty at once from one address, then one a minute.
    newcomers_of_ip: Buckets = field(default_factory=lambda: Buckets(burst=60, rate=1 / 60))
    by_person: Buckets = field(default_factory=lambda: Buckets(burst=30, rate=2))
    photos: Buckets = field(default_factory=lambda: Buckets(burst=10, rate=0.1))
    # A cookie costs nothing, ten megabytes do: without this one visitor with many cookies fills the disk in an hour.
    files_of_ip: Buckets = field(default_factory=lambda: Buckets(burst=100, rate=0.05))
    cards: Buckets = field(default_factory=lambda: Buckets(burst=20, rate=0.5))  # all together: each takes 0.1 s
    # Numbers of papers that do not exist, for one address: ten at once, then one in ten seconds.
    wrong_codes: Buckets = field(default_factory=lambda: Buckets(burst=10, rate=0.1))
    streams_of_person: int = 8
    streams_of_ip: int = 200
    streams: int = 2000


@dataclass(frozen=True, slots=True)
class Site:
    read: AsyncEngine
    write: AsyncEngine
    inbox: Inbox
    chat: WebChat
    bell: Bell
    clock: Clock
    media: Path
    public_url: str | None = None
    named: Callable[[], Links] = Links  # under which names chats know us, as far as they have told us yet
    timezone: str = "Asia/Tbilisi"
    demo: Demo | None = None
    last_sweep: Callable[[AsyncConnection], Awaitable[datetime | None]] | None = None
    limits: Limits = field(default_factory=Limits)
    devices: Devices = field(default_factory=lambda: Devices(secrets.token_bytes(32)))
    pages: Environment = field(
        default_factory=lambda: Environment(
            loader=FileSystemLoader(HERE / "pages"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
    )

    def links(self) -> Links:
        return replace(self.named(), public_url=self.public_url)

    def today(self) -> date:
        return self.clock.now().astimezone(ZoneInfo(self.timezone)).date()
