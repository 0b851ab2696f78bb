"""Whoever was there and has no account reads the draft, and asks for a change, by a personal link."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.meetings.record import Attendee, Record
from domain.people import token_hash
from domain.refusal import Refused
from storage import meeting_links, meetings
from storage.tables.meetings import meeting_links as links


def without_chat(record: Record) -> list[Attendee]:
    """Those whom the secretary wrote down, and whose office was not invited in a chat."""
    reached = {each.name.casefold() for each in record.guests if each.role_id is not None}
    return [each for each in record.attendees if not each.by_code and each.name.casefold() not in reached]


async def give(
    db: AsyncConnection, *, meeting_id: int, attendee: str, token: str, by: int, now: datetime, zone: ZoneInfo
) -> str:
    """Answers the name of whom it is for; only the hash of the link is kept."""
    await meetings.require_keeper(db, meeting_id=meeting_id, person_id=by)
    record = await meetings.read(db, meeting_id=meeting_id, zone=zone)
    found = next((each for each in without_chat(record) if each.id == attendee), None)
    if found is None:
        raise Refused("gone")
    row = {"token_hash": token_hash(token), "meeting_id": meeting_id, "guest": found.id, "made_at": now}
    await db.execute(insert(links).values(**row))
    return found.name


async def opened(db: AsyncConnection, *, token: str, zone: ZoneInfo) -> tuple[Record, Attendee] | None:
    """An invitation's link opens nothing here, nor this one an invitation."""
    found = await meeting_links.opened(db, token=token)
    if found is None:
        return None
    record = await meetings.read(db, meeting_id=found[0], zone=zone)
    who = next((each for each in without_chat(record) if each.id == found[1]), None)
    return None if who is None else (record, who)
