"""What mandates hold of a person: for /mydata to show and /forget to erase."""

from __future__ import annotations

from sqlalchemy import delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.tables.mandates import candidates, deeds, mandate_voters, steps


async def erase(db: AsyncConnection, *, person_id: int) -> None:
    """Their page goes with their name; the secret ballot stays, since nobody can tell which it is. What the group did
    stays the group's; the photo goes with the person's files."""
    await db.execute(delete(mandate_voters).where(mandate_voters.c.person_id == person_id))
    nobody = {"person_id": None, "name": None, "woman": None}
    await db.execute(update(candidates).where(candidates.c.person_id == person_id).values(**nobody))
    await db.execute(update(deeds).where(deeds.c.told_by == person_id).values(told_by=None, media_id=None))
    await db.execute(update(steps).where(steps.c.person_id == person_id).values(person_id=None))
    await db.execute(update(steps).where(steps.c.successor_id == person_id).values(successor_id=None))


async def stood_as(db: AsyncConnection, *, person_id: int) -> str | None:
    """The public name under which they stood."""
    query = select(candidates.c.name).where(candidates.c.person_id == person_id, candidates.c.name.is_not(None))
    found: str | None = (await db.execute(query.order_by(candidates.c.id.desc()).limit(1))).scalar()
    return found


async def deeds_told(db: AsyncConnection, *, person_id: int) -> int:
    query = select(func.count()).select_from(deeds).where(deeds.c.told_by == person_id)
    return int((await db.execute(query)).scalar_one())


async def stepped(db: AsyncConnection, *, person_id: int) -> bool:
    query = select(steps.c.id).where((steps.c.person_id == person_id) | (steps.c.successor_id == person_id))
    return (await db.execute(query.limit(1))).first() is not None
