"""Tells those who follow a promise that it stands otherwise than before; their own turn says it, one a day."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncConnection

from scheduler import promise_states
from storage import promise_follows, telling
from storage.promise_follows import Turned

MOST = 500  # at once: the others come with the next sweep


async def sweep(db: AsyncConnection, now: datetime, zone: ZoneInfo) -> int:
    """Answers how many people will hear something."""
    await promise_states.sweep(db, now, zone)  # the calendar may have changed some since midnight
    told, found = 0, await promise_follows.turned(db, most=MOST)
    for one in found:
        if one.before is not None:
            told += await _tell(db, one, now)
    await promise_follows.looked(db, at=found, now=now)
    return told


async def _tell(db: AsyncConnection, one: Turned, now: datetime) -> int:
    people = await promise_follows.listeners(db, promise_id=one.promise_id, need_id=one.need_id)
    args = {"promise": one.promise_id, "status": one.status.value}
    thing = f"promise:{one.promise_id}:news:{one.events}:{one.status}"
    await telling.tell_all(db, people_ids=people, thing=thing, conversation="promise_news", args=args, now=now)
    return len(people)


async def next_due(db: AsyncConnection, after: datetime, zone: ZoneInfo) -> datetime | None:
    """It goes along with the other sweeps: nobody waits for it at a certain moment."""
    return None
