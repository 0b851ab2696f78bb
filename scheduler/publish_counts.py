"""Moves the numbers that everybody may see, once a day and never by fewer than five."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncConnection

from storage import counts, polls, watching

HOUR = time(8)  # local: before people wake, so that no answer of theirs is followed by a number


async def sweep(db: AsyncConnection, now: datetime, zone: ZoneInfo) -> int:
    """A second one on the same day moves nothing; answers how many numbers moved."""
    local = now.astimezone(zone)
    if local.time() < HOUR:
        return 0
    # Nothing is published that the rules have not looked at.
    await watching.watch(db, now=now, zone=zone)
    moved = 0
    for poll_id in await polls.to_count(db, today=local.date()):
        moved += await counts.publish(db, poll_id=poll_id, today=local.date())
    return moved


async def next_due(db: AsyncConnection, after: datetime, zone: ZoneInfo) -> datetime | None:
    local = after.astimezone(zone)
    today = local.date()
    if not await _something_moves(db, today):
        return None
    day = today if local.time() < HOUR else today + timedelta(days=1)
    return datetime.combine(day, HOUR, zone).astimezone(UTC)


async def _something_moves(db: AsyncConnection, today: date) -> bool:
    for poll_id in await polls.to_count(db, today=today):
        if await counts.moves(db, poll_id=poll_id, today=today + timedelta(days=1)):
            return True
    return False
