"""When each sweep last went well: /health shows it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.new_rows import insert_new
from storage.tables.turns import sweeps


async def done(db: AsyncConnection, *, name: str, now: datetime) -> None:
    changed = await db.execute(update(sweeps).where(sweeps.c.name == name).values(done_at=now))
    if changed.rowcount == 0:
        await db.execute(insert_new(db.dialect, sweeps), [{"name": name, "done_at": now}])


async def last(db: AsyncConnection) -> datetime | None:
    newest: datetime | None = (await db.execute(select(func.max(sweeps.c.done_at)))).scalar()
    return newest
