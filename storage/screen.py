"""What stands on the screen of one address: for taking it away again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import desc, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.tables.people import addresses
from storage.tables.turns import inbox, outbox

MOST = 500  # of what the person wrote, the newest: two days of a talkative one


async def sent(
    db: AsyncConnection, *, address_id: int, since: datetime, before: int, seqs: Sequence[int] | None = None
) -> list[str]:
    """The channel's ids of our messages that arrived `since` and stand above `before`; of `seqs` only, if given."""
    here = (outbox.c.address_id == address_id, outbox.c.seq < before, outbox.c.sent_at >= since)
    query = select(outbox.c.ref).where(*here, outbox.c.ref.is_not(None))
    if seqs is not None:
        query = query.where(outbox.c.seq.in_(seqs))
    return [str(ref) for ref in (await db.execute(query)).scalars()]


async def received(db: AsyncConnection, *, address_id: int) -> list[str]:
    """The raw messages of this address, the newest first."""
    query = select(inbox.c.payload).where(inbox.c.address_id == address_id).order_by(desc(inbox.c.id)).limit(MOST)
    return list((await db.execute(query)).scalars())


async def hide(db: AsyncConnection, *, address_id: int, to: int) -> None:
    """The web chat shows nothing any more that was said up to this seq."""
    await db.execute(update(addresses).where(addresses.c.id == address_id).values(hidden_to=to))
