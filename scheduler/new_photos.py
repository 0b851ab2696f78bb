"""Once a day, at ten, the members of a group hear that photos of promises wait to be looked at."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncConnection

from domain.people import Action
from storage import inbox, promise_people, promise_photos, roles

HOUR = time(10)  # local
NEW = timedelta(days=3)  # who leaves a photo that long is not asked about it any more; it stays in the menu


async def sweep(db: AsyncConnection, now: datetime, zone: ZoneInfo) -> int:
    local = now.astimezone(zone)
    if local.time() < HOUR:
        return 0
    lookers = await _lookers(db, now - NEW)
    for person_id in lookers:
        thing = f"new_photos:{local.date()}"
        await inbox.tell(db, person_id=person_id, thing=thing, conversation="promise_photos", args={}, now=now)
    return len(lookers)


async def _lookers(db: AsyncConnection, since: datetime) -> list[int]:
    """Members of groups for whom a photo waits that was taken since then."""
    if not await promise_photos.any_since(db, since=since):
        return []
    found = []
    for person_id in await roles.in_groups(db):
        where = await promise_people.communities_where(db, person_id=person_id, action=Action.RELEASE_WORDS)
        if await promise_photos.waiting(db, communities=where, reader_id=person_id, since=since):
            found.append(person_id)
    return found


async def next_due(db: AsyncConnection, after: datetime, zone: ZoneInfo) -> datetime | None:
    local = after.astimezone(zone)
    day = local.date() if local.time() < HOUR else local.date() + timedelta(days=1)
    due = datetime.combine(day, HOUR, zone).astimezone(UTC)
    return due if await _lookers(db, due - NEW) else None
