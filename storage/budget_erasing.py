"""What the budget's table knows of an account: that it goes to somebody, and who sent it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.tables.gender_budgets import budget_receivers, budget_sendings


async def erase(db: AsyncConnection, *, person_id: int, now: datetime) -> None:
    """Nothing more goes to them. The receipt they gave for an office stays, under the name they gave it."""
    mine = update(budget_receivers).where(budget_receivers.c.person_id == person_id)
    await db.execute(mine.where(budget_receivers.c.ended_at.is_(None)).values(ended_at=now))
    await db.execute(mine.values(person_id=None, token_hash=None))
    await db.execute(update(budget_sendings).where(budget_sendings.c.sent_by == person_id).values(sent_by=None))


async def of(db: AsyncConnection, *, person_id: int) -> int:
    """For how many tables they are named, or which they sent."""
    columns = (budget_receivers.c.person_id, budget_sendings.c.sent_by)
    counts = [select(func.count()).where(column == person_id) for column in columns]
    return sum([int((await db.execute(count)).scalar_one()) for count in counts])
