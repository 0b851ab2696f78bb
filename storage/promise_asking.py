"""When the group and the office of each promise are asked next."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Row, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.promise_asking import following, looked_after, over, weekly
from domain.promises import Promise, Verdict, due_on
from storage.tables.promises import promise_asking as asking

FEW = 20  # more than the days of which the notice may have been due already


async def begin(db: AsyncConnection, *, promise_id: int, promise: Promise, now: datetime, zone: ZoneInfo) -> None:
    due = due_on(promise)
    row = {"promise_id": promise_id, "due_on": due, **_next(due, promise.made_on, now, zone)}
    await db.execute(insert(asking), [row])


def _next(due: date, made_on: date, now: datetime, zone: ZoneInfo) -> dict[str, datetime]:
    return {
        "group_at": following(due, made_on, now, zone),
        "office_at": following(due, made_on, now, zone, office=True),
    }


async def reckon(
    db: AsyncConnection,
    *,
    promise_id: int,
    made_on: date,
    verdict: Verdict,
    kind: str | None,
    now: datetime,
    zone: ZoneInfo,
) -> None:
    """After an event: asked no more, or by a new day, or again, or sooner; else what is due already stays due."""
    row = (await db.execute(select(asking).where(asking.c.promise_id == promise_id))).one()
    if not looked_after(verdict) or verdict.due is None:
        return await _set(db, promise_id, {"group_at": None, "office_at": None})
    group_at = row.group_at
    new: dict[str, Any] = {}
    if verdict.due != row.due_on or group_at is None:
        new = {"due_on": verdict.due, **_next(verdict.due, made_on, now, zone)}
        group_at = new["group_at"]
    if weekly(kind, verdict):
        new["group_at"] = min(group_at, following(verdict.due, made_on, now, zone, week=True))
    elif group_at > now:  # it was asked every week until now
        new["group_at"] = max(group_at, following(verdict.due, made_on, now, zone))
    if over(verdict):
        new["office_at"] = None
    if new:
        await _set(db, promise_id, new)


async def due(db: AsyncConnection, *, now: datetime) -> Sequence[Row[Any]]:
    """Of whom somebody is to be asked now. On PostgreSQL another clock's rows are left to it."""
    query = select(asking).where(or_(asking.c.group_at <= now, asking.c.office_at <= now))
    return (await db.execute(query.order_by(asking.c.promise_id).with_for_update(skip_locked=True))).all()


async def asked(db: AsyncConnection, *, promise_id: int, office: bool, following_at: datetime | None) -> None:
    await _set(db, promise_id, {"office_at" if office else "group_at": following_at})


async def nearing(db: AsyncConnection, *, first: date, last: date) -> Sequence[Row[int, date]]:
    """Those that are not over and fall due on one of these days: promise_id, due_on."""
    query = select(asking.c.promise_id, asking.c.due_on).where(asking.c.office_at.is_not(None))
    return (await db.execute(query.where(asking.c.due_on.between(first, last)).order_by(asking.c.promise_id))).all()


async def days(db: AsyncConnection, *, first: date) -> Sequence[date]:
    """On which one that is not over falls due, from that day on, the nearest first: a few are enough."""
    query = select(asking.c.due_on).where(asking.c.office_at.is_not(None), asking.c.due_on >= first).distinct()
    return (await db.execute(query.order_by(asking.c.due_on).limit(FEW))).scalars().all()


async def next_due(db: AsyncConnection, *, after: datetime) -> datetime | None:
    moments = [
        (await db.execute(select(func.min(column)).where(column > after))).scalar()
        for column in (asking.c.group_at, asking.c.office_at)
    ]
    return min((moment for moment in moments if moment is not None), default=None)


async def _set(db: AsyncConnection, promise_id: int, values: dict[str, Any]) -> None:
    await db.execute(update(asking).where(asking.c.promise_id == promise_id).values(**values))
