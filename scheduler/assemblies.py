"""In January the days of the villages' assemblies are asked for; around each day women, all, and the desk are told."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncConnection

from storage import assembly_calls


async def sweep(db: AsyncConnection, now: datetime, zone: ZoneInfo) -> int:
    asked = await assembly_calls.ask_for_days(db, now=now, zone=zone)
    return asked + await assembly_calls.tell_due(db, now=now, zone=zone)


async def next_due(db: AsyncConnection, after: datetime, zone: ZoneInfo) -> datetime | None:
    return await assembly_calls.next_due(db, after=after, zone=zone)
