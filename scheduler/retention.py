"""Keeps no talk longer than it is needed: ninety days, as docs/privacy.md says."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncConnection

from storage import retention

KEPT = timedelta(days=90)


async def sweep(db: AsyncConnection, now: datetime, zone: ZoneInfo) -> int:
    return await retention.cut(db, before=now - KEPT, now=now)


async def next_due(db: AsyncConnection, after: datetime, zone: ZoneInfo) -> datetime | None:
    """Nobody waits for it: it goes along with the other sweeps."""
    return None
