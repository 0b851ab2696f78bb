"""Whoever comes to a round table, or has not answered, is reminded a week before and the day before."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncConnection

from storage import meeting_reminders


async def sweep(db: AsyncConnection, now: datetime, zone: ZoneInfo) -> int:
    return await meeting_reminders.remind(db, now=now, zone=zone)


async def next_due(db: AsyncConnection, after: datetime, zone: ZoneInfo) -> datetime | None:
    return await meeting_reminders.next_due(db, after=after, zone=zone)
