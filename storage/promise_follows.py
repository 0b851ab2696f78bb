"""Who hears of a promise: those who follow it, and those who stand behind the need that it is for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import delete, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.promises import Status
from storage import needs
from storage.new_rows import insert_new
from storage.promises import Dossier
from storage.tables.promise_follows import promise_follows, promise_heard
from storage.tables.promise_states import promise_states
from storage.tables.promises import promise_events


async def follow(db: AsyncConnection, *, promise_id: int, person_id: int, now: datetime) -> None:
    await _set(db, promise_id, person_id, None, now)


async def unfollow(db: AsyncConnection, *, promise_id: int, person_id: int, now: datetime) -> None:
    await _set(db, promise_id, person_id, now, now)


async def _set(db: AsyncConnection, promise_id: int, person_id: int, ended_at: datetime | None, now: datetime) -> None:
    key = {"promise_id": promise_id, "person_id": person_id}
    await db.execute(insert_new(db.dialect, promise_follows), [{**key, "since": now}])
    here = (promise_follows.c.promise_id == promise_id, promise_follows.c.person_id == person_id)
    await db.execute(update(promise_follows).where(*here).values(ended_at=ended_at))


async def follows(db: AsyncConnection, *, dossier: Dossier, person_id: int) -> bool:
    return person_id in await listeners(db, promise_id=dossier.id, need_id=dossier.new.need_id)


async def asked(db: AsyncConnection, *, promise_id: int, person_id: int) -> bool:
    """By themselves; the others hear because the promise is for what they asked for."""
    here = (promise_follows.c.promise_id == promise_id, promise_follows.c.person_id == person_id)
    return (await db.execute(select(promise_follows.c.since).where(*here))).first() is not None


async def listeners(db: AsyncConnection, *, promise_id: int, need_id: int | None) -> list[int]:
    query = select(promise_follows.c.person_id, promise_follows.c.ended_at)
    rows = (await db.execute(query.where(promise_follows.c.promise_id == promise_id))).all()
    behind = await needs.supporters(db, need_ids=[need_id]) if need_id else []
    ended = {row.person_id for row in rows if row.ended_at is not None}
    return sorted(({row.person_id for row in rows} | set(behind)) - ended)


class Turned(NamedTuple):
    """A promise that stands otherwise than when it was looked at last; `before` is None where nobody has looked yet.
    `events` is how many were told of it."""

    promise_id: int
    need_id: int | None
    before: Status | None
    status: Status
    events: int


async def turned(db: AsyncConnection, *, most: int) -> list[Turned]:
    s = promise_states.c
    told = select(func.max(promise_events.c.number)).where(promise_events.c.promise_id == s.promise_id)
    query = select(s.promise_id, s.need_id, promise_heard.c.status.label("before"), s.status)
    query = query.add_columns(told.scalar_subquery().label("events"))
    query = query.outerjoin(promise_heard, promise_heard.c.promise_id == s.promise_id)
    query = query.where(or_(promise_heard.c.status.is_(None), promise_heard.c.status != s.status))
    rows = await db.execute(query.order_by(s.promise_id).limit(most))
    return [
        Turned(row.promise_id, row.need_id, row.before and Status(row.before), Status(row.status), row.events)
        for row in rows
    ]


async def looked(db: AsyncConnection, *, at: Sequence[Turned], now: datetime) -> None:
    rows = [{"promise_id": one.promise_id, "status": one.status.value, "looked_at": now} for one in at]
    if rows:
        await db.execute(delete(promise_heard).where(promise_heard.c.promise_id.in_([one.promise_id for one in at])))
        await db.execute(insert_new(db.dialect, promise_heard), rows)
