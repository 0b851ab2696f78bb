"""Who holds which role, and where."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain import people
from domain.people import Action, Held, Role, active
from storage.tables.places import communities
from storage.tables.roles import groups, roles


async def held(
    db: AsyncConnection, *, person_id: int, group_id: int | None = None, municipality_id: int | None = None
) -> frozenset[Role]:
    """The active roles of a person: wherever they hold (for what a menu shows), or in this group or municipality.

    Everybody is a resident.
    """
    if group_id is not None or municipality_id is not None:
        return await _held_in(db, person_id, group_id, municipality_id)
    return frozenset({Role.RESIDENT}) | {role for role, _group, _municipality in await _rows(db, person_id)}


async def _held_in(
    db: AsyncConnection, person_id: int, group_id: int | None, municipality_id: int | None
) -> frozenset[Role]:
    """A group lies in a municipality. A role without a place holds everywhere; with no place given only such do."""
    if group_id is not None:
        municipality_id = await municipality_of(db, group_id=group_id)
    found = {Role.RESIDENT}
    for role, in_group, in_municipality in await _rows(db, person_id):
        if in_group in (None, group_id) and in_municipality in (None, municipality_id):
            found.add(role)
    return frozenset(found)


async def require(
    db: AsyncConnection,
    *,
    person_id: int,
    action: Action,
    group_id: int | None = None,
    municipality_id: int | None = None,
) -> None:
    """Raises Refused unless this person may do this there; with no place given, everywhere."""
    people.require(await _held_in(db, person_id, group_id, municipality_id), action)


async def municipality_of(db: AsyncConnection, *, group_id: int) -> int | None:
    query = select(communities.c.municipality_id).join(groups, groups.c.community_id == communities.c.id)
    return (await db.execute(query.where(groups.c.id == group_id))).scalar()


async def municipalities_where(db: AsyncConnection, *, person_id: int, action: Action) -> set[int] | None:
    """The municipalities in which this person may do this; None: in all of them."""
    places = {at for role, group, at in await _rows(db, person_id) if group is None and people.may([role], action)}
    return None if None in places else {at for at in places if at is not None}


async def _rows(db: AsyncConnection, person_id: int) -> list[tuple[Role, int | None, int | None]]:
    query = select(roles.c.role, roles.c.confirmed_at, roles.c.group_id, roles.c.municipality_id)
    query = query.where(roles.c.person_id == person_id, roles.c.ended_at.is_(None))
    return [
        (Role(row.role), row.group_id, row.municipality_id)
        for row in await db.execute(query)
        if _active(row.role, row.confirmed_at)
    ]


async def holders(db: AsyncConnection, *, action: Action, municipality_id: int) -> list[int]:
    """Who may do this in that municipality, by an active role there or everywhere; not by one in a group."""
    query = select(roles.c.person_id, roles.c.role, roles.c.confirmed_at).where(
        roles.c.ended_at.is_(None),
        roles.c.group_id.is_(None),
        roles.c.municipality_id.is_(None) | (roles.c.municipality_id == municipality_id),
    )
    rows = await db.execute(query)
    return sorted({row.person_id for row in rows if people.may(_active(row.role, row.confirmed_at), action)})


async def leaders(db: AsyncConnection, *, group_id: int) -> list[int]:
    query = select(roles.c.person_id).where(
        roles.c.group_id == group_id, roles.c.role == Role.LEADER, roles.c.ended_at.is_(None)
    )
    return sorted(set((await db.execute(query)).scalars()))


async def group_of(db: AsyncConnection, *, group_id: int) -> list[tuple[int, str | None]]:
    """Everybody in this group, leaders and members, each once, with what they wished to be called there."""
    query = select(roles.c.person_id, roles.c.name).where(roles.c.group_id == group_id, roles.c.ended_at.is_(None))
    found: dict[int, str | None] = {}
    for person_id, name in await db.execute(query.order_by(roles.c.id)):
        found[person_id] = found.get(person_id) or name
    return list(found.items())


def _active(role: str, confirmed_at: datetime | None) -> frozenset[Role]:
    return active([Held(Role(role), confirmed_at is not None)])


async def in_groups(db: AsyncConnection, *, communities: Collection[int]) -> list[int]:
    """Everybody who is a member or leader of a self-help group there."""
    query = select(roles.c.person_id).join(groups, groups.c.id == roles.c.group_id)
    query = query.where(groups.c.community_id.in_(communities), roles.c.ended_at.is_(None)).distinct()
    return list((await db.execute(query.order_by(roles.c.person_id))).scalars())
