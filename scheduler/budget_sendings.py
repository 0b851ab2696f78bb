"""Reminds the desk to send the table for women and men, and those who have it to say so.

Sending is a coordinator's; the clock only asks. Who has not said that they have it is reminded once a day, for a month.
"""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncConnection

from domain import budget_sending
from domain.reminders import MORNING
from storage import budget_sendings, telling


async def sweep(db: AsyncConnection, now: datetime, zone: ZoneInfo) -> int:
    return await _ask_the_desk(db, now, zone) + await budget_sendings.remind(db, now=now)


async def _ask_the_desk(db: AsyncConnection, now: datetime, zone: ZoneInfo) -> int:
    local = now.astimezone(zone)
    due = budget_sending.due(local.date())
    if due is None or local.time() < MORNING:
        return 0
    unsent = await budget_sendings.unsent(db, due=due)
    for municipality_id, people in unsent.items():
        thing = f"table_due:{municipality_id}:{due.year}:{due.occasion}:{due.number}"
        args = {"municipality": municipality_id, "year": due.year, "occasion": due.occasion.value}
        await telling.tell_all(db, people_ids=people, thing=thing, conversation="table_due", args=args, now=now)
    return len(unsent)


async def next_due(db: AsyncConnection, after: datetime, zone: ZoneInfo) -> datetime | None:
    reminder = await budget_sendings.next_reminder(db, after=after)
    return min(filter(None, (reminder, budget_sending.next_due(after, zone))))
