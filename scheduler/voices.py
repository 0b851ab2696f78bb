"""Recordings that waited too long, or whose listener has left the group, go; their speakers hear of it."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncConnection

from storage import voices


async def sweep(db: AsyncConnection, now: datetime, zone: ZoneInfo) -> int:
    return await voices.sweep(db, now=now)


async def next_due(db: AsyncConnection, after: datetime, zone: ZoneInfo) -> datetime | None:
    due = await voices.next_due(db)
    return None if due is None else max(due, after)
