"""Who holds a public office, and who held it: the office answers for its promises, whoever holds it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Row, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.people import Action
from domain.refusal import Refused
from storage import roles
from storage.tables.posts import posts


async def take(
    db: AsyncConnection, *, by: int, municipality_id: int, office: str, name: str, since: date, now: datetime
) -> None:
    """Whoever held it before held it until the day before."""
    await roles.require(db, person_id=by, action=Action.SET_POST, municipality_id=municipality_id)
    past = await history(db, municipality_id=municipality_id, office=office)
    if past and past[-1].since >= since:
        raise Refused("post_out_of_order")
    if past and past[-1].until is None:
        await _end(db, past[-1].id, since - timedelta(days=1))
    row = {"municipality_id": municipality_id, "office": office, "name": name, "since": since}
    await db.execute(insert(posts), [{**row, "set_by": by, "set_at": now}])


async def leave(db: AsyncConnection, *, by: int, municipality_id: int, office: str, until: date) -> None:
    """The office stands empty from the next day on; its promises wait for whoever comes."""
    await roles.require(db, person_id=by, action=Action.SET_POST, municipality_id=municipality_id)
    row = await holder(db, municipality_id=municipality_id, office=office, on=until)
    if row is None:
        raise Refused("gone")
    await _end(db, row.id, until)


async def holder(db: AsyncConnection, *, municipality_id: int, office: str, on: date) -> Row[Any] | None:
    """Who held it that day: id, name, since, until."""
    past = await history(db, municipality_id=municipality_id, office=office)
    return next((row for row in reversed(past) if row.since <= on and (row.until is None or on <= row.until)), None)


async def history(db: AsyncConnection, *, municipality_id: int, office: str) -> Sequence[Row[Any]]:
    query = select(posts).where(posts.c.municipality_id == municipality_id, posts.c.office == office)
    return (await db.execute(query.order_by(posts.c.since, posts.c.id))).all()


async def _end(db: AsyncConnection, post_id: int, until: date) -> None:
    await db.execute(update(posts).where(posts.c.id == post_id).values(until=until))
