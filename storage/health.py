"""How the program fares: what waits, what is parked, how the bots are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.tables.turns import bots, inbox


@dataclass(frozen=True, slots=True)
class Bot:
    channel: str
    polled_at: datetime | None
    error: str | None


# The statuses are written out, not bound: only so do both databases see that the partial indexes serve.


async def waiting_since(db: AsyncConnection, *, now: datetime) -> datetime | None:
    """When the oldest message came that is due and not yet played."""
    due = or_(inbox.c.due_at.is_(None), inbox.c.due_at <= now)
    rows = await db.execute(
        select(inbox.c.received_at).where(text("inbox.status = 'new'"), due).order_by(inbox.c.id).limit(1)
    )
    return rows.scalar()


async def parked(db: AsyncConnection) -> int:
    return (
        await db.execute(select(func.count()).select_from(inbox).where(text("inbox.status = 'parked'")))
    ).scalar_one()


async def all_bots(db: AsyncConnection) -> list[Bot]:
    rows = await db.execute(select(bots.c.channel, bots.c.polled_at, bots.c.error).order_by(bots.c.channel))
    return [Bot(*row) for row in rows]
