"""Pictures, recordings and files; and slow work that is done outside a turn."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from secrets import token_hex
from typing import Any

from sqlalchemy import Row, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage import telling
from storage.tables.turns import media, work


async def keep(
    db: AsyncConnection, *, person_id: int, channel: str, kind: str, ref: str, mime: str | None, now: datetime
) -> str:
    """Notes a file that still lies with the channel, and asks a worker to fetch it."""
    media_id = token_hex(16)
    if mime is None:  # the web chat took it in before, and knows
        mime = (await db.execute(select(media.c.mime).where(media.c.id == ref))).scalar()
    row = {"id": media_id, "person_id": person_id, "channel": channel, "ref": ref, "kind": kind, "mime": mime}
    await db.execute(insert(media), [{**row, "state": "waiting", "created_at": now}])
    await begin_work(db, person_id=person_id, kind="fetch", args={"media": media_id}, now=now)
    return media_id


async def begin_work(db: AsyncConnection, *, person_id: int, kind: str, args: dict[str, Any], now: datetime) -> None:
    await db.execute(insert(work), [{"person_id": person_id, "kind": kind, "args": args, "created_at": now}])


async def add(
    db: AsyncConnection,
    *,
    media_id: str,
    person_id: int | None,
    kind: str,
    mime: str,
    now: datetime,
    name: str | None = None,
) -> None:
    """A file of our own making, already in the folder under its id."""
    row = {"id": media_id, "person_id": person_id, "kind": kind, "mime": mime, "name": name}
    await db.execute(insert(media), [{**row, "state": "ready", "created_at": now}])


async def find(db: AsyncConnection, *, media_id: str) -> Row[Any]:
    return (await db.execute(select(media).where(media.c.id == media_id))).one()


async def lost(db: AsyncConnection, *, media_id: str, person_id: int, now: datetime) -> None:
    """It cannot be had; the person is told, since what they said around it is kept."""
    await settle(db, media_id=media_id, state="failed")
    thing = f"file:{media_id}"
    await telling.tell(db, person_id=person_id, thing=thing, conversation="file_failed", args={}, now=now)


async def erase(db: AsyncConnection, *, media_ids: Sequence[str], person_id: int, now: datetime) -> None:
    """The rows are emptied here; a worker takes the files away."""
    for media_id in media_ids:
        await begin_work(db, person_id=person_id, kind="erase_file", args={"media": media_id}, now=now)
    gone = {"state": "erased", "ref": None, "sent_refs": None, "person_id": None}
    await db.execute(update(media).where(media.c.id.in_(media_ids)).values(**gone))


async def settle(db: AsyncConnection, *, media_id: str, state: str, mime: str | None = None) -> bool:
    """False where its owner has asked to be forgotten meanwhile: then the file may not stay."""
    wanted = update(media).where(media.c.id == media_id, media.c.state != "erased")
    settled = await db.execute(wanted.values(state=state, mime=func.coalesce(mime, media.c.mime)))
    return settled.rowcount == 1
