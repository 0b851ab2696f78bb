"""The program between the wire and the wire: inbox, worker, and the building of requests; nothing is sent."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from tempfile import TemporaryDirectory
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Dialect, Select, bindparam, func, select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.bench.talks import Talk
from bot.channels.port import Target
from bot.channels.telegram import Telegram
from bot.channels.telegram_parse import keepable
from bot.channels.telegram_request import Request, sending
from bot.clock import Clock
from bot.inbox import Inbox
from bot.turn import Worker
from conversations.message import Outgoing
from storage.compiled import Read
from storage.engine import write_engine
from storage.jsontext import loads, loads_anything
from storage.tables.all import metadata
from storage.tables.people import addresses
from storage.tables.turns import inbox, outbox

POLLED = 100  # updates that one getUpdates brings at most
ZONE = ZoneInfo("Asia/Tbilisi")


class NotAllKept(AssertionError):
    """A bench that loses answers measures nothing."""


class NoFiles:
    """The talks have none."""

    async def known(self, channel: str, media_id: str) -> str | None:
        return None

    async def remember(self, channel: str, media_id: str, ref: str) -> None:
        """Nothing to remember."""

    async def read(self, media_id: str) -> tuple[str, bytes]:
        raise FileNotFoundError(media_id)


def _new_answers(dialect: Dialect) -> Select[Any]:
    query = select(outbox.c.id, outbox.c.payload, addresses.c.external).where(outbox.c.kind == "message")
    query = query.join(addresses, addresses.c.id == outbox.c.address_id).order_by(outbox.c.id)
    return query.where(outbox.c.id > bindparam("after"))


_answers = Read(_new_answers, lambda number, payload, external: (number, payload, external))


@dataclass
class Rig:
    engine: AsyncEngine
    inbox: Inbox
    worker: Worker
    channel: Telegram
    waiting: asyncio.Event
    built: list[Request] = field(default_factory=list)
    last: int = 0

    async def play(self, raws: Sequence[str]) -> None:
        """As fast as they go: what comes in is kept while what is kept is played."""
        feeding = asyncio.create_task(self._feed(raws))
        while True:
            fed = feeding.done()
            if not await self.turn() and fed:
                return await feeding
            await self.waiting.wait()

    async def _feed(self, raws: Sequence[str]) -> None:
        for at in range(0, len(raws), POLLED):
            await self.keep(raws[at : at + POLLED])
        self.waiting.set()

    async def keep(self, raws: Sequence[str]) -> None:
        await self.inbox.keep(self.channel, keepable([loads_anything(raw) for raw in raws]))

    async def turn(self) -> int:
        self.waiting.clear()
        played = await self.worker.batch()
        if played:
            await self._build()
            self.waiting.set()
        return played

    async def _build(self) -> None:
        """The requests of every answer committed since the last time, read back from where they were committed."""
        async with self.engine.connect() as db:
            answers = await _answers(db, after=self.last)
        for number, payload, external in answers:
            self.built += sending(Target(external), Outgoing.from_json(loads(payload)))
            self.last = number

    def take(self) -> list[Request]:
        """What was built since the last time."""
        taken, self.built = self.built, []
        return taken

    async def require_all_kept(self, updates: int, built: int) -> None:
        """Raises NotAllKept."""
        async with self.engine.connect() as db:
            done = await db.scalar(select(func.count()).select_from(inbox).where(inbox.c.status == "done"))
            answers = await db.scalar(select(func.count()).select_from(outbox).where(outbox.c.kind == "message"))
        if (done, answers, built) != (updates, updates, updates):
            raise NotAllKept(f"{updates} updates, but {done} played, {answers} answers kept and {built} replies built")


@asynccontextmanager
async def rig(talk: Talk) -> AsyncIterator[Rig]:
    """On SQLite, every commit on the disk before it is built upon."""
    with TemporaryDirectory() as folder:
        engine = write_engine(f"sqlite+aiosqlite:///{folder}/bench.db")
        channel, clock, waiting = Telegram("1:A", NoFiles()), Clock(), asyncio.Event()
        async with engine.begin() as db:
            await db.run_sync(metadata.create_all)
            await talk.seed(db, clock.now().astimezone(ZONE).date())
        worker = Worker(engine, {channel.name: channel}, talk.registry, clock, ZONE, lambda _addresses: None)
        yield Rig(engine, Inbox(engine, clock, waiting.set), worker, channel, waiting)
        await engine.dispose()
