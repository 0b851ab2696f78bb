"""One trial: a crowd talks to the program while it is killed at random moments; at the end everything is counted."""

from __future__ import annotations

import asyncio
import random
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncEngine

from conversations.catalogue import everything
from storage import migrate
from storage.engine import is_sqlite, read_engine, write_engine
from storage.tables.roles import roles
from storage.tables.turns import inbox, outbox
from tests.fakes.telegram_server import telegram_server
from tests.kill.crowd import Crowd
from tests.kill.figures import Figures, Kill
from tests.kill.kept import compare
from tests.kill.program import ONE, SENDERS, Program
from tests.kill.witness import WatchedServer
from tests.stories.valley import Valley
from tests.town import StoppedClock, Town

PATIENCE = 30.0  # seconds of silence
LEASED = 70.0  # seconds more until somebody else sends what a dead sender had in hand
HASTE = 0.4  # seconds at most between the update that makes a kill due and the kill


@dataclass(frozen=True, slots=True)
class Plan:
    """What is done to the program. `impatient`: a dead sender's lease ends at once, as if its minute had passed."""

    seed: int
    kills: int
    updates: int = 5000
    at_once: int = 60
    roles: tuple[str, ...] = ONE
    webhook: bool = False
    impatient: bool = False
    viber: str | None = None  # where Viber is, if people talk there too; it needs the webhook


@dataclass
class Trial:
    """The processes run; `kills` grows."""

    plan: Plan
    program: Program
    server: WatchedServer
    engine: AsyncEngine
    chance: random.Random
    crowd: Crowd
    kills: list[Kill] = field(default_factory=list)
    began: float = field(default_factory=time.monotonic)
    _orphaned: set[tuple[Any, ...]] = field(default_factory=set)  # what the sender before had in hand when it died

    @property
    def patience(self) -> float:
        """On SQLite the next sender is alone and takes everything up at once."""
        return PATIENCE if self.plan.impatient or is_sqlite(self.program.database_url) else PATIENCE + LEASED

    async def run(self) -> Figures:
        async with asyncio.TaskGroup() as group:
            killing = group.create_task(self._kill_at_random())
            if not await self.crowd.talk(self.patience):
                killing.cancel()
        return await self.end()

    async def end(self) -> Figures:
        """Once nothing is under way any more, or nothing moves."""
        until = time.monotonic() + self.patience
        while time.monotonic() < until and (self.server.undelivered or await self._under_way()):  # noqa: ASYNC110
            await asyncio.sleep(0.1)
        codes = await self.program.stop()
        async with self.engine.connect() as db:
            kept = await compare(db, self.server, self.crowd.residents)
        repeats = Counter((self._blamed(life), chat) for life, chat in self.server.watched.repeats())
        return Figures(kept, self.kills, repeats, codes, self.server.errors, time.monotonic() - self.began)

    def _blamed(self, life: int) -> int:
        """The kill that kept the sender of that life from marking what it had sent."""
        senders = (number for number, kill in enumerate(self.kills) if number >= life and kill.role in SENDERS)
        return next(senders, life)

    async def _kill_at_random(self) -> None:
        """Each kill is due after a number of updates, so that all of them fall into the work."""
        due = sorted(self.chance.randrange(1, self.plan.updates - 20) for _kill in range(self.plan.kills))
        for turn, number in enumerate(due):
            while len(self.server.pushed) < number:  # noqa: ASYNC110 the fake has one event for everything
                await asyncio.sleep(0.01)
            await asyncio.sleep(self.chance.uniform(0, HASTE))
            await self.kill(self.plan.roles[turn % len(self.plan.roles)])

    async def kill(self, role: str) -> None:
        await self.program.kill(role)
        self.kills.append(await self._found(role))
        if self.plan.impatient and role == "sender":
            await self._expire()
        self.server.watched.life += 1
        await self.program.start(role)

    async def _found(self, role: str) -> Kill:
        if role not in SENDERS:
            return Kill(role, 0, await self._waiting())
        leased = select(outbox.c.id, outbox.c.lease_until).where(outbox.c.status == "sending")
        async with self.engine.connect() as db:
            sending = {tuple(row) for row in await db.execute(leased.where(outbox.c.kind == "message"))}
        before, self._orphaned = self._orphaned, sending
        return Kill(role, len(sending - before), await self._waiting())

    async def _waiting(self) -> int:
        async with self.engine.connect() as db:
            return int((await db.execute(select(func.count()).where(inbox.c.status == "new"))).scalar_one())

    async def _expire(self) -> None:
        """As if the minute had passed after which another sender may take them."""
        engine = write_engine(self.program.database_url)
        async with engine.begin() as db:
            leased = update(outbox).where(outbox.c.status == "sending")
            await db.execute(leased.values(lease_until=datetime.now(UTC)))
        await engine.dispose()

    async def _under_way(self) -> int:
        new = select(func.count()).where(inbox.c.status == "new").scalar_subquery()
        unsent = select(func.count()).where(outbox.c.status.in_(("pending", "sending"))).scalar_subquery()
        async with self.engine.connect() as db:
            return int((await db.execute(select(new + unsent))).scalar_one())


@asynccontextmanager
async def trial(plan: Plan, folder: Path, database_url: str) -> AsyncIterator[Trial]:
    """A village with an open poll, and the program that asks it, all processes started."""
    chance = random.Random(plan.seed)
    await settle(database_url)
    engine = read_engine(database_url)
    async with telegram_server(server=WatchedServer(chance)) as server:
        assert isinstance(server, WatchedServer)
        program = Program(folder, database_url, server.address, plan.roles, plan.webhook, plan.viber)
        crowd = Crowd.of(server, chance, updates=plan.updates, at_once=plan.at_once)
        try:
            await program.start_all()
            yield Trial(plan, program, server, engine, chance, crowd)
        finally:
            await program.discard()
            await engine.dispose()


async def settle(database_url: str) -> None:
    """A village whose poll is open. Who opened it holds no office any more: the day's sweeps would write to
    their terminal, which no process of a trial serves."""
    await migrate.upgrade(database_url)
    engine = write_engine(database_url)
    valley = Valley(Town(engine, everything(), StoppedClock(datetime.now(UTC))))
    await valley.settle()
    await valley.poll()
    async with engine.begin() as db:
        await db.execute(delete(roles))
    await engine.dispose()
