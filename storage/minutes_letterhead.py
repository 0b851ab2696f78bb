"""The form for Word that an NGO made of the minutes with its own letterhead."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.people import Action
from storage import roles
from storage.tables.meetings import meetings
from storage.tables.minutes import minutes_forms


async def put(db: AsyncConnection, *, municipality_id: int, media_id: str | None, by: int, now: datetime) -> None:
    """From now on this one; without a file ours again."""
    await roles.require(db, person_id=by, action=Action.KEEP_RECORD, municipality_id=municipality_id)
    row = {"municipality_id": municipality_id, "media_id": media_id, "set_by": by, "at": now}
    await db.execute(insert(minutes_forms).values(**row))


async def may_put(db: AsyncConnection, *, meeting_id: int, person_id: int) -> bool:
    """It is for all meetings of the municipality, so it is its desk's, and not the secretary's of one meeting."""
    where = (await db.execute(select(meetings.c.municipality_id).where(meetings.c.id == meeting_id))).scalar_one()
    return person_id in await roles.holders(db, action=Action.KEEP_RECORD, municipality_id=where)


async def of_meeting(db: AsyncConnection, *, meeting_id: int) -> str | None:
    """The file's media id; None: our own form."""
    f = minutes_forms.c
    query = select(f.media_id).join(meetings, meetings.c.municipality_id == f.municipality_id)
    found: str | None = (await db.execute(query.where(meetings.c.id == meeting_id).order_by(f.id.desc()))).scalar()
    return found
