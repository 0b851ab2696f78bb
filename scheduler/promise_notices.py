"""Tells an official two days before everybody reads that the day of a promise has passed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncConnection

from domain.promise_notice import AHEAD, hardens, notice_day, shown_on
from storage import promise_asking, promise_helpers, promises, telling
from storage.promise_asking import MOST
from storage.telling import Telling

HOUR = time(10)  # local


async def sweep(db: AsyncConnection, now: datetime, zone: ZoneInfo) -> int:
    """Answers how many officials will hear of one; who has heard of it already is not told again."""
    local = now.astimezone(zone)
    if local.time() < HOUR:
        return 0
    today, told = local.date(), 0
    near = await promise_asking.nearing(db, first=today, last=today + AHEAD)
    due = [(row.promise_id, row.due_on) for row in near if notice_day(row.due_on) <= today]
    for first in range(0, len(due), MOST):
        told += await _tell(db, dict(due[first : first + MOST]), today, now)
    return told


async def _tell(db: AsyncConnection, due: Mapping[int, date], today: date, now: datetime) -> int:
    untold = await _untold(db, due)
    dossiers = await promises.dossiers(db, ids=[promise_id for promise_id in due if promise_id in untold])
    tellings = [
        Telling(
            person_id,
            thing(each.id, due[each.id]),
            "promise_notice",
            {"promise": each.id, "day": shown_on(due[each.id]).isoformat()},
        )
        for each in dossiers
        if hardens(each.verdict(today), each.verdict(shown_on(due[each.id])))
        for person_id in untold[each.id]
    ]
    await telling.tell_each(db, tellings, now=now)
    return len(tellings)


async def _untold(db: AsyncConnection, due: Mapping[int, date]) -> dict[int, list[int]]:
    """Who answers for each and was not told yet; none of which everybody was: its ledger need not be read again."""
    officials = await promise_helpers.answering_each(db, promise_ids=list(due))
    named = {
        (promise_id, person_id): telling.name(thing(promise_id, due[promise_id]), person_id)
        for promise_id, people in officials.items()
        for person_id in people
    }
    known = await telling.known(db, external_ids=list(named.values()))
    untold: dict[int, list[int]] = defaultdict(list)
    for (promise_id, person_id), name in named.items():
        if name not in known:
            untold[promise_id].append(person_id)
    return dict(untold)


def thing(promise_id: int, due: date) -> str:
    return f"promise:{promise_id}:{due}:notice"


async def next_due(db: AsyncConnection, after: datetime, zone: ZoneInfo) -> datetime | None:
    local = after.astimezone(zone)
    day = local.date() if local.time() < HOUR else local.date() + timedelta(days=1)
    days = (notice_day(due) for due in await promise_asking.days(db, first=day))
    first = next((each for each in days if each >= day), None)
    return datetime.combine(first, HOUR, zone) if first else None
