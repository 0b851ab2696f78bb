"""On the first working day of the month those who hold an office hear how the promises of the municipality stand."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncConnection

from domain.months import later
from domain.reminders import working_day
from storage import elections, ledger, promise_people, telling

HOUR = time(10)  # local


async def sweep(db: AsyncConnection, now: datetime, zone: ZoneInfo) -> int:
    """Where the program was down on that day, it is told later in the month, once."""
    local = now.astimezone(zone)
    month = local.date().replace(day=1)
    if now < _moment(month, zone) or local.time() < HOUR:
        return 0
    told = 0
    for municipality_id in await ledger.municipalities(db):
        if await elections.quiet(db, municipality_id=municipality_id, today=local.date()):
            continue  # numbers beside an office speak of a person too: it is told after these weeks
        holders = await promise_people.officials_of(db, municipality_id=municipality_id)
        people = sorted({one.person_id for one in holders})
        thing = f"promise_digest:{municipality_id}:{month:%Y-%m}"
        args = {"municipality": municipality_id, "month": month.isoformat()}
        await telling.tell_all(db, people_ids=people, thing=thing, conversation="promise_digest", args=args, now=now)
        told += len(people)
    return told


def _moment(month: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(working_day(month), HOUR, zone)


async def next_due(db: AsyncConnection, after: datetime, zone: ZoneInfo) -> datetime | None:
    month = after.astimezone(zone).date().replace(day=1)
    first = _moment(month, zone)
    if first > after:
        return first
    held = [datetime.combine(working_day(day), HOUR, zone) for day in await elections.over_on(db, after=first.date())]
    return min((moment for moment in held if moment > after), default=_moment(later(month, 1), zone))
