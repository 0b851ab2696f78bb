"""Asks who has not chosen once more, two days before a choosing ends; and counts those that are over."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncConnection

from domain.choosing import REMIND_BEFORE
from domain.reminders import MORNING
from storage import choosings, chosen, watching


async def sweep(db: AsyncConnection, now: datetime, zone: ZoneInfo) -> int:
    """Answers how many choosings it found due."""
    local = now.astimezone(zone)
    soon = await choosings.to_remind(db, today=local.date()) if local.time() >= MORNING else []
    for choosing_id in soon:
        await choosings.remind(db, choosing_id=choosing_id, now=now)
    over = await choosings.to_settle(db, today=local.date())
    if over:  # nothing is counted that the rules have not looked at
        await watching.watch(db, now=now, zone=zone)
    for choosing_id in over:
        await chosen.settle(db, choosing_id=choosing_id, now=now)
    return len(soon) + len(over)


async def next_due(db: AsyncConnection, after: datetime, zone: ZoneInfo) -> datetime | None:
    """The morning of a reminder, or the midnight after a last day."""
    last, unreminded = await choosings.last_day(db), await choosings.last_day(db, unreminded=True)
    found = [datetime.combine(last + timedelta(days=1), time(0), zone).astimezone(UTC)] if last else []
    if unreminded:
        day = max(unreminded - REMIND_BEFORE, after.astimezone(zone).date())
        found.append(max(after, datetime.combine(day, MORNING, zone).astimezone(UTC)))
    return min(found, default=None)
