"""Asks the groups, on four days of the budget, to look for the money of what was promised to them.

A program that was down on the day asks when it is up again, until the next look; each person hears of each look once.
"""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncConnection

from domain.money import asked, next_look
from domain.reminders import MORNING
from storage import promise_money, telling


async def sweep(db: AsyncConnection, now: datetime, zone: ZoneInfo) -> int:
    """Answers how many people are asked, or were already. Whether one still has to look is seen in their own turn."""
    local = now.astimezone(zone)
    look = asked(local.date())
    if look is None or local.time() < MORNING:
        return 0
    people = await promise_money.lookers(db)
    thing, args = f"budget:{look.year}:{look.look}", {"look": look.look.value, "year": look.year}
    await telling.tell_all(db, people_ids=people, thing=thing, conversation="budget_look", args=args, now=now)
    return len(people)


async def next_due(db: AsyncConnection, after: datetime, zone: ZoneInfo) -> datetime | None:
    return next_look(after, zone)
