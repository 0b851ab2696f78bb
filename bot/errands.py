"""What concerns two people at once, and so fits into nobody's turn: two phones are joined, or parted again.

It waits in the inbox like a message. A worker takes it out of its batch, and once that is committed carries it out in a
transaction of its own, which holds both people in the order of their numbers and nobody else.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import structlog
from sqlalchemy import exc
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from storage import joining, links, parting, queue, turns
from storage.jsontext import loads
from storage.tables.turns import SELF

log = structlog.get_logger()
TRIES = 5


def errands_in(rows: Sequence[queue.Waiting]) -> list[queue.Waiting]:
    return [row for row in rows if row.channel == SELF and row.payload.startswith(_BEGINNINGS)]


_BEGINNINGS = tuple(f'{{"{name}":' for name in (links.JOIN, links.PART))


async def carry_out(engine: AsyncEngine, row: queue.Waiting, now: datetime) -> None:
    """Raises only what ails the database: then the errand waits on."""
    for tried in range(1, TRIES + 1):
        try:
            async with engine.begin() as db:
                if await queue.take(db, inbox_id=row.id):
                    await _do(db, loads(row.payload), row.person_id, now)
            return
        except exc.DBAPIError as error:
            if error.connection_invalidated or (passing(error) and tried == TRIES):
                raise
            if not passing(error):
                return await _park(engine, row, error)
        except Exception as error:
            return await _park(engine, row, error)


async def _do(db: AsyncConnection, said: dict[str, Any], person_id: int, now: datetime) -> None:
    if links.JOIN in said:
        await joining.join(db, code_id=said[links.JOIN], person_id=person_id, now=now)
    else:
        await parting.part(db, link_id=said[links.PART], now=now)


async def _park(engine: AsyncEngine, row: queue.Waiting, error: Exception) -> None:
    reason = f"{type(error).__name__} in an errand"
    log.error("parked", inbox_id=row.id, reason=reason)
    async with engine.begin() as db:
        await turns.park(db, inbox_id=row.id, error=reason)


def passing(error: exc.DBAPIError) -> bool:
    """A deadlock, a serialisation failure, a full disk, a locked file: the same may well pass later."""
    text = str(error.orig).lower()
    return any(sign in text for sign in ("deadlock", "serializ", "locked", "disk", "full", "closed", "readonly", "i/o"))
