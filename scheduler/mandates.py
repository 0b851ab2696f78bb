"""Counts the votes on who speaks for a community, on the morning after their last day."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncConnection

from storage import mandates

HOUR = time(10)  # local: everybody hears of it


async def sweep(db: AsyncConnection, now: datetime, zone: ZoneInfo) -> int:
    local = now.astimezone(zone)
    over = await mandates.to_close(db, today=local.date()) if local.time() >= HOUR else []
    for mandate_id in over:
        await mandates.close(db, mandate_id=mandate_id, now=now)
    return len(over)


async def next_due(db: AsyncConnection, after: datetime, zone: ZoneInfo) -> datetime | None:
    last = await mandates.last_day(db)
    if last is None:
        return None
    due = datetime.combine(last + timedelta(days=1), HOUR, zone).astimezone(UTC)
    return due if due > after else None
