"""How each bot's receiving goes: when it last heard from the channel, and what is wrong."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.new_rows import insert_new
from storage.tables.turns import bots


async def heard(db: AsyncConnection, *, channel: str, now: datetime) -> None:
    await _note(db, channel, polled_at=now, error=None)


async def failed(db: AsyncConnection, *, channel: str, error: str) -> None:
    await _note(db, channel, error=error)


async def _note(db: AsyncConnection, channel: str, **columns: datetime | str | None) -> None:
    changed = await db.execute(update(bots).where(bots.c.channel == channel).values(**columns))
    if changed.rowcount == 0:
        await db.execute(insert_new(db.dialect, bots), [{"channel": channel, **columns}])
