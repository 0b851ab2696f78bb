"""The sweeps on the morning of a day on which a fifth of all promises is due."""

from __future__ import annotations

import time
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.bench.scale.size import NOW, ZONE, Size
from scheduler.jobs import Job
from scheduler.table import table
from storage import sweeps as done
from storage.tables.turns import inbox

MOST_SECONDS = 5
DUE = "promise_reminders"  # what the limit is for
FIRST = ("promise_states", DUE)


async def sweeps(engine: AsyncEngine, size: Size, secret: str) -> dict[str, Any]:
    jobs = sorted(table(secret), key=lambda job: FIRST.index(job.name) if job.name in FIRST else len(FIRST))
    before = await _waiting(engine)
    each: dict[str, Any] = {}
    for job in jobs:
        each[job.name] = await _sweep(engine, job)
        if job.name == DUE:
            each[DUE] |= {"due": size.figures()["due_today"], "queued": await _waiting(engine) - before}
    holds = each[DUE]["seconds"] <= MOST_SECONDS
    return {"each": each, "seconds": each[DUE]["seconds"], "at_most_seconds": MOST_SECONDS, "holds": holds}


async def _sweep(engine: AsyncEngine, job: Job) -> dict[str, Any]:
    """With its commit, as the clock runs it."""
    begin = time.perf_counter()
    async with engine.begin() as db:
        found = await job.sweep(db, NOW, ZONE)
        await done.done(db, name=job.name, now=NOW)
    return {"seconds": round(time.perf_counter() - begin, 3), "found": found}


async def _waiting(engine: AsyncEngine) -> int:
    async with engine.connect() as db:
        query = select(func.count()).select_from(inbox).where(inbox.c.status == "new")
        return int((await db.execute(query)).scalar_one())
