"""What became of a message after it was sent, as the channel reports it later."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import and_, func, literal, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.tables.meta import Utc
from storage.tables.people import addresses
from storage.tables.turns import outbox


async def note(
    db: AsyncConnection, *, channel: str, external: str, ref: str, event: str, reason: str | None, now: datetime
) -> bool:
    """`event` is "delivered", "seen" or "failed"; False for a message that we do not know, or not yet.

    Each comes once for every device and in any order: the first stays, and what was seen was delivered.
    """
    there = select(addresses.c.id).where(addresses.c.channel == channel, addresses.c.external == external)
    mine = and_(outbox.c.address_id.in_(there), outbox.c.ref == ref)
    values: dict[str, object]
    if event == "failed":
        values = {"status": "failed", "error": reason}
    else:
        values = {"delivered_at": func.coalesce(outbox.c.delivered_at, literal(now, Utc()))}
        if event == "seen":
            values["seen_at"] = func.coalesce(outbox.c.seen_at, literal(now, Utc()))
    return (await db.execute(update(outbox).where(mine).values(**values))).rowcount > 0
