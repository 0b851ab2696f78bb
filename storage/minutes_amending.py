"""What those who attended wish changed in the minutes, and what chair and secretary say to it."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain import minutes as rules
from domain.meetings.entries import Verb
from domain.meetings.record import Attendee, Record
from domain.minutes import Amendment, Fate, Seat
from domain.refusal import Refused
from storage import meetings, minutes, telling
from storage.tables.meetings import meeting_actors, meeting_entries
from storage.tables.minutes import minutes_amendments, minutes_authors, minutes_verdicts
from storage.tables.roles import roles


async def attended_as(db: AsyncConnection, *, record: Record, person_id: int) -> Attendee | None:
    """As whom this person was there: they entered themselves by the code, or hold the office that was invited."""
    entered = select(meeting_entries.c.entry_id).join(meeting_actors, meeting_actors.c.entry_id == meeting_entries.c.id)
    mine = entered.where(
        meeting_entries.c.meeting_id == record.id,
        meeting_entries.c.verb == Verb.ATTENDED,
        meeting_actors.c.person_id == person_id,
    )
    entries = set((await db.execute(mine)).scalars())
    held = select(roles.c.id).where(roles.c.person_id == person_id, roles.c.ended_at.is_(None))
    offices = set((await db.execute(held)).scalars())
    named = {guest.name.casefold() for guest in record.guests if guest.role_id in offices}
    return next(
        (each for each in record.attendees if (each.id in entries and each.by_code) or each.name.casefold() in named),
        None,
    )


async def amend(
    db: AsyncConnection, *, meeting_id: int, item: int | None, words: str, by: int, now: datetime, zone: ZoneInfo
) -> int:
    """`item`: the number on the agenda, None for the whole."""
    await _require_open(db, meeting_id, now, zone)
    record = await meetings.read(db, meeting_id=meeting_id, zone=zone)
    who = await attended_as(db, record=record, person_id=by)
    if who is None:
        raise Refused("did_not_attend")
    amendment_id = await amend_as(db, record=record, who=who, item=item, words=words, now=now, zone=zone)
    await db.execute(insert(minutes_authors).values(amendment_id=amendment_id, person_id=by))
    return amendment_id


async def amend_as(
    db: AsyncConnection, *, record: Record, who: Attendee, item: int | None, words: str, now: datetime, zone: ZoneInfo
) -> int:
    """Also of somebody without an account here, by their personal link."""
    meeting_id = record.id
    await _require_open(db, meeting_id, now, zone)
    if len(words) > rules.LONGEST or (item is not None and not 1 <= item <= len(record.items)):
        raise Refused("gone")
    row = {"meeting_id": meeting_id, "item": item, "name": who.name, "office": who.office, "words": words, "at": now}
    new = insert(minutes_amendments).values(**row).returning(minutes_amendments.c.id)
    return int((await db.execute(new)).scalar_one())


async def _require_open(db: AsyncConnection, meeting_id: int, now: datetime, zone: ZoneInfo) -> None:
    await meetings.lock(db, meeting_id=meeting_id)
    (await minutes.standing(db, meeting_id=meeting_id)).require_open(now.astimezone(zone).date())


async def decide(
    db: AsyncConnection,
    *,
    meeting_id: int,
    amendment_id: int,
    seat: Seat,
    accepted: bool,
    reason: str | None,
    by: int,
    now: datetime,
    zone: ZoneInfo,
) -> Fate:
    """The chair decides in person where they have a chat; else the secretary writes down what the chair said."""
    await meetings.lock(db, meeting_id=meeting_id)
    (await minutes.standing(db, meeting_id=meeting_id)).require_unlocked()
    await _require_seat(db, meeting_id, seat, by, zone)
    found = await _amendment(db, meeting_id, amendment_id)
    if found is None or seat in found.verdicts or found.fate is not Fate.WAITING:
        raise Refused("already_decided")
    if not accepted and not reason:
        raise Refused("reason_needed")
    row = {"amendment_id": amendment_id, "meeting_id": meeting_id, "seat": seat, "accepted": accepted}
    await db.execute(insert(minutes_verdicts).values(**row, reason=reason, at=now))
    fate = (await minutes.amendment(db, amendment_id=amendment_id)).fate
    if fate is not Fate.WAITING:
        await _tell_author(db, amendment_id, now)
    return fate


async def _tell_author(db: AsyncConnection, amendment_id: int, now: datetime) -> None:
    """By chat; whoever asked by a link reads it on their page."""
    a = minutes_authors.c
    author = (await db.execute(select(a.person_id).where(a.amendment_id == amendment_id))).scalar()
    if author is not None:
        thing, args = f"minutes:answered:{amendment_id}", {"amendment": amendment_id}
        await telling.tell(db, person_id=author, thing=thing, conversation="minutes_answered", args=args, now=now)


async def chair(db: AsyncConnection, *, record: Record) -> int | None:
    """The person who chaired, where they entered themselves or hold an invited office."""
    entry = next((each.id for each in record.attendees if each.name.casefold() == record.chair.casefold()), None)
    by_code = select(meeting_actors.c.person_id).join(
        meeting_entries, meeting_entries.c.id == meeting_actors.c.entry_id
    )
    here = (meeting_entries.c.meeting_id == record.id, meeting_entries.c.entry_id == entry)
    entered = {each.id for each in record.attendees if each.by_code}
    if entry in entered and (found := (await db.execute(by_code.where(*here))).scalar()):
        return int(found)
    role = next((g.role_id for g in record.guests if g.name.casefold() == record.chair.casefold() and g.role_id), None)
    query = select(roles.c.person_id).where(roles.c.id == role, roles.c.ended_at.is_(None))
    holder = (await db.execute(query)).scalar() if role else None
    return None if holder is None else int(holder)


async def _require_seat(db: AsyncConnection, meeting_id: int, seat: Seat, by: int, zone: ZoneInfo) -> None:
    if seat is Seat.CHAIR:
        record = await meetings.read(db, meeting_id=meeting_id, zone=zone)
        if (who := await chair(db, record=record)) is not None:
            if who != by:
                raise Refused("chair_decides")
            return
    await meetings.require_keeper(db, meeting_id=meeting_id, person_id=by)


async def _amendment(db: AsyncConnection, meeting_id: int, amendment_id: int) -> Amendment | None:
    found = await minutes.amended(db, meeting_id=meeting_id)
    return next((each for each in found if each.id == amendment_id), None)
