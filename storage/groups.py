"""Self-help groups and who is in them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.people import Action, Role, inviting, may
from domain.refusal import Refused
from storage import places, telling
from storage import roles as storage_roles
from storage.places import Place
from storage.tables.people import people
from storage.tables.places import communities, villages
from storage.tables.roles import groups, roles


@dataclass(frozen=True, slots=True)
class Group:
    id: int
    name: str
    community: Place
    municipality_id: int


@dataclass(frozen=True, slots=True)
class Member:
    """`name` is what they wished to be called in the group; it may be empty, and so may the village."""

    role_id: int
    role: Role
    name: str | None
    village_ka: str | None
    village_en: str | None
    since: datetime


async def make(db: AsyncConnection, *, by: int, community_id: int, name: str, now: datetime) -> int:
    municipality_id = await places.municipality_of(db, community_id=community_id)
    if municipality_id is None:
        raise Refused("gone")
    await storage_roles.require(db, person_id=by, action=Action.MAKE_GROUP, municipality_id=municipality_id)
    row = {"community_id": community_id, "name": name, "created_at": now}
    return int((await db.execute(insert(groups).returning(groups.c.id), [row])).scalar_one())


async def group(db: AsyncConnection, *, group_id: int) -> Group | None:
    row = (await db.execute(_groups().where(groups.c.id == group_id))).first()
    return None if row is None else _group(row)


async def named(db: AsyncConnection, *, name: str, community_id: int | None) -> list[Group]:
    """Those with this name or number, and those of the community."""
    every = [_group(row) for row in (await db.execute(_groups().order_by(groups.c.id))).all()]
    wanted = name.casefold().strip()
    return [one for one in every if wanted in (one.name.casefold(), str(one.id)) or one.community.id == community_id]


async def groups_of(db: AsyncConnection, *, person_id: int, action: Action) -> list[Group]:
    """The groups in which this person may do this: a coordinator's municipalities', a leader's own."""
    where = await storage_roles.municipalities_where(db, person_id=person_id, action=action)
    query = _groups().order_by(groups.c.name, groups.c.id)
    if where is not None:
        own = await _own(db, person_id, action)
        query = query.where(communities.c.municipality_id.in_(where) | groups.c.id.in_(own))
    return [_group(row) for row in await db.execute(query)]


async def _own(db: AsyncConnection, person_id: int, action: Action) -> list[int]:
    mine = select(roles.c.group_id).where(
        roles.c.person_id == person_id, roles.c.group_id.is_not(None), roles.c.ended_at.is_(None)
    )
    ids = set((await db.execute(mine)).scalars())
    held = {at: await storage_roles.held(db, person_id=person_id, group_id=at) for at in ids}
    return [at for at, here in held.items() if may(here, action)]


async def members(db: AsyncConnection, *, by: int, group_id: int) -> list[Member]:
    """Leaders first, then as they came."""
    await storage_roles.require(db, person_id=by, action=Action.INVITE_MEMBER, group_id=group_id)
    query = _members().where(roles.c.group_id == group_id, roles.c.ended_at.is_(None))
    found = [Member(row.id, Role(row.role), *row[2:]) for row in await db.execute(query.order_by(roles.c.id))]
    return sorted(found, key=lambda member: member.role is not Role.LEADER)


async def end_membership(db: AsyncConnection, *, by: int, role_id: int, now: datetime) -> None:
    """Ends one role in a group; the person hears of it. Whoever may invite to a role may also end it."""
    row = (await db.execute(select(roles).where(roles.c.id == role_id, roles.c.group_id.is_not(None)))).first()
    if row is None:
        raise Refused("gone")
    await storage_roles.require(db, person_id=by, action=inviting(Role(row.role)), group_id=row.group_id)
    ended = update(roles).where(roles.c.id == role_id, roles.c.ended_at.is_(None)).values(ended_at=now)
    if (await db.execute(ended)).rowcount != 1:
        raise Refused("gone")
    args = {"group": row.group_id}
    thing = f"role:{role_id}:ended"
    await telling.tell(db, person_id=row.person_id, thing=thing, conversation="membership_ended", args=args, now=now)


async def villages_of(db: AsyncConnection, *, group_id: int) -> list[int]:
    """The villages of the group's community."""
    query = select(villages.c.id).join(groups, groups.c.community_id == villages.c.community_id)
    return list((await db.execute(query.where(groups.c.id == group_id).order_by(villages.c.id))).scalars())


def _groups() -> Select[Any]:
    c = communities.c
    source = groups.join(communities, c.id == groups.c.community_id)
    return select(groups.c.id, groups.c.name, c.id, c.name_ka, c.name_en, c.municipality_id).select_from(source)


def _group(row: Row[Any]) -> Group:
    values = tuple(row)
    return Group(values[0], values[1], Place(*values[2:5]), values[5])


def _members() -> Select[Any]:
    source = roles.join(people, people.c.id == roles.c.person_id)
    source = source.outerjoin(villages, villages.c.id == people.c.village_id)
    r, v = roles.c, villages.c
    return select(r.id, r.role, r.name, v.name_ka, v.name_en, r.granted_at).select_from(source)
