"""Whoever has not said that they have the minutes, or an addendum, is reminded once a day, for a month."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncConnection

from storage import addenda, minutes_delivery


async def sweep(db: AsyncConnection, now: datetime, zone: ZoneInfo) -> int:
    return await minutes_delivery.remind(db, now=now) + await addenda.remind(db, now=now)


async def next_due(db: AsyncConnection, after: datetime, zone: ZoneInfo) -> datetime | None:
    moments = [await each.next_reminder(db, after=after) for each in (minutes_delivery, addenda)]
    return min((at for at in moments if at is not None), default=None)
