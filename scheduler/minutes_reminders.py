"""Whoever has not said that they have the minutes is reminded once a day, for a month."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncConnection

from storage import minutes_delivery


async def sweep(db: AsyncConnection, now: datetime, zone: ZoneInfo) -> int:
    return await minutes_delivery.remind(db, now=now)


async def next_due(db: AsyncConnection, after: datetime, zone: ZoneInfo) -> datetime | None:
    return await minutes_delivery.next_reminder(db, after=after)
