"""When the group and the office of each promise are asked next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Row, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.promise_asking import following, looked_after, over, weekly
from domain.promises import Promise, Reason, Status, Verdict, due_on
from storage.promise_people import Answerer
from storage.tables.promise_states import promise_states as states
from storage.tables.promises import promise_asking as asking
from storage.tables.promises import promises

MOST = 2000  # at once: what one statement may name
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


@dataclass(frozen=True, slots=True)
class Due:
    """A promise of which somebody is to be asked, as it stands; `made_on` and `due_on` as it is now agreed."""

    promise_id: int
    municipality_id: int
    community_id: int
    answerer: Answerer
    counted: bool
    verdict: Verdict
    kind: str | None
    made_on: date
    due_on: date
    group_at: datetime | None
    office_at: datetime | None

    def asks(self, now: datetime, *, office: bool) -> datetime | None:
        """Since when; None where nobody is asked now."""
        at = self.office_at if office else self.group_at
        return at if at is not None and at <= now else None


async def due(db: AsyncConnection, *, now: datetime, most: int = MOST) -> list[Due]:
    """Of whom somebody is to be asked now. On PostgreSQL another clock's rows are left to it.

    Whether it is over, and how it stands otherwise, is read where the ledger was reckoned: neither changes with the
    calendar alone.
    """
    s = states.c
    query = select(asking, promises.c.made_on, s.municipality_id, s.community_id, s.office, s.holder)
    query = query.add_columns(s.counted, s.status, s.reason, s.due, s.kind, s.doubted)
    query = query.join(states, s.promise_id == asking.c.promise_id).join(promises, promises.c.id == asking.c.promise_id)
    query = query.where(or_(asking.c.group_at <= now, asking.c.office_at <= now)).order_by(asking.c.promise_id)
    rows = await db.execute(query.limit(most).with_for_update(of=asking, skip_locked=True))
    return [_due(row) for row in rows]


def _due(row: Row[Any]) -> Due:
    verdict = Verdict(Status(row.status), Reason(row.reason), row.due, doubted=row.doubted)
    where, who = (row.municipality_id, row.community_id), Answerer(row.holder, row.office)
    when = (row.made_on, row.due_on, row.group_at, row.office_at)
    return Due(row.promise_id, *where, who, row.counted, verdict, row.kind, *when)


async def asked(
    db: AsyncConnection, *, promise_ids: Sequence[int], office: bool, following_at: datetime | None
) -> None:
    now = update(asking).where(asking.c.promise_id.in_(promise_ids))
    await db.execute(now.values(**{"office_at" if office else "group_at": following_at}))


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
