"""A group is reminded a week and a day before the last day of what it has planned and not sent in."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncConnection

from domain.grants import NEAR, near
from domain.reminders import MORNING, morning
from storage import grant_applications, roles, telling

AHEAD = timedelta(days=400)  # no call is open longer


async def sweep(db: AsyncConnection, now: datetime, zone: ZoneInfo) -> int:
    """Whether it was sent meanwhile is seen in each person's own turn."""
    local = now.astimezone(zone)
    if local.time() < MORNING:
        return 0
    found = await grant_applications.planned(db, since=local.date(), until=local.date() + timedelta(days=max(NEAR)))
    for one, deadline in found:
        people = [person_id for person_id, _name in await roles.group_of(db, group_id=one.group_id)]
        thing, args = f"grant_near:{one.id}:{near(deadline, local.date())}", {"application": one.id}
        await telling.tell_all(db, people_ids=people, thing=thing, conversation="grant_near", args=args, now=now)
    return len(found)


async def next_due(db: AsyncConnection, after: datetime, zone: ZoneInfo) -> datetime | None:
    today = after.astimezone(zone).date()
    found = await grant_applications.planned(db, since=today, until=today + AHEAD)
    mornings = [morning(deadline - timedelta(days=days), zone) for _one, deadline in found for days in NEAR]
    return min((at for at in mornings if at > after), default=None)
