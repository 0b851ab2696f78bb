"""Once a day, at ten, the members of a group hear that new words wait to be read."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncConnection

from domain.people import Action
from scheduler import each_morning
from storage import reach, roles, unread_needs


async def sweep(db: AsyncConnection, now: datetime, zone: ZoneInfo) -> int:
    return await each_morning.tell(db, now, zone, thing="new_words", conversation="new_words", who=_readers)


async def _readers(db: AsyncConnection, since: datetime) -> list[int]:
    """Members of groups for whom something waits that was told since then."""
    found = []
    for person_id in await roles.in_groups(db, communities=await unread_needs.communities(db, since=since)):
        villages = await reach.reach(db, person_id=person_id, action=Action.RELEASE_WORDS)
        if await unread_needs.waiting(db, villages=villages, reader_id=person_id, since=since):
            found.append(person_id)
    return found


async def next_due(db: AsyncConnection, after: datetime, zone: ZoneInfo) -> datetime | None:
    return await each_morning.next_due(db, after, zone, who=_readers)
