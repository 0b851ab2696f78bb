"""The program as it is served: all in one on SQLite; web, worker, sender and clock apart on PostgreSQL."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pydantic import SecretStr
from sqlalchemy import exists, or_, select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot import serve
from bot.app import TURNS, App, build
from bot.bell import PostgresBell
from bot.outbox import Sender
from bot.serve import Role
from bot.settings import Settings
from scheduler.jobs import Job
from storage import queue
from storage.engine import is_sqlite
from storage.tables.turns import inbox, outbox, work
from tests.fakes.telegram_server import TOKEN
from tests.fakes.viber_server import TOKEN as VIBER_TOKEN
from tests.ports import free_port
from tests.telegram_town import UNHURRIED
from tests.town import StoppedClock

SERVING = (Role.WEB, Role.WORKER, Role.SENDER)  # the clock's sweeps are started by the story itself
STILL = 0.02  # seconds between two looks whether anything is under way
LONGEST = 20.0


@dataclass
class Program:
    """Everything runs; `days` is the role whose clock the story moves."""

    settings: Settings
    clock: StoppedClock
    days: App

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.settings.port}"

    @property
    def engine(self) -> AsyncEngine:
        return self.days.read

    async def settle(self) -> None:
        """Returns when nothing waits to be played, done or sent."""
        async with asyncio.timeout(LONGEST):
            while await self._busy():  # noqa: ASYNC110 what another process writes has no event
                await asyncio.sleep(STILL)

    async def _busy(self) -> bool:
        due = or_(inbox.c.due_at.is_(None), inbox.c.due_at <= self.clock.now())
        waits = (
            exists().where(inbox.c.status == "new", due),
            exists().where(work.c.status.in_(("new", "doing"))),
            exists().where(outbox.c.status.in_(("pending", "sending"))),
        )
        async with self.engine.connect() as db:  # one look at all three: what leaves one goes into another
            return bool((await db.execute(select(or_(*waits)))).scalar())

    async def pass_to(self, until: datetime) -> AsyncIterator[datetime]:
        """Stands still at each moment at which something comes due by itself, then at the end; all sweeps are run."""
        while True:
            moments = await self._moments()
            ahead = [each for each in moments.values() if each is not None and self.clock.now() < each <= until]
            if not ahead:
                break
            moment = min(ahead)
            await self._stand_at(moment, [job for job in self.days.jobs if moments[job.name] == moment])
            yield moment
        await self._stand_at(until, self.days.jobs)
        yield until

    async def _moments(self) -> dict[str, datetime | None]:
        """When each sweep, and each message that was put off, comes due."""
        now = self.clock.now()
        async with self.engine.connect() as db:
            due = {job.name: await job.next_due(db, now, self.settings.zone) for job in self.days.jobs}
            return {**due, "": await queue.next_due(db)}

    async def _stand_at(self, moment: datetime, jobs: Sequence[Job]) -> None:
        self.clock.move_to(moment)
        for job in jobs:
            await self.days.sweep(job)
        if not jobs:  # only a message that was put off: no sweep calls the workers
            self.days.bell.ring(TURNS)
            self.days.turns.set()
        await self.settle()


@asynccontextmanager
async def program(
    database_url: str,
    media: Path,
    *,
    telegram_api: str | None = None,
    viber_api: str | None = None,
    public: bool = False,
) -> AsyncIterator[Program]:
    """`public`: the program knows its own address, so Telegram calls it and its links lead to the web chat."""
    settings, clock = _settings(database_url, media, telegram_api, viber_api, public), StoppedClock()
    one = is_sqlite(database_url)
    apps = [_app(settings, clock) for _each in (*SERVING, Role.CLOCK)][: 1 if one else None]
    async with AsyncExitStack() as stack:
        for app in apps:
            stack.push_async_callback(app.close)
            if isinstance(app.bell, PostgresBell):
                await stack.enter_async_context(app.bell)
        played = [(apps[0], role) for role in SERVING] if one else list(zip(apps, SERVING, strict=False))
        await stack.enter_async_context(_serving(played))
        await _reachable(settings.port)
        yield Program(settings, clock, apps[-1])


def _settings(
    database_url: str, media: Path, telegram_api: str | None, viber_api: str | None, public: bool
) -> Settings:
    port = free_port()
    settings = Settings(
        database_url=database_url,
        port=port,
        public_url=f"http://127.0.0.1:{port}" if public else None,
        media_dir=media,
        secret_key=SecretStr("a secret for one story"),
        telegram_rate=1000.0,
    )
    return settings.model_copy(
        update={
            "telegram_token": SecretStr(TOKEN) if telegram_api else None,
            "telegram_api": telegram_api,
            "viber_token": SecretStr(VIBER_TOKEN) if viber_api else None,
            "viber_api": viber_api,
        }
    )


def _app(settings: Settings, clock: StoppedClock) -> App:
    """Its sender is unhurried: a story taps faster than people do."""
    app = build(settings, clock=clock)
    app.sender = Sender(app.write, app.sent, alone=is_sqlite(settings.database_url), chat=UNHURRIED)
    return app


@asynccontextmanager
async def _serving(played: list[tuple[App, Role]]) -> AsyncIterator[None]:
    """As `mrgvali serve` does it, until the end of the story in place of SIGTERM."""
    stop = asyncio.Event()
    parts = [asyncio.create_task(part) for app, role in played for part in serve._parts(app, role, stop)]
    try:
        yield
    finally:
        stop.set()
        for app, _role in played:
            app.bell.close()
            app.sender.stop()
            app.turns.set()
            app.work.set()
        await asyncio.gather(*parts)


async def _reachable(port: int) -> None:
    async with asyncio.timeout(LONGEST):
        while True:
            try:
                _reader, writer = await asyncio.open_connection("127.0.0.1", port)
            except OSError:
                await asyncio.sleep(STILL)
                continue
            writer.close()
            return await writer.wait_closed()
