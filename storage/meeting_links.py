"""Officials without a chat: they are invited by a personal link, of which only the hash is kept."""

from __future__ import annotations

import secrets
from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.meetings.entries import Verb
from domain.meetings.record import Side
from domain.people import token_hash
from storage import meeting_guests, meetings
from storage.tables.meetings import meeting_links


async def invite(
    db: AsyncConnection, *, meeting_id: int, name: str, office: str, branch: Side, token: str, by: int, now: datetime
) -> None:
    await meeting_guests.require_host(db, meeting_id=meeting_id, person_id=by)
    guest = f"link-{secrets.token_hex(8)}"
    body = {"guest": guest, "name": name, "office": office, "branch": branch}
    await meetings.note(db, meeting_id=meeting_id, verb=Verb.INVITED, body=body, by=by, now=now)
    row = {"token_hash": token_hash(token), "meeting_id": meeting_id, "guest": guest, "made_at": now}
    await db.execute(insert(meeting_links).values(**row))


async def again(db: AsyncConnection, *, meeting_id: int, guest: str, token: str, by: int, now: datetime) -> None:
    """One more link for the same guest, since only hashes are kept; the earlier ones go on opening their page."""
    await meeting_guests.require_host(db, meeting_id=meeting_id, person_id=by)
    row = {"token_hash": token_hash(token), "meeting_id": meeting_id, "guest": guest, "made_at": now}
    await db.execute(insert(meeting_links).values(**row))


async def opened(db: AsyncConnection, *, token: str) -> tuple[int, str] | None:
    """The meeting, and as whom one is invited there."""
    query = select(meeting_links.c.meeting_id, meeting_links.c.guest)
    row = (await db.execute(query.where(meeting_links.c.token_hash == token_hash(token)))).first()
    return None if row is None else (row.meeting_id, row.guest)
