"""Who has to do with a promise: who may record and check it, whose office it is, and who is asked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.people import OFFICES, Action, Role
from domain.refusal import Refused
from storage import reach
from storage.tables.places import villages
from storage.tables.promise_states import promise_states
from storage.tables.promises import promise_tasks, promises
from storage.tables.roles import groups, roles


class Spoken(Protocol):
    """Of a promise: who spoke, and for which office."""

    @property
    def speaker(self) -> str: ...

    @property
    def office(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Answerer:
    """Under which name and for which office a promise is answered for."""

    speaker: str
    office: str


@dataclass(frozen=True, slots=True)
class Official:
    role_id: int
    person_id: int
    name: str
    office: str


async def communities_where(db: AsyncConnection, *, person_id: int, action: Action) -> set[int]:
    within = await reach.reach(db, person_id=person_id, action=action)
    query = select(villages.c.community_id).where(villages.c.id.in_(within)).distinct()
    return set((await db.execute(query)).scalars())


async def require(db: AsyncConnection, *, person_id: int, action: Action, community_id: int) -> None:
    if community_id not in await communities_where(db, person_id=person_id, action=action):
        raise Refused("not_allowed", action=action)


async def officials_of(db: AsyncConnection, *, municipality_id: int) -> list[Official]:
    """Those whom a coordinator has confirmed, each office once."""
    query = select(roles.c.id, roles.c.person_id, roles.c.name, roles.c.office).where(
        roles.c.role.in_(OFFICES),
        roles.c.municipality_id == municipality_id,
        roles.c.confirmed_at.is_not(None),
        roles.c.ended_at.is_(None),
    )
    rows = await db.execute(query.order_by(roles.c.office, roles.c.name, roles.c.id))
    return [Official(row.id, row.person_id, row.name or "", row.office or "") for row in rows]


async def officials(db: AsyncConnection, *, promise: Spoken, municipality_id: int) -> list[int]:
    """Who answers for it: the speaker while in office, then whoever holds the office."""
    holders = await officials_of(db, municipality_id=municipality_id)
    return answering(holders, promise.speaker, promise.office)


def answering(holders: Sequence[Official], speaker: str, office: str) -> list[int]:
    of_office = [one for one in holders if same(one.office, office)]
    spoke = [one for one in of_office if same(one.name, speaker)]
    return sorted({one.person_id for one in spoke or of_office})


def same(one: str, other: str) -> bool:
    return " ".join(one.casefold().split()) == " ".join(other.casefold().split())


async def offices(db: AsyncConnection, *, person_id: int) -> list[int]:
    """The municipalities in which this person holds a confirmed office."""
    query = select(roles.c.municipality_id).where(
        roles.c.person_id == person_id,
        roles.c.role.in_(OFFICES),
        roles.c.confirmed_at.is_not(None),
        roles.c.ended_at.is_(None),
        roles.c.municipality_id.is_not(None),
    )
    return sorted(set((await db.execute(query)).scalars()))


async def answerable_for(db: AsyncConnection, *, person_id: int) -> list[int]:
    """The promises of this person, or of the office that this person holds."""
    s = promise_states.c
    mine: list[int] = []
    for municipality_id in await offices(db, person_id=person_id):
        holders = await officials_of(db, municipality_id=municipality_id)
        query = select(s.promise_id, s.holder, s.office).where(s.municipality_id == municipality_id)
        rows = await db.execute(query.order_by(s.promise_id))
        mine += [row.promise_id for row in rows if person_id in answering(holders, row.holder, row.office)]
    return mine


async def watched(db: AsyncConnection, *, person_id: int) -> list[int]:
    """The promises to the communities whose group this person is in."""
    where = await communities_where(db, person_id=person_id, action=Action.CHECK_PROMISE)
    query = select(promises.c.id).where(promises.c.community_id.in_(where)).order_by(promises.c.id)
    return list((await db.execute(query)).scalars())


async def coordinators(db: AsyncConnection, *, municipality_id: int) -> list[int]:
    query = select(roles.c.person_id).where(
        roles.c.role == Role.COORDINATOR,
        roles.c.ended_at.is_(None),
        roles.c.municipality_id.is_(None) | (roles.c.municipality_id == municipality_id),
    )
    return sorted(set((await db.execute(query)).scalars()))


async def leaders(db: AsyncConnection, *, community_id: int) -> list[int]:
    """Those who speak for the community's groups."""
    query = select(roles.c.person_id).join(groups, groups.c.id == roles.c.group_id)
    query = query.where(groups.c.community_id == community_id, roles.c.role == Role.LEADER, roles.c.ended_at.is_(None))
    return sorted(set((await db.execute(query)).scalars()))


async def watchers(db: AsyncConnection, *, promise_id: int, community_id: int) -> list[int]:
    """The leader and members of the community's groups, without those who said it is not their task."""
    every = await watchers_of_each(db, promises=[(promise_id, community_id)])
    return every[promise_id]


async def watchers_of_each(db: AsyncConnection, *, promises: Sequence[tuple[int, int]]) -> dict[int, list[int]]:
    """The same for many promises, of each its id and its community's."""
    query = select(groups.c.community_id, roles.c.person_id).join(groups, groups.c.id == roles.c.group_id)
    query = query.where(
        groups.c.community_id.in_({community_id for _promise, community_id in promises}),
        roles.c.role.in_((Role.LEADER, Role.MEMBER)),
        roles.c.ended_at.is_(None),
    )
    here: dict[int, set[int]] = defaultdict(set)
    for community_id, person_id in await db.execute(query):
        here[community_id].add(person_id)
    refused = await _refused(db, [promise_id for promise_id, _community in promises])
    return {promise_id: sorted(here[community_id] - refused[promise_id]) for promise_id, community_id in promises}


async def _refused(db: AsyncConnection, promise_ids: Sequence[int]) -> dict[int, set[int]]:
    query = select(promise_tasks.c.promise_id, promise_tasks.c.person_id)
    query = query.where(promise_tasks.c.promise_id.in_(promise_ids), promise_tasks.c.not_mine_at.is_not(None))
    found: dict[int, set[int]] = defaultdict(set)
    for promise_id, person_id in await db.execute(query):
        found[promise_id].add(person_id)
    return found
