"""Reminds of a step of the year that nobody has begun: three weeks before its day, then once a month.

Each person hears of the one step that waits for them, however many communities it waits in.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import groupby
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncConnection

from domain.people import Role
from domain.reminders import MORNING
from domain.year import Step, next_reminder, reminder, stand
from storage import telling, year
from storage.year import Share


class Waiting(NamedTuple):
    """A step in a community that waits for somebody; `told` is the number of the last reminder of it."""

    person_id: int
    community_id: int
    step: Step
    told: int


async def sweep(db: AsyncConnection, now: datetime, zone: ZoneInfo) -> int:
    """Answers how many people will be reminded."""
    local = now.astimezone(zone)
    if local.time() < MORNING:
        return 0
    today, reminded = local.date(), set()
    for one in await _waiting(db, now, zone):
        number = reminder(one.step, today.year, today)
        if number > one.told:
            await _tell(db, one, today, number, now, zone)
            reminded.add(one.person_id)
    return len(reminded)


async def _tell(db: AsyncConnection, one: Waiting, today: date, number: int, now: datetime, zone: ZoneInfo) -> None:
    await telling.tell(
        db,
        person_id=one.person_id,
        thing=f"year:{today.year}:{one.step}:{number}",
        conversation="year_step",
        args={"step": one.step.value, "year": today.year, "zone": zone.key},
        now=now,
    )
    where = one.community_id
    await year.note_reminded(db, community_id=where, year=today.year, step=one.step, number=number)


async def next_due(db: AsyncConnection, after: datetime, zone: ZoneInfo) -> datetime | None:
    """This year's next reminder, else the first of the next year."""
    waiting, today = await _waiting(db, after, zone), after.astimezone(zone).date()
    due = [
        _next_morning(after, zone)
        if reminder(one.step, today.year, today) > one.told
        else next_reminder(one.step, today.year, after, zone)
        for one in waiting
    ]
    ahead = [at for at in due if at is not None]
    return min(ahead) if ahead else await _next_year(db, today.year + 1, after, zone)


async def _waiting(db: AsyncConnection, now: datetime, zone: ZoneInfo) -> list[Waiting]:
    shares = await year.shares(db)
    years = await year.standing(db, where={share.community_id for share in shares}, now=now, zone=zone)
    told = await year.reminded(db, year=now.astimezone(zone).year)
    found = []
    for person_id, community_id, roles in _roles(shares):
        standing = years[community_id].unbegun(roles)
        if standing is not None:
            last = told.get((community_id, standing.step), 0)
            found.append(Waiting(person_id, community_id, standing.step, last))
    return found


def _roles(shares: list[Share]) -> Iterator[tuple[int, int, set[Role]]]:
    def key(share: Share) -> tuple[int, int]:
        return share.person_id, share.community_id

    for (person_id, community_id), held in groupby(sorted(shares, key=key), key=key):
        yield person_id, community_id, {share.role for share in held}


def _next_morning(after: datetime, zone: ZoneInfo) -> datetime:
    local = after.astimezone(zone)
    day = local.date() if local.time() < MORNING else local.date() + timedelta(days=1)
    return datetime.combine(day, MORNING, zone).astimezone(UTC)


async def _next_year(db: AsyncConnection, number: int, after: datetime, zone: ZoneInfo) -> datetime | None:
    empty = stand({}, number, date(number, 1, 1))
    steps = [empty.unbegun(roles) for _person, _community, roles in _roles(await year.shares(db))]
    due = [next_reminder(standing.step, number, after, zone) for standing in steps if standing is not None]
    return min((at for at in due if at is not None), default=None)
