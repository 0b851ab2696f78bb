"""Settles polls that are over: what is unfinished is kept as partial, and who answered is thanked."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations.needs_poll import answering
from storage import lying, polls, telling


async def sweep(db: AsyncConnection, now: datetime, zone: ZoneInfo) -> int:
    over = await polls.to_settle(db, today=now.astimezone(zone).date())
    for poll_id in over:
        await _settle(db, poll_id, now)
    return len(over)


async def _settle(db: AsyncConnection, poll_id: int, now: datetime) -> None:
    """First their unfinished talks end, which keeps what they told; then each hears that the poll is over."""
    midway: list[int] = []
    for run in await lying.active(db):
        if answering(run.conversation, run.trail) == poll_id:
            midway.append(run.person_id)
            await telling.about_run(db, person_id=run.person_id, number=run.number, what="expire", now=now)
    answered = await polls.answered_by(db, poll_id=poll_id)
    for people, args in (([each for each in answered if each not in midway], {}), (midway, {"midway": True})):
        await telling.tell_all(
            db,
            people_ids=sorted(set(people)),
            thing=f"poll:{poll_id}:closed",
            conversation="poll_closed",
            args={"poll": poll_id, **args},
            now=now,
        )
    await polls.settled(db, poll_id=poll_id, now=now)


async def next_due(db: AsyncConnection, after: datetime, zone: ZoneInfo) -> datetime | None:
    """The midnight after the last day of the poll that ends first."""
    last = await polls.last_day(db)
    return None if last is None else datetime.combine(last + timedelta(days=1), time(0), zone).astimezone(UTC)
