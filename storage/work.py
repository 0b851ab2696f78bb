"""Slow work: taken with a lease, done outside any transaction, its result told to the conversation that waits."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, and_, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage import media, telling, voices
from storage.tables.turns import work

LEASE = timedelta(minutes=5)
TRIES = 3
# Where nobody waits for it, an evening without a connection is no reason to lose a photo.
PATIENT_TRIES = 10


async def claim(db: AsyncConnection, *, now: datetime, most: int = 1) -> Sequence[Row[Any]]:
    """Work that nobody does, or whose worker has died; `now` is real time."""
    free = or_(work.c.status == "new", and_(work.c.status == "doing", work.c.lease_until < now))
    query = select(work.c.id).where(free).order_by(work.c.id).limit(most).with_for_update(skip_locked=True)
    ids = (await db.execute(query)).scalars().all()
    if not ids:
        return []
    mine = update(work).where(work.c.id.in_(ids))
    await db.execute(mine.values(status="doing", lease_until=now + LEASE, attempts=work.c.attempts + 1))
    return (await db.execute(select(work).where(work.c.id.in_(ids)).order_by(work.c.id))).all()


async def finish(db: AsyncConnection, *, row: Row[Any], result: dict[str, Any] | None, now: datetime) -> None:
    """`now` is the domain's clock, for the message that brings the result. No result: nobody waits for one."""
    await db.execute(update(work).where(work.c.id == row.id).values(status="done", lease_until=None))
    row = await _as_it_is(db, row)
    if result is not None:
        where = {name: row.args[name] for name in ("run", "key") if name in row.args}
        await telling.finished(db, person_id=row.person_id, work_id=row.id, result={**result, **where}, now=now)


async def fail(db: AsyncConnection, *, row: Row[Any], error: str, again_at: datetime) -> bool:
    """Answers whether it will be tried again; in the end it stays failed, visibly."""
    again: bool = row.attempts < (TRIES if "key" in row.args else PATIENT_TRIES)
    status = {"status": "doing", "lease_until": again_at} if again else {"status": "failed", "lease_until": None}
    await db.execute(update(work).where(work.c.id == row.id).values(error=error, **status))
    return again


async def tell_failed(db: AsyncConnection, *, row: Row[Any], now: datetime) -> None:
    """The conversation that waits is told that nothing came of it; else the person, if it was their file."""
    row = await _as_it_is(db, row)
    if "key" not in row.args:
        if row.kind == "fetch":
            await media.lost(db, media_id=row.args["media"], person_id=row.person_id, now=now)
            await voices.failed(db, media_id=row.args["media"], now=now)
        return
    result = {"error": "failed", "run": row.args["run"], "key": row.args["key"]}
    await telling.finished(db, person_id=row.person_id, work_id=row.id, result=result, now=now)


async def _as_it_is(db: AsyncConnection, row: Row[Any]) -> Row[Any]:
    """While it was done, the person may have turned out to be another, and the run have got another number."""
    return (await db.execute(select(work).where(work.c.id == row.id))).one()
