"""Once a day, at ten, the members of a group hear that new words wait to be read."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncConnection

from domain.people import Action
from storage import inbox, needs, reach, roles

HOUR = time(10)  # local


async def sweep(db: AsyncConnection, now: datetime, zone: ZoneInfo) -> int:
    local = now.astimezone(zone)
    if local.time() < HOUR:
        return 0
    readers = await _readers(db)
    for person_id in readers:
        thing = f"new_words:{local.date()}"
        await inbox.tell(db, person_id=person_id, thing=thing, conversation="new_words", args={}, now=now)
    return len(readers)


async def _readers(db: AsyncConnection) -> list[int]:
    """Members of groups for whom something waits."""
    found = []
    for person_id in await roles.in_groups(db):
        villages = await reach.reach(db, person_id=person_id, action=Action.RELEASE_WORDS)
        if await needs.waiting(db, villages=villages, reader_id=person_id):
            found.append(person_id)
    return found


async def next_due(db: AsyncConnection, after: datetime, zone: ZoneInfo) -> datetime | None:
    if not await _readers(db):
        return None
    local = after.astimezone(zone)
    day = local.date() if local.time() < HOUR else local.date() + timedelta(days=1)
    return datetime.combine(day, HOUR, zone).astimezone(UTC)
