"""The papers that stand behind a promise of the public board."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage import minutes_delivery
from storage.tables.minutes import minutes_promises


async def of_promise(db: AsyncConnection, *, promise_id: int) -> str | None:
    """The code of the minutes in which it stands, as they are now; None for another source."""
    m = minutes_promises.c
    meeting_id = (await db.execute(select(m.meeting_id).where(m.promise_id == promise_id).limit(1))).scalar()
    paper = await minutes_delivery.paper(db, meeting_id=meeting_id) if meeting_id else None
    return paper.code if paper else None
