"""Who is reminded of a round table: a week before, and the day before."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.meetings.record import Guest, Record, Reply, State
from storage import meetings, telling
from storage.tables.meetings import meetings as meetings_
from storage.tables.roles import roles

BEFORE = (timedelta(days=7), timedelta(days=1))
NEAR = "near"
LATEST = timedelta(days=400)  # a table older than this is not read at every sweep


async def remind(db: AsyncConnection, *, now: datetime, zone: ZoneInfo) -> int:
    """The nearest reminder that is due; each once, and anew when the day has moved."""
    told = 0
    for record in await _ahead(db, now, zone):
        due = [each for each in BEFORE if record.starts_at - each <= now]
        if not due:
            continue
        people = await _who(db, record)
        thing = f"meeting:{record.id}:{record.starts_at:%Y%m%d%H%M}:{min(due).days}"
        args = {"meeting": record.id, "starts_at": record.starts_at.isoformat()}
        where = {"thing": thing, "conversation": "meeting_near", "args": args}
        await telling.tell_all(db, people_ids=people, **where, now=now)  # type: ignore[arg-type]
        await hand_on(db, record=record, thing=thing, what=NEAR, now=now, starts_at=record.starts_at.isoformat())
        told += len(people)
    return told


async def hand_on(db: AsyncConnection, *, record: Record, thing: str, what: str, now: datetime, **args: Any) -> None:
    """Whoever was invited by a link hears nothing from us: the secretary gets what is to be passed on to them."""
    secretary = await meetings.secretary(db, meeting_id=record.id)
    if secretary is None or not by_link(record, what):
        return
    where: dict[str, Any] = {"conversation": "meeting_hand_on", "args": {"meeting": record.id, "what": what, **args}}
    await telling.tell(db, person_id=secretary, thing=f"{thing}:links", **where, now=now)


def by_link(record: Record, what: str) -> list[Guest]:
    """Those without a chat; who is not coming is not reminded, but hears of another day."""
    away = (Reply.NOT_COMING,) if what == NEAR else ()
    return [each for each in record.guests if each.role_id is None and each.reply not in away]


async def next_due(db: AsyncConnection, *, after: datetime, zone: ZoneInfo) -> datetime | None:
    moments = [record.starts_at - each for record in await _ahead(db, after, zone) for each in BEFORE]
    return min((each for each in moments if each > after), default=None)


async def stands(db: AsyncConnection, *, meeting_id: int, starts_at: datetime) -> bool:
    """Whether it is still to be held at this moment."""
    record = await meetings.read(db, meeting_id=meeting_id, zone=meetings.ANYWHERE)
    return record.state is State.PLANNED and record.starts_at == starts_at


async def chats(db: AsyncConnection, *, record: Record) -> list[int]:
    """The invited officials who have a chat, while they hold the office."""
    ids = [each.role_id for each in record.guests if each.role_id is not None]
    query = select(roles.c.person_id).where(roles.c.id.in_(ids), roles.c.ended_at.is_(None)).distinct()
    return list((await db.execute(query)).scalars())


async def _who(db: AsyncConnection, record: Record) -> list[int]:
    """Who comes or has not said, and whoever keeps the record."""
    absent = {each.role_id for each in record.guests if each.reply is Reply.NOT_COMING}
    ids = [each.role_id for each in record.guests if each.role_id is not None and each.role_id not in absent]
    query = select(roles.c.person_id).where(roles.c.id.in_(ids), roles.c.ended_at.is_(None))
    found = [*(await db.execute(query)).scalars(), await meetings.secretary(db, meeting_id=record.id)]
    return sorted({each for each in found if each is not None})


async def _ahead(db: AsyncConnection, now: datetime, zone: ZoneInfo) -> list[Record]:
    query = select(meetings_.c.id).where(meetings_.c.made_at > now - LATEST).order_by(meetings_.c.id)
    found = [await meetings.read(db, meeting_id=each, zone=zone) for each in (await db.execute(query)).scalars()]
    return [each for each in found if each.state is State.PLANNED and each.starts_at > now]
