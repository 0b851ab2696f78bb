"""Election weeks of a municipality: set by its coordinator, looked at by whoever votes or writes of a person."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Row, Select, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain import elections as rules
from domain.elections import Weeks
from domain.people import Action
from domain.refusal import Refused
from storage import roles
from storage.tables.elections import election_weeks
from storage.tables.mandates import mandates
from storage.tables.places import communities
from storage.tables.roles import groups


async def set_weeks(db: AsyncConnection, *, by: int, municipality_id: int, weeks: Weeks, now: datetime) -> None:
    await roles.require(db, person_id=by, action=Action.SET_ELECTION, municipality_id=municipality_id)
    rules.check(weeks)
    row = {"municipality_id": municipality_id, "first": weeks.first, "last": weeks.last, "set_by": by, "set_at": now}
    await db.execute(insert(election_weeks), [row])
    await _put_off_votes(db, municipality_id, weeks)


async def _put_off_votes(db: AsyncConnection, municipality_id: int, weeks: Weeks) -> None:
    """A vote that would run in these weeks rests, and has as many days after them."""
    rows = (await db.execute(_votes().where(communities.c.municipality_id == municipality_id))).all()
    for row in rows:
        if row.closes >= weeks.first:
            closes = row.closes + (weeks.last - weeks.first) + timedelta(days=1)
            await db.execute(update(mandates).where(mandates.c.id == row.id).values(closes=closes))


def _votes() -> Select[Any]:
    source = mandates.join(groups, groups.c.id == mandates.c.group_id)
    source = source.join(communities, communities.c.id == groups.c.community_id)
    query = select(mandates.c.id, mandates.c.closes).select_from(source)
    return query.where(mandates.c.closes.is_not(None), mandates.c.closed_at.is_(None))


async def lift(db: AsyncConnection, *, by: int, weeks_id: int) -> None:
    """The dates were wrong, or the election is off."""
    row = (await db.execute(select(election_weeks).where(election_weeks.c.id == weeks_id))).first()
    if row is None:
        raise Refused("gone")
    await roles.require(db, person_id=by, action=Action.SET_ELECTION, municipality_id=row.municipality_id)
    await db.execute(delete(election_weeks).where(election_weeks.c.id == weeks_id))


async def of(db: AsyncConnection, *, municipality_id: int) -> Sequence[Row[Any]]:
    query = select(election_weeks).where(election_weeks.c.municipality_id == municipality_id)
    return (await db.execute(query.order_by(election_weeks.c.first))).all()


async def quiet(db: AsyncConnection, *, municipality_id: int, today: date) -> bool:
    """Whoever writes of a promise in these weeks names no person, and no mandate is voted on."""
    rows = await of(db, municipality_id=municipality_id)
    return rules.quiet((Weeks(row.first, row.last) for row in rows), today)


async def over_on(db: AsyncConnection, *, after: date) -> list[date]:
    """The first days after election weeks, anywhere, that end then or later."""
    query = select(election_weeks.c.last).where(election_weeks.c.last >= after)
    return [last + timedelta(days=1) for last in (await db.execute(query.order_by(election_weeks.c.last))).scalars()]


async def touched(db: AsyncConnection, *, group_id: int, first: date, last: date) -> bool:
    """Whether any of these days lies in election weeks where the group is."""
    here = await roles.municipality_of(db, group_id=group_id)
    w = election_weeks.c
    query = select(w.id).where(w.municipality_id == here, w.first <= last, w.last >= first)
    return (await db.execute(query.limit(1))).first() is not None
