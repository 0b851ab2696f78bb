"""What the budget's year knows of an account: to whom the table goes, who sent it, who set and told of an assembly."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.tables.assemblies import assemblies, assembly_outcomes
from storage.tables.gender_budgets import budget_receivers, budget_sendings

ACTED = (budget_sendings.c.sent_by, assemblies.c.set_by, assembly_outcomes.c.told_by)


async def erase(db: AsyncConnection, *, person_id: int, now: datetime) -> None:
    """Nothing more goes to them. The receipt they gave for an office stays, under the name they gave it."""
    mine = update(budget_receivers).where(budget_receivers.c.person_id == person_id)
    await db.execute(mine.where(budget_receivers.c.ended_at.is_(None)).values(ended_at=now))
    await db.execute(mine.values(person_id=None, token_hash=None))
    for column in ACTED:
        await db.execute(update(column.table).where(column == person_id).values({column: None}))


async def of(db: AsyncConnection, *, person_id: int) -> int:
    """How many tables go to them or were sent by them, and assemblies that they set or told of."""
    columns = (budget_receivers.c.person_id, *ACTED)
    counts = [select(func.count()).where(column == person_id) for column in columns]
    return sum([int((await db.execute(count)).scalar_one()) for count in counts])
