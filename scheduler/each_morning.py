"""Once a day, at ten, somebody hears that something new waits for them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncConnection

from storage import telling

HOUR = time(10)  # local
NEW = timedelta(days=3)  # who leaves it that long is not asked about it any more; it stays in the menu
# For whom something waits that came since then.
Who = Callable[[AsyncConnection, datetime], Awaitable[Sequence[int]]]


async def tell(db: AsyncConnection, now: datetime, zone: ZoneInfo, *, thing: str, conversation: str, who: Who) -> int:
    local = now.astimezone(zone)
    if local.time() < HOUR:
        return 0
    found = await who(db, now - NEW)
    for person_id in found:
        today = f"{thing}:{local.date()}"
        await telling.tell(db, person_id=person_id, thing=today, conversation=conversation, args={}, now=now)
    return len(found)


async def next_due(db: AsyncConnection, after: datetime, zone: ZoneInfo, *, who: Who) -> datetime | None:
    local = after.astimezone(zone)
    day = local.date() if local.time() < HOUR else local.date() + timedelta(days=1)
    due = datetime.combine(day, HOUR, zone).astimezone(UTC)
    return due if await who(db, due - NEW) else None
