"""The only wiring: engines, clock, channels and the parts of the program are made here and handed down."""

from __future__ import annotations

import asyncio
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine
from starlette.applications import Starlette
from starlette.routing import BaseRoute

from bot.bell import Bell, LocalBell, PostgresBell
from bot.channels.port import Channel
from bot.channels.telegram import Telegram
from bot.channels.viber import Viber
from bot.channels.viber_api import Api as ViberApi
from bot.channels.webchat import WebChat
from bot.clock import Clock
from bot.errors import OperatorError
from bot.greeting import Greeter
from bot.inbox import Inbox
from bot.jobs import Jobs
from bot.media_links import MediaLinks, Signature
from bot.outbox import Sender
from bot.secret import derived, secret_key
from bot.settings import Settings
from bot.shelf import MediaFolder
from bot.turn import Worker
from bot.web import open_media, telegram_hook, viber_hook
from bot.web.app import build as build_site
from bot.web.devices import Devices
from bot.web.site import Demo, Site
from bot.workshop import Workshop
from conversations.catalogue import everything
from domain.links import Links
from scheduler.clockwork import sweep
from scheduler.jobs import Job
from scheduler.table import table
from storage import sweeps
from storage.engine import is_sqlite, read_engine, write_engine

# What the roles call one another by, where they are processes of their own.
TURNS, LETTERS = "turns", "letters"


@dataclass
class App:
    """Everything a role may need; nothing runs yet."""

    settings: Settings
    clock: Clock
    write: AsyncEngine
    read: AsyncEngine
    bell: Bell
    channels: dict[str, Channel]
    telegram: Telegram | None
    viber: Viber | None
    web: WebChat
    links: Links
    secret: str
    demo: Demo | None = None
    turns: asyncio.Event = field(default_factory=asyncio.Event)
    work: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self.inbox = Inbox(self.write, self.clock, self._came)
        self.sender = Sender(self.write, self.sent, alone=is_sqlite(self.settings.database_url))
        self.worker = Worker(
            self.write, self.channels, everything(), self.clock, self.settings.zone, self._written, self.links
        )
        jobs = Jobs(self.write, self.channels, self.clock, self.settings.media_dir, self.settings.zone)
        self.workshop = Workshop(self.write, self.clock, jobs.all(), self._came)
        self.jobs: tuple[Job, ...] = table(self.secret)

    @property
    def sent(self) -> dict[str, Channel]:
        """The channels whose messages are sent; those of the web chat are read."""
        return {name: channel for name, channel in self.channels.items() if channel in (self.telegram, self.viber)}

    def _came(self) -> None:
        self.turns.set()
        self.bell.ring(TURNS)

    def _written(self, addresses: Collection[int]) -> None:
        self.sender.wake()
        self.work.set()
        self.bell.ring(LETTERS, *(f"address:{address}" for address in addresses))

    async def sweep(self, job: Job) -> int:
        found = await sweep(self.write, job, self.clock.now(), self.settings.zone)
        if found:
            self._came()
        return found

    def site(self) -> Starlette:
        site = Site(
            read=self.read,
            write=self.write,
            inbox=self.inbox,
            chat=self.web,
            bell=self.bell,
            clock=self.clock,
            media=self.settings.media_dir,
            public_url=self.settings.public_url,
            named=lambda: self.worker.links,
            timezone=self.settings.timezone,
            demo=self.demo,
            last_sweep=_last_sweep,
            devices=Devices(derived(self.secret, "web devices").encode()),
        )
        return build_site(site, self._hooks())

    @property
    def hooked(self) -> bool:
        """Whether Telegram calls us; else we ask."""
        return self.settings.public_url is not None

    def telegram_secret(self) -> str:
        """What Telegram must show when it calls: given, or made from our own secret."""
        given = self.settings.telegram_secret
        return given.get_secret_value() if given else derived(self.secret, "telegram webhook")

    def _hooks(self) -> list[BaseRoute]:
        hooks: list[BaseRoute] = []
        if self.telegram is not None and self.hooked:
            hooks.append(telegram_hook.route(self.telegram, self.inbox, self.telegram_secret()))
        if self.viber is not None:
            hooks.append(viber_hook.route(self._viber_office(self.viber)))
            hooks.append(open_media.route(self.read, self.settings.media_dir, _signature(self.secret)))
        return hooks

    def _viber_office(self, viber: Viber) -> viber_hook.Office:
        greeter = Greeter(self.write, self.worker, self.clock, viber)
        return viber_hook.Office(viber, self.inbox, self.write, greeter, self.clock, lambda: self._written(()))

    async def close(self) -> None:
        if self.telegram is not None:
            await self.telegram.close()
        if self.viber is not None:
            await self.viber.close()
        await self.write.dispose()
        await self.read.dispose()


async def _last_sweep(db: AsyncConnection) -> datetime | None:
    return await sweeps.last(db)


def build(settings: Settings, *, demo: Demo | None = None, clock: Clock | None = None) -> App:
    """Opens nothing: engines connect when they are first used."""
    url = settings.database_url
    write = write_engine(url)
    web = demo.channel if demo else WebChat("web", settings.media_dir)
    secret = secret_key(settings)
    telegram, viber = _telegram(settings, write), _viber(settings, write, secret)
    channels: dict[str, Channel] = {web.name: web}
    channels |= {channel.name: channel for channel in (telegram, viber) if channel is not None}
    return App(
        settings=settings,
        clock=clock or Clock(settings.now),
        write=write,
        read=read_engine(url),
        bell=LocalBell() if is_sqlite(url) else PostgresBell(_dsn(url)),
        channels=channels,
        telegram=telegram,
        viber=viber,
        web=web,
        links=Links(None, settings.public_url or (settings.local if telegram is None and viber is None else None)),
        secret=secret,
        demo=demo,
    )


def _telegram(settings: Settings, engine: AsyncEngine) -> Telegram | None:
    if settings.telegram_token is None:
        return None
    shelf = MediaFolder(engine, settings.media_dir)
    token = settings.telegram_token.get_secret_value()
    return Telegram(token, shelf, address=settings.telegram_api, rate=settings.telegram_rate)


def _viber(settings: Settings, engine: AsyncEngine, secret: str) -> Viber | None:
    if settings.viber_token is None:
        return None
    if settings.public_url is None:
        raise OperatorError("MRGVALI_VIBER_TOKEN needs MRGVALI_PUBLIC_URL: Viber calls us and fetches pictures there.")
    links = MediaLinks(engine, settings.media_dir, settings.public_url, _signature(secret))
    token = settings.viber_token.get_secret_value()
    return Viber(token, links, api=ViberApi(token, settings.viber_api))


def _signature(secret: str) -> Signature:
    return Signature(derived(secret, "open media").encode())


def _dsn(url: str) -> str:
    return url.replace("postgresql+asyncpg://", "postgresql://", 1)
