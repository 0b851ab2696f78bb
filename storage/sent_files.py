"""What each channel calls our files that it was once sent, so that a file goes up once."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.tables.turns import media


async def described(db: AsyncConnection, *, media_id: str) -> tuple[str | None, str | None]:
    """Its type and its name, where it has them."""
    row = (await db.execute(select(media.c.mime, media.c.name).where(media.c.id == media_id))).first()
    return (row.mime, row.name) if row else (None, None)


async def named(db: AsyncConnection, *, media_ids: Collection[str]) -> dict[str, str]:
    """By their names, in the order in which they are given; what has no name is left out."""
    query = select(media.c.id, media.c.name).where(media.c.id.in_(list(media_ids)), media.c.name.is_not(None))
    rows = await db.execute(query)
    names = {row.id: row.name for row in rows}
    return {names[each]: each for each in media_ids if each in names}


async def ref(db: AsyncConnection, *, media_id: str, channel: str) -> str | None:
    found = await db.execute(select(media.c.sent_refs).where(media.c.id == media_id))
    return (found.scalar() or {}).get(channel)


async def remember(db: AsyncConnection, *, media_id: str, channel: str, ref: str) -> None:
    found = await db.execute(select(media.c.sent_refs).where(media.c.id == media_id).with_for_update())
    refs = {**(found.scalar() or {}), channel: ref}
    await db.execute(update(media).where(media.c.id == media_id).values(sent_refs=refs))
