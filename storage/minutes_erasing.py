"""What minutes know of an account: who asked for a change, who received them, who set the letterhead."""

from __future__ import annotations

from sqlalchemy import delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.tables.minutes import minutes_authors, minutes_forms, minutes_receivers


async def erase(db: AsyncConnection, *, person_id: int) -> None:
    """The words stay in the minutes, with the name under which they were said; who the account is goes."""
    await db.execute(delete(minutes_authors).where(minutes_authors.c.person_id == person_id))
    mine = minutes_receivers.c.person_id == person_id
    await db.execute(update(minutes_receivers).where(mine).values(person_id=None))
    await db.execute(update(minutes_forms).where(minutes_forms.c.set_by == person_id).values(set_by=None))


async def of(db: AsyncConnection, *, person_id: int) -> int:
    """How many amendments, and how many papers that were sent to them."""
    counts = [
        select(func.count()).select_from(table).where(table.c.person_id == person_id)
        for table in (minutes_authors, minutes_receivers)
    ]
    return sum([int((await db.execute(count)).scalar_one()) for count in counts])
