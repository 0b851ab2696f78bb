"""A community's year: how it stands, whose it is, what was told of it, and of what people were reminded."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Select, and_, delete, insert, literal, or_, select, union_all, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.people import OFFICES, Action, Role
from domain.year import RESPONSIBLE, Progress, Step, Year, stand
from storage import promise_people
from storage.tables.places import communities, villages
from storage.tables.roles import groups, roles
from storage.tables.years import year_marks, year_reminders
from storage.year_facts import Span, facts

Roles = Mapping[int, Collection[Role]]  # by community


@dataclass(frozen=True, slots=True)
class Share:
    """Somebody's part in the year of a community."""

    person_id: int
    role: Role
    community_id: int


async def standing(db: AsyncConnection, *, where: Collection[int], now: datetime, zone: ZoneInfo) -> dict[int, Year]:
    """How this year stands in each of these communities."""
    span = Span(where, now.astimezone(zone).year, now, zone)
    return {each: stand(known, span.year, span.today) for each, known in (await facts(db, span)).items()}


async def shares_of(db: AsyncConnection, *, person_id: int, village_id: int | None) -> Roles:
    """The communities that this person has to do with, and as what: as a resident at the least."""
    home = select(literal(person_id), literal(Role.RESIDENT.value), villages.c.community_id)
    both = union_all(_shares().where(roles.c.person_id == person_id), home.where(villages.c.id == village_id))
    found: dict[int, set[Role]] = defaultdict(set)
    for _person, role, community_id in await db.execute(both):
        found[community_id].add(Role(role))
    return dict(found)


async def shares(db: AsyncConnection) -> list[Share]:
    """Of everybody who is responsible for a step somewhere."""
    return [Share(person_id, Role(role), where) for person_id, role, where in await db.execute(_shares())]


def _shares() -> Select[Any]:
    """A group's community; for offices and coordinators every one of theirs in which a group works."""
    r, c = roles.c, communities.c
    at_work = and_(r.group_id.is_(None), c.id.in_(select(groups.c.community_id)))
    theirs = or_(r.municipality_id.is_(None), r.municipality_id == c.municipality_id)
    source = roles.outerjoin(groups, groups.c.id == r.group_id)
    source = source.join(communities, or_(c.id == groups.c.community_id, and_(at_work, theirs)))
    holds = (r.ended_at.is_(None), r.role.in_(RESPONSIBLE), or_(r.confirmed_at.is_not(None), r.role.not_in(OFFICES)))
    return select(r.person_id, r.role, c.id).select_from(source).where(*holds)


async def mark(
    db: AsyncConnection, *, community_id: int, year: int, step: Step, progress: Progress | None, by: int, now: datetime
) -> None:
    """What the leader or a coordinator says of a step; None takes it back."""
    await promise_people.require(db, person_id=by, action=Action.MARK_YEAR, community_id=community_id)
    row = {"community_id": community_id, "year": year, "step": step}
    same = (getattr(year_marks.c, name) == value for name, value in row.items())
    await db.execute(delete(year_marks).where(*same))
    await db.execute(insert(year_marks).values(**row, progress=progress, marked_by=by, marked_at=now))


async def may_mark(db: AsyncConnection, *, person_id: int, community_id: int) -> bool:
    where = await promise_people.communities_where(db, person_id=person_id, action=Action.MARK_YEAR)
    return community_id in where


async def forget(db: AsyncConnection, *, person_id: int) -> None:
    await db.execute(update(year_marks).where(year_marks.c.marked_by == person_id).values(marked_by=None))


async def reminded(db: AsyncConnection, *, year: int) -> dict[tuple[int, Step], int]:
    """The number of the last reminder told of each step, by community."""
    r = year_reminders.c
    rows = await db.execute(select(r.community_id, r.step, r.number).where(r.year == year))
    return {(community_id, Step(step)): number for community_id, step, number in rows}


async def note_reminded(db: AsyncConnection, *, community_id: int, year: int, step: Step, number: int) -> None:
    r = year_reminders.c
    row = {"community_id": community_id, "year": year, "step": step}
    known = (r.community_id == community_id, r.year == year, r.step == step)
    if (await db.execute(update(year_reminders).where(*known).values(number=number))).rowcount == 0:
        await db.execute(insert(year_reminders).values(**row, number=number))
