"""What an official answers in writing before the meeting: it stands in the agenda."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncConnection

from domain.meetings.entries import Verb
from domain.meetings.record import Answer, State
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
    if guest is None or record.item(item) is None or record.state is not State.PLANNED:
        raise Refused("gone")
    body = {"item": item, "guest": guest.id, "answer": answer, "words": words}
    await meetings.note(db, meeting_id=meeting_id, verb=Verb.WROTE, body=body, by=by, now=now)
