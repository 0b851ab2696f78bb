"""How promises were spoken: recordings beside their words, heard by whoever keeps the record, and by nobody else."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.refusal import Refused
from storage import media, meetings
from storage.tables.meetings import meeting_voices
from storage.tables.turns import media as files

KIND = "voice"
GONE = ("erased", "failed")


async def keep(db: AsyncConnection, *, meeting_id: int, media_id: str, by: int) -> None:
    """What came as a voice message of the secretary's: from now on it is the meeting's, not theirs."""
    await meetings.require_keeper(db, meeting_id=meeting_id, person_id=by)
    mine = files.c.id == media_id, files.c.person_id == by, files.c.kind == KIND
    taken = await db.execute(update(files).where(*mine).values(person_id=None))
    if taken.rowcount != 1:
        raise Refused("gone")
    await db.execute(insert(meeting_voices).values(media_id=media_id, meeting_id=meeting_id))


async def take(db: AsyncConnection, *, meeting_id: int, media_id: str, mime: str, by: int, now: datetime) -> bool:
    """Of the desk's page, which names it before it can send it; False where it is here already."""
    await meetings.require_keeper(db, meeting_id=meeting_id, person_id=by)
    await meetings.lock(db, meeting_id=meeting_id)
    if (await db.execute(select(files.c.id).where(files.c.id == media_id))).first() is not None:
        if await find(db, meeting_id=meeting_id, media_id=media_id) is None:
            raise Refused("gone")
        return False
    await media.add(db, media_id=media_id, person_id=None, kind=KIND, mime=mime, now=now)
    await db.execute(insert(meeting_voices).values(media_id=media_id, meeting_id=meeting_id))
    return True


async def find(db: AsyncConnection, *, meeting_id: int, media_id: str) -> str | None:
    """Its type, where it is a recording of this meeting and was not deleted."""
    query = select(files.c.mime).join(meeting_voices, meeting_voices.c.media_id == files.c.id)
    mine = meeting_voices.c.meeting_id == meeting_id, files.c.id == media_id, files.c.state.not_in(GONE)
    row = (await db.execute(query.where(*mine))).first()
    return None if row is None else row.mime or ""


async def of(db: AsyncConnection, *, meeting_id: int) -> set[str]:
    """Those that can be heard."""
    query = select(files.c.id).join(meeting_voices, meeting_voices.c.media_id == files.c.id)
    mine = meeting_voices.c.meeting_id == meeting_id, files.c.state.not_in(GONE)
    return set((await db.execute(query.where(*mine))).scalars())


async def erase(db: AsyncConnection, *, meeting_id: int, media_id: str, by: int, now: datetime) -> None:
    """The words stay, also once the minutes are locked: the recording is no part of them."""
    await meetings.require_keeper(db, meeting_id=meeting_id, person_id=by)
    if await find(db, meeting_id=meeting_id, media_id=media_id) is not None:
        await media.erase(db, media_ids=[media_id], person_id=by, now=now)
