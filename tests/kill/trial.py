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

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncEngine

from conversations.catalogue import everything
from storage import migrate
from storage.engine import read_engine, write_engine
from storage.tables.turns import inbox, outbox
from tests.fakes.telegram_server import telegram_server
from tests.kill.crowd import Crowd
from tests.kill.figures import Figures, Kill
from tests.kill.kept import compare
from tests.kill.program import ONE, Program
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

    @property
    def patience(self) -> float:
        return PATIENCE + (LEASED if "sender" in self.roles and not self.impatient else 0.0)


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

    async def run(self) -> Figures:
        async with asyncio.TaskGroup() as group:
            killing = group.create_task(self._kill_at_random())
            if not await self.crowd.talk(self.plan.patience):
                killing.cancel()
        return await self.end()

    async def end(self) -> Figures:
        """Once nothing is under way any more, or nothing moves."""
        until = time.monotonic() + self.plan.patience
        while time.monotonic() < until and (self.server.undelivered or await self._under_way()):  # noqa: ASYNC110
            await asyncio.sleep(0.1)
        codes = await self.program.stop()
        async with self.engine.connect() as db:
            kept = await compare(db, self.server, self.crowd.residents)
        repeats = Counter(self.server.watched.repeats())
        return Figures(kept, self.kills, repeats, codes, self.server.errors, time.monotonic() - self.began)

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
        messages = (outbox.c.status == "sending") & (outbox.c.kind == "message")
        async with self.engine.connect() as db:
            sending = (await db.execute(select(func.count()).where(messages))).scalar_one()
            waiting = (await db.execute(select(func.count()).where(inbox.c.status == "new"))).scalar_one()
        return Kill(role, sending if role in ("all", "sender") else 0, waiting)

    async def _expire(self) -> None:
        """Only where a sender is a process of its own, on PostgreSQL."""
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
        program = Program(folder, database_url, server.address, plan.roles, plan.webhook)
        crowd = Crowd.of(server, chance, updates=plan.updates, at_once=plan.at_once)
        try:
            await program.start_all()
            yield Trial(plan, program, server, engine, chance, crowd)
        finally:
            await program.discard()
            await engine.dispose()


async def settle(database_url: str) -> None:
    """A village whose poll is open."""
    await migrate.upgrade(database_url)
    engine = write_engine(database_url)
    valley = Valley(Town(engine, everything(), StoppedClock(datetime.now(UTC))))
    await valley.settle()
    await valley.poll()
    await engine.dispose()
