"""Minutes are opened to those who attended, and chair and secretary hear of what they ask for."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, exists, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.meetings.entries import Verb
from domain.meetings.record import Record
from domain.minutes import Phase
from domain.people import OFFICES
from domain.reminders import MORNING
from storage import meetings, minutes, minutes_amending, telling
from storage.tables.meetings import meeting_actors, meeting_entries
from storage.tables.meetings import meetings as meetings_
from storage.tables.minutes import minutes_versions
from storage.tables.roles import roles


async def open_(db: AsyncConnection, *, meeting_id: int, days: int, by: int, now: datetime, zone: ZoneInfo) -> int:
    """Answers the version."""
    version = await minutes.open_(db, meeting_id=meeting_id, days=days, by=by, now=now, zone=zone)
    record = await meetings.read(db, meeting_id=meeting_id, zone=zone)
    people = await attended(db, record=record)
    args = {"meeting": meeting_id}
    await telling.tell_all(
        db, people_ids=people, thing=f"minutes:{meeting_id}:open", conversation="minutes_opened", args=args, now=now
    )
    if version.until is not None:
        over = datetime.combine(version.until + timedelta(days=1), MORNING, zone).astimezone(UTC)
        await _tell_secretary(db, "minutes_over", f"minutes:{meeting_id}:over", args, now, due_at=over)
    return version.version


async def _tell_secretary(
    db: AsyncConnection,
    conversation: str,
    thing: str,
    args: dict[str, int],
    now: datetime,
    *,
    due_at: datetime | None = None,
) -> None:
    if (secretary := await meetings.secretary(db, meeting_id=args["meeting"])) is not None:
        told: dict[str, Any] = {"thing": thing, "conversation": conversation, "args": args}
        await telling.tell(db, person_id=secretary, **told, now=now, due_at=due_at)


async def attended(db: AsyncConnection, *, record: Record) -> list[int]:
    """Whoever was there and has an account."""
    entered = select(meeting_actors.c.person_id).join(
        meeting_entries, meeting_entries.c.id == meeting_actors.c.entry_id
    )
    here = entered.where(meeting_entries.c.meeting_id == record.id, meeting_entries.c.verb == Verb.ATTENDED)
    invited = [each.role_id for each in record.guests if each.role_id is not None]
    held = select(roles.c.person_id).where(roles.c.id.in_(invited), roles.c.ended_at.is_(None))
    candidates = {*(await db.execute(here)).scalars(), *(await db.execute(held)).scalars()}
    there = {each: await minutes_amending.attended_as(db, record=record, person_id=each) for each in candidates}
    return sorted(each for each, as_whom in there.items() if as_whom is not None)


async def open_to(db: AsyncConnection, *, person_id: int, now: datetime, zone: ZoneInfo) -> list[int]:
    """The meetings whose minutes this person may still ask to change."""
    return await _open_where_they_were(db, person_id, minutes_versions.c.until >= now.astimezone(zone).date())


async def may_amend(db: AsyncConnection, *, person_id: int) -> bool:
    """For a menu: was at a meeting whose minutes are open."""
    return bool(await _open_where_they_were(db, person_id))


async def _open_where_they_were(db: AsyncConnection, person_id: int, *more: ColumnElement[bool]) -> list[int]:
    """For nearly everybody the query alone says that there is none."""
    newer = minutes_versions.alias()
    v = minutes_versions.c
    last = ~exists().where(newer.c.meeting_id == v.meeting_id, newer.c.version > v.version)
    near = or_(v.meeting_id.in_(_entered(person_id)), v.meeting_id.in_(_of_their_office(person_id)))
    query = select(v.meeting_id).where(v.phase == Phase.OPEN, last, near, *more)
    found = []
    for meeting_id in sorted((await db.execute(query)).scalars()):
        record = await meetings.read(db, meeting_id=meeting_id, zone=meetings.ANYWHERE)
        if await minutes_amending.attended_as(db, record=record, person_id=person_id) is not None:
            found.append(meeting_id)
    return found


def _entered(person_id: int) -> Select[tuple[int]]:
    """Where they entered somebody as present, themselves perhaps."""
    entered = select(meeting_entries.c.meeting_id).join(
        meeting_actors, meeting_actors.c.entry_id == meeting_entries.c.id
    )
    return entered.where(meeting_entries.c.verb == Verb.ATTENDED, meeting_actors.c.person_id == person_id)


def _of_their_office(person_id: int) -> Select[tuple[int]]:
    """An official whose name was tapped at the desk entered nothing."""
    held = select(roles.c.municipality_id).where(
        roles.c.person_id == person_id, roles.c.role.in_(OFFICES), roles.c.ended_at.is_(None)
    )
    return select(meetings_.c.id).where(meetings_.c.municipality_id.in_(held))


async def tell_both(db: AsyncConnection, *, meeting_id: int, amendment_id: int, now: datetime, zone: ZoneInfo) -> None:
    """Chair and secretary answer together; a chair without a chat is asked by the secretary."""
    record = await meetings.read(db, meeting_id=meeting_id, zone=zone)
    who = await minutes_amending.chair(db, record=record)
    args, thing = {"meeting": meeting_id, "amendment": amendment_id}, f"minutes:amendment:{amendment_id}"
    await _tell_secretary(db, "minutes_asked", f"{thing}:secretary", args, now)
    if who is not None:
        await telling.tell(db, person_id=who, thing=thing, conversation="minutes_chair", args=args, now=now)
