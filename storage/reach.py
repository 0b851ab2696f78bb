"""In which villages a person may do something: a group's villages, a municipality's, or all."""

from __future__ import annotations

from sqlalchemy import false, or_, select, true
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.people import MAY, OFFICES, Action
from domain.refusal import Refused
from storage.tables.places import communities, villages
from storage.tables.roles import groups, roles


async def reach(db: AsyncConnection, *, person_id: int, action: Action) -> frozenset[int]:
    """The ids of these villages; a role without a place (a coordinator of all) reaches every one."""
    query = select(roles.c.role, roles.c.municipality_id, groups.c.community_id, roles.c.confirmed_at)
    query = query.select_from(roles.outerjoin(groups, groups.c.id == roles.c.group_id))
    query = query.where(roles.c.person_id == person_id, roles.c.ended_at.is_(None), roles.c.role.in_(MAY[action]))
    held = [row for row in await db.execute(query) if row.confirmed_at is not None or row.role not in OFFICES]
    if not held:
        return frozenset()
    where = [
        villages.c.community_id == row.community_id
        if row.community_id is not None
        else (communities.c.municipality_id == row.municipality_id if row.municipality_id is not None else true())
        for row in held
    ]
    joined = villages.join(communities, communities.c.id == villages.c.community_id)
    found = await db.execute(select(villages.c.id).select_from(joined).where(or_(false(), *where)))
    return frozenset(found.scalars())


async def require(db: AsyncConnection, *, person_id: int, action: Action, village_id: int) -> None:
    if village_id not in await reach(db, person_id=person_id, action=action):
        raise Refused("not_allowed", action=action)
