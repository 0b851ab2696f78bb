"""What the clock has to do about trainings: announce the next of a series, remind those who may come."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Row, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.reminders import of_training
from domain.trainings import Audience
from storage import trainings
from storage.tables.places import communities
from storage.tables.roles import groups
from storage.tables.trainings import trainings as trainings_


async def announce_due(db: AsyncConnection, *, now: datetime, zone: ZoneInfo) -> int:
    due = [row for row in await _ahead(db, now) if row.announced_at is None and row.announce_at <= now]
    for row in due:
        await trainings.announce(db, training_id=row.id, now=now, zone=zone)
    return len(due)


async def remind_due(db: AsyncConnection, *, now: datetime, zone: ZoneInfo) -> int:
    """Only the latest reminder that is due: who could not be reminded in time is not reminded twice."""
    reminded = 0
    for row in await _ahead(db, now):
        due = [one.number for one in of_training(row.starts_at, zone) if one.at <= now and one.number > row.reminded]
        if due and row.announced_at is not None:
            await _remind(db, row, max(due), now)
            reminded += 1
    return reminded


async def next_due(db: AsyncConnection, *, after: datetime, zone: ZoneInfo) -> datetime | None:
    moments = [moment for row in await _ahead(db, after) for moment in _moments(row, zone) if moment > after]
    return min(moments, default=None)


async def for_group(db: AsyncConnection, *, group_id: int, now: datetime) -> list[Row[Any]]:
    """What is announced, not yet begun, and meant for this group among others."""
    query = select(communities.c.id, communities.c.municipality_id)
    query = query.join(groups, groups.c.community_id == communities.c.id).where(groups.c.id == group_id)
    where = (await db.execute(query)).one()
    return [
        row
        for row in await _ahead(db, now)
        if row.announced_at is not None
        and Audience.GROUPS in row.audience
        and row.municipality_id == where.municipality_id
        and (row.community_ids is None or where.id in row.community_ids)
    ]


def _moments(row: Row[Any], zone: ZoneInfo) -> list[datetime]:
    reminders = [one.at for one in of_training(row.starts_at, zone) if one.number > row.reminded]
    return reminders if row.announced_at is not None else [row.announce_at, *reminders]


async def _ahead(db: AsyncConnection, now: datetime) -> Sequence[Row[Any]]:
    query = select(trainings_).where(trainings_.c.cancelled_at.is_(None), trainings_.c.starts_at > now)
    return (await db.execute(query.order_by(trainings_.c.starts_at))).all()


async def _remind(db: AsyncConnection, row: Row[Any], number: int, now: datetime) -> None:
    await db.execute(update(trainings_).where(trainings_.c.id == row.id).values(reminded=number))
    thing = f"training:{row.id}:{row.moved}:reminder:{number}"
    args = {"training": row.id, "moved": row.moved}
    await trainings.tell_who_may_come(
        db, thing=thing, coming="training_near", unanswered="training_reminder", args=args, now=now
    )
