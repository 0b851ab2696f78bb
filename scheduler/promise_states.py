"""Reckons again how those promises stand whose status the calendar alone changes: a day has passed."""

from __future__ import annotations

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncConnection

from storage import promise_states, promises


async def sweep(db: AsyncConnection, now: datetime, zone: ZoneInfo) -> int:
    today, done = now.astimezone(zone).date(), 0
    while ids := await promise_states.stale(db, today=today):
        await promise_states.keep(db, await promises.dossiers(db, ids=ids), now=now, zone=zone)
        done += len(ids)
    return done


async def next_due(db: AsyncConnection, after: datetime, zone: ZoneInfo) -> datetime | None:
    day = await promise_states.next_turn(db, after=after.astimezone(zone).date())
    return datetime.combine(day, time(0), zone).astimezone(UTC) if day else None
