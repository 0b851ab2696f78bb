"""Signs, once a day for each municipality, the last hash of every promise's chain."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncConnection

from storage import ledger

Sweep = Callable[[AsyncConnection, datetime, ZoneInfo], Awaitable[int]]


def sweeper(secret: bytes) -> Sweep:
    """The sweep with the key it signs by; answers how many heads it made."""

    async def sweep(db: AsyncConnection, now: datetime, zone: ZoneInfo) -> int:
        yesterday = now.astimezone(zone).date() - timedelta(days=1)
        made = 0
        for municipality_id in await ledger.municipalities(db):
            made += await ledger.sign_head(db, municipality_id=municipality_id, day=yesterday, now=now, secret=secret)
        return made

    return sweep


async def next_due(db: AsyncConnection, after: datetime, zone: ZoneInfo) -> datetime | None:
    """Just after midnight: a head speaks of the day that has ended."""
    tomorrow = after.astimezone(zone).date() + timedelta(days=1)
    return datetime.combine(tomorrow, time(0), zone).astimezone(UTC)
