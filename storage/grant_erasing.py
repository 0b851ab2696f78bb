"""What grants know of an account: who opened a call or made a link, and who told what of an application."""

from __future__ import annotations

from sqlalchemy import delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.tables.grants import grant_calls, grant_links, grant_tellers


async def erase(db: AsyncConnection, *, person_id: int) -> None:
    """What was told stays the group's; who told it goes, and their document with their other files."""
    await db.execute(delete(grant_tellers).where(grant_tellers.c.person_id == person_id))
    await db.execute(update(grant_calls).where(grant_calls.c.opened_by == person_id).values(opened_by=None))
    await db.execute(update(grant_links).where(grant_links.c.made_by == person_id).values(made_by=None))


async def told_by(db: AsyncConnection, *, person_id: int) -> int:
    """How many steps they told, calls they opened and links they made."""
    columns = (grant_tellers.c.person_id, grant_calls.c.opened_by, grant_links.c.made_by)
    counts = [select(func.count()).where(column == person_id) for column in columns]
    return sum([int((await db.execute(count)).scalar_one()) for count in counts])
