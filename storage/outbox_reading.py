"""The messages of one address, in the order in which they were written."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.jsontext import loads
from storage.tables.people import addresses
from storage.tables.turns import outbox


async def of_address(db: AsyncConnection, *, external: str) -> list[tuple[int, dict[str, Any]]]:
    query = select(outbox.c.seq, outbox.c.payload).join(addresses, addresses.c.id == outbox.c.address_id)
    query = query.where(addresses.c.external == external, outbox.c.kind == "message").order_by(outbox.c.seq)
    return [(seq, loads(payload)) for seq, payload in await db.execute(query)]


async def count(db: AsyncConnection, *, externals: Collection[str] | None = None) -> int:
    """All messages there are, or those to these addresses."""
    query = select(func.count()).select_from(outbox.join(addresses, addresses.c.id == outbox.c.address_id))
    if externals is not None:
        query = query.where(addresses.c.external.in_(externals))
    return int((await db.execute(query.where(outbox.c.kind == "message"))).scalar_one())
