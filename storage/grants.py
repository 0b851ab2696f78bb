"""Grant calls: opened for communities and kinds of needs by a coordinator, with the committee's stated preference."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain import grants as rules
from domain.grants import DECISIONS, Terms
from domain.people import Action, Role
from domain.refusal import Refused
from storage import promise_people, telling
from storage.tables.grants import grant_applications, grant_areas, grant_calls, grant_events, grant_rules
from storage.tables.places import villages
from storage.tables.roles import groups, roles


@dataclass(frozen=True, slots=True)
class New:
    """What a coordinator writes down of a call. No kinds: for all of them; `amount` in lari."""

    funder: str
    name: str
    amount: int
    criteria: str
    deadline: date
    communities: Sequence[int]
    kinds: Sequence[str] = ()
    points: int = 0


@dataclass(frozen=True, slots=True)
class Call:
    """`points` is the preference that a surveyed need has in it, of a hundred."""

    id: int
    funder: str
    name: str
    criteria: str
    terms: Terms
    communities: frozenset[int]
    points: int


async def open_(db: AsyncConnection, *, new: New, by: int, now: datetime, today: date) -> int:
    """Every group of its communities hears of it."""
    terms = Terms(new.amount, new.deadline, frozenset(new.kinds))
    rules.check_terms(terms, today)
    await require(db, person_id=by, communities=new.communities)
    row = {"funder": new.funder, "name": new.name, "amount": new.amount, "criteria": new.criteria}
    row |= {"kinds": sorted(new.kinds), "deadline": new.deadline, "opened_by": by, "opened_at": now}
    call_id = int((await db.execute(insert(grant_calls).values(**row).returning(grant_calls.c.id))).scalar_one())
    areas = [{"call_id": call_id, "community_id": each} for each in sorted(set(new.communities))]
    await db.execute(insert(grant_areas), areas)
    await set_rule(db, call_id=call_id, points=new.points, now=now, today=today)
    people, args = await _in_groups(db, new.communities), {"call": call_id}
    thing = f"grant_call:{call_id}"
    await telling.tell_all(db, people_ids=people, thing=thing, conversation="grant_call_news", args=args, now=now)
    return call_id


async def require(db: AsyncConnection, *, person_id: int, communities: Collection[int]) -> None:
    """All of them: who coordinates one municipality opens no call in another."""
    action = Action.OPEN_GRANT_CALL
    within = await promise_people.communities_where(db, person_id=person_id, action=action)
    if not communities or not set(communities) <= within:
        raise Refused("not_allowed", action=action)


async def end(db: AsyncConnection, *, call_id: int, by: int, now: datetime) -> None:
    """Nobody applies any more; what was sent is decided all the same."""
    await require(db, person_id=by, communities=(await call(db, call_id=call_id)).communities)
    open_still = grant_calls.c.id == call_id, grant_calls.c.ended_at.is_(None)
    await db.execute(update(grant_calls).where(*open_still).values(ended_at=now))


async def set_rule(
    db: AsyncConnection, *, call_id: int, points: int, now: datetime, today: date, link_id: int | None = None
) -> None:
    """`link_id` is the committee's; whoever else calls it has asked who may."""
    kept = await call(db, call_id=call_id)
    rules.check_rule(points, kept.terms, today, decided=await _decided(db, call_id))
    row = {"call_id": call_id, "points": points, "link_id": link_id, "at": now}
    await db.execute(insert(grant_rules).values(**row))


async def _decided(db: AsyncConnection, call_id: int) -> bool:
    query = select(grant_events.c.id).join(grant_applications, grant_applications.c.id == grant_events.c.application_id)
    query = query.where(grant_applications.c.call_id == call_id, grant_events.c.stage.in_(DECISIONS))
    return (await db.execute(query.limit(1))).first() is not None


async def call(db: AsyncConnection, *, call_id: int) -> Call:
    found = await _calls(db, grant_calls.c.id == call_id)
    if not found:
        raise Refused("gone")
    return found[0]


async def calls_of(db: AsyncConnection, *, person_id: int) -> list[Call]:
    """A coordinator's: those that reach into what they coordinate, the newest first."""
    within = await promise_people.communities_where(db, person_id=person_id, action=Action.OPEN_GRANT_CALL)
    return await calls_in(db, communities=within)


async def calls_in(db: AsyncConnection, *, communities: Collection[int]) -> list[Call]:
    here = select(grant_areas.c.call_id).where(grant_areas.c.community_id.in_(communities))
    return await _calls(db, grant_calls.c.id.in_(here))


async def _calls(db: AsyncConnection, which: ColumnElement[bool]) -> list[Call]:
    rows = (await db.execute(select(grant_calls).where(which).order_by(grant_calls.c.id.desc()))).all()
    ids = [row.id for row in rows]
    areas: dict[int, set[int]] = {each: set() for each in ids}
    for row in await db.execute(select(grant_areas).where(grant_areas.c.call_id.in_(ids))):
        areas[row.call_id].add(row.community_id)
    found = await db.execute(select(grant_rules).where(grant_rules.c.call_id.in_(ids)).order_by(grant_rules.c.id))
    points = {row.call_id: row.points for row in found}
    return [_call(row, areas[row.id], points.get(row.id, 0)) for row in rows]


def _call(row: Any, communities: Collection[int], points: int) -> Call:
    terms = Terms(row.amount, row.deadline, frozenset(row.kinds), row.ended_at is not None)
    return Call(row.id, row.funder, row.name, row.criteria, terms, frozenset(communities), points)


async def villages_of(db: AsyncConnection, *, communities: Collection[int]) -> list[int]:
    """By community and name, as the committee turns the pages."""
    v = villages.c
    query = select(v.id).where(v.community_id.in_(communities)).order_by(v.community_id, v.name_ka)
    return list((await db.execute(query)).scalars())


async def _in_groups(db: AsyncConnection, communities: Collection[int]) -> list[int]:
    query = select(roles.c.person_id).join(groups, groups.c.id == roles.c.group_id)
    query = query.where(groups.c.community_id.in_(communities), roles.c.ended_at.is_(None))
    query = query.where(roles.c.role.in_((Role.LEADER, Role.MEMBER)))
    return sorted(set((await db.execute(query)).scalars()))
