"""Who hears of a promise: those who follow it, and those who stand behind the need that it is for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.promises import Status
from storage import inbox, needs
from storage.promises import Dossier
from storage.tables.promise_follows import promise_follows, promise_heard
from storage.tables.promises import promise_events, promises


async def follow(db: AsyncConnection, *, promise_id: int, person_id: int, now: datetime) -> None:
    await _set(db, promise_id, person_id, None, now)


async def unfollow(db: AsyncConnection, *, promise_id: int, person_id: int, now: datetime) -> None:
    await _set(db, promise_id, person_id, now, now)


async def _set(db: AsyncConnection, promise_id: int, person_id: int, ended_at: datetime | None, now: datetime) -> None:
    key = {"promise_id": promise_id, "person_id": person_id}
    await db.execute(inbox.insert_new(db.dialect, promise_follows), [{**key, "since": now}])
    here = (promise_follows.c.promise_id == promise_id, promise_follows.c.person_id == person_id)
    await db.execute(update(promise_follows).where(*here).values(ended_at=ended_at))


async def follows(db: AsyncConnection, *, dossier: Dossier, person_id: int) -> bool:
    return person_id in await listeners(db, dossier=dossier)


async def asked(db: AsyncConnection, *, promise_id: int, person_id: int) -> bool:
    """By themselves; the others hear because the promise is for what they asked for."""
    here = (promise_follows.c.promise_id == promise_id, promise_follows.c.person_id == person_id)
    return (await db.execute(select(promise_follows.c.since).where(*here))).first() is not None


async def listeners(db: AsyncConnection, *, dossier: Dossier) -> list[int]:
    query = select(promise_follows.c.person_id, promise_follows.c.ended_at)
    rows = (await db.execute(query.where(promise_follows.c.promise_id == dossier.id))).all()
    behind = await needs.supporters(db, need_ids=[dossier.new.need_id]) if dossier.new.need_id else []
    ended = {row.person_id for row in rows if row.ended_at is not None}
    return sorted(({row.person_id for row in rows} | set(behind)) - ended)


async def unheard(db: AsyncConnection, *, midnight: datetime, most: int) -> list[int]:
    """Promises that may stand otherwise than when they were looked at: something was told, or another day has begun."""
    newest = select(func.max(promise_events.c.at)).where(promise_events.c.promise_id == promises.c.id)
    seen = promise_heard.c.looked_at
    query = select(promises.c.id).outerjoin(promise_heard, promise_heard.c.promise_id == promises.c.id)
    query = query.where(or_(seen.is_(None), seen < midnight, seen <= newest.scalar_subquery()))
    return list((await db.execute(query.order_by(promises.c.id).limit(most))).scalars())


async def statuses(db: AsyncConnection, *, ids: Sequence[int]) -> dict[int, Status]:
    query = select(promise_heard.c.promise_id, promise_heard.c.status).where(promise_heard.c.promise_id.in_(ids))
    return {row.promise_id: Status(row.status) for row in await db.execute(query)}


async def looked(db: AsyncConnection, *, promise_id: int, status: Status, now: datetime) -> None:
    values = {"status": status.value, "looked_at": now}
    await db.execute(inbox.insert_new(db.dialect, promise_heard), [{"promise_id": promise_id, **values}])
    await db.execute(update(promise_heard).where(promise_heard.c.promise_id == promise_id).values(**values))
