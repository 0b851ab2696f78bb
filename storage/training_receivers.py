"""Whom a training is for, among those whom we can reach."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, false, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.people import OFFICES, Role
from domain.trainings import Audience
from storage.tables.people import addresses, people
from storage.tables.places import communities, villages
from storage.tables.roles import groups, roles


async def receivers(
    db: AsyncConnection, *, municipality_id: int, community_ids: Sequence[int] | None, audience: Sequence[str]
) -> list[int]:
    """The ids of people who have consented, can be written to, and belong to the audience; each once."""
    query = select(people.c.id).where(_reachable(), _chosen(municipality_id, community_ids, audience))
    return list((await db.execute(query.order_by(people.c.id))).scalars())


async def counted(
    db: AsyncConnection, *, municipality_id: int, community_ids: Sequence[int] | None, audience: Sequence[str]
) -> dict[str, int]:
    """How many by kind of channel ("telegram", "web")."""
    query = select(addresses.c.channel, func.count()).join(people, people.c.address_id == addresses.c.id)
    query = query.where(_reachable(), _chosen(municipality_id, community_ids, audience)).group_by(addresses.c.channel)
    kinds: dict[str, int] = {}
    for channel, count in await db.execute(query):
        kind = channel.partition(":")[0]
        kinds[kind] = kinds.get(kind, 0) + count
    return kinds


def _reachable() -> ColumnElement[bool]:
    open_doors = select(addresses.c.id).where(addresses.c.left_at.is_(None))
    return people.c.welcomed_at.is_not(None) & people.c.erased_at.is_(None) & people.c.address_id.in_(open_doors)


def _chosen(municipality_id: int, community_ids: Sequence[int] | None, audience: Sequence[str]) -> ColumnElement[bool]:
    there = communities.c.municipality_id == municipality_id
    if community_ids is not None:
        there &= communities.c.id.in_(community_ids)
    ways: list[ColumnElement[bool]] = [false()]
    if Audience.RESIDENTS in audience:
        ways.append(people.c.village_id.in_(_villages(there)))
    if Audience.GROUPS in audience:
        ways.append(people.c.id.in_(_in_groups(there)))
    if Audience.OFFICIALS in audience:
        ways.append(people.c.id.in_(_officials(municipality_id)))
    return or_(*ways)


def _villages(there: ColumnElement[bool]) -> Select[Any]:
    return select(villages.c.id).join(communities, communities.c.id == villages.c.community_id).where(there)


def _in_groups(there: ColumnElement[bool]) -> Select[Any]:
    source = roles.join(groups, groups.c.id == roles.c.group_id)
    source = source.join(communities, communities.c.id == groups.c.community_id)
    in_group = roles.c.role.in_((Role.MEMBER, Role.LEADER))
    return select(roles.c.person_id).select_from(source).where(there, in_group, roles.c.ended_at.is_(None))


def _officials(municipality_id: int) -> Select[Any]:
    """Their offices are of the whole municipality; one that nobody vouched for yet is none."""
    return select(roles.c.person_id).where(
        roles.c.municipality_id == municipality_id,
        roles.c.role.in_(OFFICES),
        roles.c.confirmed_at.is_not(None),
        roles.c.ended_at.is_(None),
    )
