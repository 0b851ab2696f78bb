"""Takes away the goodbye and the address of the forgotten, once they could read it."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncConnection

from storage import erasure


async def sweep(db: AsyncConnection, now: datetime, zone: ZoneInfo) -> int:
    forgotten = await erasure.to_bury(db, now=now)
    for person_id in forgotten:
        await erasure.bury(db, person_id=person_id)
    return len(forgotten)


async def next_due(db: AsyncConnection, after: datetime, zone: ZoneInfo) -> datetime | None:
    due = await erasure.next_to_bury(db)
    return None if due is None else max(due, after)
