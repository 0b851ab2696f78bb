"""Announces the next training of a series, and reminds those who may come."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncConnection

from storage import training_calendar


async def sweep(db: AsyncConnection, now: datetime, zone: ZoneInfo) -> int:
    announced = await training_calendar.announce_due(db, now=now, zone=zone)
    return announced + await training_calendar.remind_due(db, now=now, zone=zone)


async def next_due(db: AsyncConnection, after: datetime, zone: ZoneInfo) -> datetime | None:
    return await training_calendar.next_due(db, after=after, zone=zone)
