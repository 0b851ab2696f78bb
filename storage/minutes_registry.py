"""The numbers that a chancellery gave the minutes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage import meetings
from storage.tables.minutes import minutes_registrations


@dataclass(frozen=True, slots=True)
class Registered:
    number: str
    day: date
    media_id: str | None


async def put(
    db: AsyncConnection, *, meeting_id: int, number: str, day: date, media_id: str | None, by: int, now: datetime
) -> None:
    await meetings.require_keeper(db, meeting_id=meeting_id, person_id=by)
    row = {"meeting_id": meeting_id, "number": number, "day": day, "media_id": media_id, "at": now}
    await db.execute(insert(minutes_registrations).values(**row))


async def of(db: AsyncConnection, *, meeting_id: int) -> list[Registered]:
    r = minutes_registrations.c
    query = select(r.number, r.day, r.media_id).where(r.meeting_id == meeting_id).order_by(r.id)
    return [Registered(*row) for row in await db.execute(query)]
