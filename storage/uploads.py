"""Files that came straight to us over the web, before anybody has said what they are for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.tables.turns import media


@dataclass(frozen=True, slots=True)
class Upload:
    channel: str | None
    external: str | None
    mime: str | None
    name: str | None


async def keep(
    db: AsyncConnection,
    *,
    media_id: str,
    channel: str,
    external: str,
    person_id: int | None,
    kind: str,
    mime: str,
    now: datetime,
) -> None:
    """`external` says whose it is before there is a person."""
    row = {"id": media_id, "person_id": person_id, "channel": channel, "ref": external}
    await db.execute(insert(media), [{**row, "kind": kind, "mime": mime, "state": "ready", "created_at": now}])


async def find(db: AsyncConnection, *, media_id: str) -> Upload | None:
    columns = (media.c.channel, media.c.ref, media.c.mime, media.c.name)
    row = (await db.execute(select(*columns).where(media.c.id == media_id))).first()
    return None if row is None else Upload(*row)
