"""Once a day, at ten, the members of a group hear that new words wait to be read."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncConnection

from domain.people import Action
from storage import inbox, needs, reach, roles

HOUR = time(10)  # local
NEW = timedelta(days=3)  # who leaves words unread that long is not asked about them any more


async def sweep(db: AsyncConnection, now: datetime, zone: ZoneInfo) -> int:
    local = now.astimezone(zone)
    if local.time() < HOUR:
        return 0
    readers = await _readers(db, now - NEW)
    for person_id in readers:
        thing = f"new_words:{local.date()}"
        await inbox.tell(db, person_id=person_id, thing=thing, conversation="new_words", args={}, now=now)
    return len(readers)


async def _readers(db: AsyncConnection, since: datetime) -> list[int]:
    """Members of groups for whom something waits that was told since then."""
    found = []
    for person_id in await roles.in_groups(db):
        villages = await reach.reach(db, person_id=person_id, action=Action.RELEASE_WORDS)
        if await needs.waiting(db, villages=villages, reader_id=person_id, since=since):
            found.append(person_id)
    return found


async def next_due(db: AsyncConnection, after: datetime, zone: ZoneInfo) -> datetime | None:
    local = after.astimezone(zone)
    day = local.date() if local.time() < HOUR else local.date() + timedelta(days=1)
    due = datetime.combine(day, HOUR, zone).astimezone(UTC)
    return due if await _readers(db, due - NEW) else None
