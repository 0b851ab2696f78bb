"""What an official answers in writing before the meeting: it stands in the agenda."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncConnection

from domain.meetings.entries import Verb
from domain.meetings.record import Answer, Record
from domain.refusal import Refused
from storage import meeting_guests, meetings


async def write(
    db: AsyncConnection,
    *,
    meeting_id: int,
    item: str,
    answer: Answer,
    words: str,
    by: int,
    now: datetime,
    zone: ZoneInfo,
) -> None:
    """Only whoever was invited, and only until the meeting has begun."""
    record = await meetings.read(db, meeting_id=meeting_id, zone=zone)
    guest = await meeting_guests.guest_of(db, record=record, person_id=by)
    if guest is None:
        raise Refused("gone")
    await write_as(db, record=record, guest=guest.id, item=item, answer=answer, words=words, by=by, now=now)


async def write_as(
    db: AsyncConnection,
    *,
    record: Record,
    guest: str,
    item: str,
    answer: Answer,
    words: str,
    by: int | None,
    now: datetime,
) -> None:
    """`by` is empty for whoever was invited by a personal link."""
    if record.item(item) is None:
        raise Refused("gone")
    meeting_guests.require_planned(record)
    body = {"item": item, "guest": guest, "answer": answer, "words": words}
    await meetings.note(db, meeting_id=record.id, verb=Verb.WROTE, body=body, by=by, now=now)
