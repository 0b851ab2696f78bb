"""Starts the sweeps by real time: APScheduler with a memory store, since what is due lives in the domain's tables."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime
from functools import partial
from zoneinfo import ZoneInfo

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from sqlalchemy.ext.asyncio import AsyncEngine

from scheduler.jobs import Job
from storage import sweeps

log = structlog.get_logger()
Now = Callable[[], datetime]


def clockwork(sweep: Callable[[Job], Awaitable[int]], jobs: Sequence[Job]) -> AsyncIOScheduler:
    """Not started yet. A sweep that is late runs once; one that is still running is not started beside itself."""
    scheduler = AsyncIOScheduler(timezone=UTC)
    for job in jobs:
        scheduler.add_job(
            partial(sweep, job),
            "interval",
            seconds=job.every.total_seconds(),
            id=job.name,
            next_run_time=datetime.now(UTC),
            coalesce=True,
            max_instances=1,
            misfire_grace_time=None,
        )
    return scheduler


async def sweep(engine: AsyncEngine, job: Job, now: datetime, zone: ZoneInfo) -> int:
    """One sweep in a transaction of its own. Raises nothing: the next round finds what this one missed."""
    try:
        async with engine.begin() as db:
            found = await job.sweep(db, now, zone)
            await sweeps.done(db, name=job.name, now=now)
    except Exception:
        log.exception("sweep failed", sweep=job.name)
        return 0
    if found:
        log.info("swept", sweep=job.name, found=found)
    return found
