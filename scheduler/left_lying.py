"""What people left lying: asked about once, next day; ended after a week; and what waits behind it is offered."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations.catalogue import everything
from conversations.herald import SILENT
from conversations.registry import Registry
from storage import lying, telling
from storage.lying import Lying


async def sweep(db: AsyncConnection, now: datetime, zone: ZoneInfo) -> int:
    registry = everything()
    since = now - _soonest(registry)
    asked = [(run, what) for run in await lying.untouched(db, since=since) for what in _due(registry, run, now)]
    offers = [(run, "offer") for run in await lying.behind_silence(db, since=now - SILENT) if run.welcomed]
    for run, what in (*asked, *offers):
        await telling.about_run(db, person_id=run.person_id, number=run.number, what=what, now=now)
    return len(asked) + len(offers)


def _soonest(registry: Registry) -> timedelta:
    """What was touched later than this need not be looked at."""
    return min(
        min(entry.expires_after, entry.nudge_after or entry.expires_after) for entry in registry.entries.values()
    )


def _due(registry: Registry, run: Lying, now: datetime) -> Iterator[str]:
    for what, at in _moments(registry, run):
        if at <= now:
            yield what


def _moments(registry: Registry, run: Lying) -> Iterator[tuple[str, datetime]]:
    """When this one ends and when it is asked about, once begun. Who has not agreed to be written to is not asked."""
    entry = registry.get(run.conversation)
    if entry is None:
        return
    yield "expire", run.touched_at + entry.expires_after
    if entry.nudge_after is not None and run.welcomed and run.begun and run.state == "front" and run.warned_at is None:
        yield "nudge", run.touched_at + entry.nudge_after


async def next_due(db: AsyncConnection, after: datetime, zone: ZoneInfo) -> datetime | None:
    registry = everything()
    long_ago_and_ahead = after + timedelta(days=3650)
    moments = [
        at for run in await lying.untouched(db, since=long_ago_and_ahead) for _what, at in _moments(registry, run)
    ]
    return min((at for at in moments if at > after), default=None)
