"""Around the day of a village's assembly: women hear what is first for them, all that it is near, the desk is asked."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncConnection

from storage import assembly_calls


async def sweep(db: AsyncConnection, now: datetime, zone: ZoneInfo) -> int:
    return await assembly_calls.tell_due(db, now=now, zone=zone)


async def next_due(db: AsyncConnection, after: datetime, zone: ZoneInfo) -> datetime | None:
    return await assembly_calls.next_due(db, after=after, zone=zone)
