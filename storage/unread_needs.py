"""Needs whose words or photo nobody has read yet: shown to nobody until a member of the group has."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.needs import Life
from storage import needs
from storage.tables.places import villages
from storage.tables.polls import needs as table


async def waiting(
    db: AsyncConnection, *, villages: Collection[int], reader_id: int, since: datetime | None = None
) -> list[int]:
    """One's own are read by somebody else."""
    others = or_(table.c.author_id.is_(None), table.c.author_id != reader_id)
    query = needs.standing(table.c.id).where(table.c.village_id.in_(villages), _unread(), others)
    if since is not None:
        query = query.where(table.c.told_at >= since)
    return list((await db.execute(query)).scalars())


async def communities(db: AsyncConnection, *, since: datetime) -> set[int]:
    """In which of them any wait that were told since then: most days in few."""
    query = needs.standing(table.c.village_id).where(_unread(), table.c.told_at >= since).order_by(None)
    where = select(villages.c.community_id).where(villages.c.id.in_(query)).distinct()
    return set((await db.execute(where)).scalars())


def _unread() -> ColumnElement[bool]:
    words = table.c.words.is_not(None) & (table.c.state == Life.TOLD)
    photo = table.c.media_id.is_not(None) & (table.c.photo_state == Life.TOLD)
    return or_(words, photo)
