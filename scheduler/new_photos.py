"""Once a day, at ten, the members of a group hear that photos of promises wait to be looked at."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncConnection

from domain.people import Action
from scheduler import each_morning
from storage import promise_people, promise_photos, roles


async def sweep(db: AsyncConnection, now: datetime, zone: ZoneInfo) -> int:
    return await each_morning.tell(db, now, zone, thing="new_photos", conversation="promise_photos", who=_lookers)


async def _lookers(db: AsyncConnection, since: datetime) -> list[int]:
    """Members of groups for whom a photo waits that was taken since then."""
    found = []
    for person_id in await roles.in_groups(db, communities=await promise_photos.communities(db, since=since)):
        where = await promise_people.communities_where(db, person_id=person_id, action=Action.RELEASE_WORDS)
        if await promise_photos.waiting(db, communities=where, reader_id=person_id, since=since):
            found.append(person_id)
    return found


async def next_due(db: AsyncConnection, after: datetime, zone: ZoneInfo) -> datetime | None:
    return await each_morning.next_due(db, after, zone, who=_lookers)
