"""Who holds which role, and where."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.people import Held, Role, active
from storage.tables.roles import roles


async def held(
    db: AsyncConnection, *, person_id: int, group_id: int | None = None, municipality_id: int | None = None
) -> frozenset[Role]:
    """The active roles of a person: anywhere, or those that hold in this group or this municipality.

    Everybody is a resident; a coordinator without a municipality is one of all.
    """
    query = select(roles.c.role, roles.c.confirmed_at, roles.c.group_id, roles.c.municipality_id)
    query = query.where(roles.c.person_id == person_id, roles.c.ended_at.is_(None))
    found = {Role.RESIDENT}
    for row in await db.execute(query):
        here = group_id is None or row.group_id in (None, group_id)
        there = municipality_id is None or row.municipality_id in (None, municipality_id)
        if here and there:
            found |= active([Held(Role(row.role), row.confirmed_at is not None)])
    return frozenset(found)
