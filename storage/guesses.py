"""Wrong codes that a person typed: so that nobody tries them all."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.codes import PER, TRIES
from storage.tables.people import guesses


async def too_many(db: AsyncConnection, *, person_id: int, now: datetime) -> bool:
    """Asked before a code is looked up; a code is not even compared then."""
    recent = (guesses.c.person_id == person_id, guesses.c.at > now - PER)
    count = (await db.execute(select(func.count()).select_from(guesses).where(*recent))).scalar_one()
    return int(count) >= TRIES


async def note(db: AsyncConnection, *, person_id: int, now: datetime) -> None:
    """Counts one wrong code. Not to be called where the turn's changes are undone, as after a Refused."""
    await db.execute(delete(guesses).where(guesses.c.person_id == person_id, guesses.c.at <= now - PER))
    await db.execute(insert(guesses), [{"person_id": person_id, "at": now}])
