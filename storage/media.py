"""Pictures, recordings and files; and slow work that is done outside a turn."""

from __future__ import annotations

from datetime import datetime
from secrets import token_hex
from typing import Any

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.tables.turns import media, work


async def keep(
    db: AsyncConnection, *, person_id: int, channel: str, kind: str, ref: str, mime: str | None, now: datetime
) -> str:
    """Notes a file that still lies with the channel, and asks a worker to fetch it."""
    media_id = token_hex(16)
    row = {"id": media_id, "person_id": person_id, "channel": channel, "ref": ref, "kind": kind, "mime": mime}
    await db.execute(insert(media), [{**row, "state": "waiting", "created_at": now}])
    await begin_work(db, person_id=person_id, kind="fetch", args={"media": media_id}, now=now)
    return media_id


async def begin_work(db: AsyncConnection, *, person_id: int, kind: str, args: dict[str, Any], now: datetime) -> None:
    await db.execute(insert(work), [{"person_id": person_id, "kind": kind, "args": args, "created_at": now}])
