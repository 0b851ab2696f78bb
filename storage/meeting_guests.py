"""Officials who are invited to a round table: they are asked in their chat."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.meetings.entries import Verb
from domain.meetings.record import Guest, Record, Reply, Side, State
from domain.people import OFFICES, Action, Role
from domain.refusal import Refused
from storage import meetings, promise_people, telling
from storage.promise_people import Official
from storage.tables.meetings import meeting_communities
from storage.tables.meetings import meetings as meetings_
from storage.tables.roles import roles


async def require_host(db: AsyncConnection, *, meeting_id: int, person_id: int) -> None:
    """Who may prepare it: the one who writes, or a leader or coordinator of a community that sits there."""
    if await meetings.may_keep(db, meeting_id=meeting_id, person_id=person_id):
        return
    c = meeting_communities.c
    sitting = set((await db.execute(select(c.community_id).where(c.meeting_id == meeting_id))).scalars())
    action = Action.PREPARE_MEETING
    if not sitting & await promise_people.communities_where(db, person_id=person_id, action=action):
        raise Refused("not_allowed", action=action)


async def invite_official(db: AsyncConnection, *, meeting_id: int, official: Official, by: int, now: datetime) -> None:
    """Once, in their chat. Nobody of another municipality sees what this one talks about."""
    await require_host(db, meeting_id=meeting_id, person_id=by)
    await _require_of_here(db, meeting_id, official.role_id)
    guest = f"role-{official.role_id:06}"
    body = {"guest": guest, "name": official.name, "office": official.office, "role_id": official.role_id}
    branch = await _branch(db, official.role_id)
    await meetings.note(db, meeting_id=meeting_id, verb=Verb.INVITED, body={**body, "branch": branch}, by=by, now=now)
    await telling.tell(
        db,
        person_id=official.person_id,
        thing=f"meeting:{meeting_id}:invited",
        conversation="meeting_invited",
        args={"meeting": meeting_id, "guest": guest},
        now=now,
    )


async def _require_of_here(db: AsyncConnection, meeting_id: int, role_id: int) -> None:
    query = select(roles.c.id).join(meetings_, meetings_.c.municipality_id == roles.c.municipality_id)
    if (await db.execute(query.where(meetings_.c.id == meeting_id, roles.c.id == role_id))).first() is None:
        raise Refused("gone")


def require_planned(record: Record) -> None:
    if record.state is State.NOT_HELD:
        raise Refused("meeting_not_held")
    if record.state is not State.PLANNED:
        raise Refused("meeting_begun")


async def guest_of(db: AsyncConnection, *, record: Record, person_id: int) -> Guest | None:
    """As whom this person was invited, while they hold that office."""
    mine = select(roles.c.id).where(roles.c.person_id == person_id, roles.c.ended_at.is_(None))
    held = set((await db.execute(mine.where(roles.c.confirmed_at.is_not(None)))).scalars())
    return next((each for each in record.guests if each.role_id in held), None)


async def may_see(db: AsyncConnection, *, meeting_id: int, person_id: int) -> bool:
    """What comes to the table: whoever was invited, and whoever keeps the record."""
    if await meetings.may_keep(db, meeting_id=meeting_id, person_id=person_id):
        return True
    record = await meetings.read(db, meeting_id=meeting_id, zone=meetings.ANYWHERE)
    return await guest_of(db, record=record, person_id=person_id) is not None


async def unanswered(db: AsyncConnection, *, meeting_id: int, person_id: int) -> bool:
    """Whether this person is invited to a round table that has not begun, and has not said whether they come."""
    guest = await _awaited(db, meeting_id, person_id)
    return guest is not None and guest.reply is None


async def tables_of(db: AsyncConnection, *, person_id: int) -> list[int]:
    """The round tables to which this person is invited, until they begin. Nearly everybody has no office to look at."""
    held = select(roles.c.municipality_id).where(
        roles.c.person_id == person_id, roles.c.role.in_(OFFICES), roles.c.ended_at.is_(None)
    )
    query = select(meetings_.c.id).where(meetings_.c.municipality_id.in_(held), meetings.NOT_BEGUN)
    ids = (await db.execute(query.order_by(meetings_.c.id.desc()))).scalars().all()
    return [each for each in ids if await _awaited(db, each, person_id) is not None]


async def _awaited(db: AsyncConnection, meeting_id: int, person_id: int) -> Guest | None:
    record = await meetings.read(db, meeting_id=meeting_id, zone=meetings.ANYWHERE)
    return await guest_of(db, record=record, person_id=person_id) if record.state is State.PLANNED else None


async def reply(
    db: AsyncConnection,
    *,
    record: Record,
    guest: str,
    reply: Reply,
    who: str,
    of: datetime | None,
    by: int | None,
    now: datetime,
) -> None:
    """Raises Refused where the day they answer `of` is no longer its day: who comes on one may not on another."""
    require_planned(record)
    if of != record.starts_at:
        raise Refused("meeting_moved")
    body = {"guest": guest, "reply": reply, "who": who}
    await meetings.note(db, meeting_id=record.id, verb=Verb.REPLIED, body=body, by=by, now=now)


async def _branch(db: AsyncConnection, role_id: int) -> Side:
    role = (await db.execute(select(roles.c.role).where(roles.c.id == role_id))).scalar_one()
    return Side.ELECTED if role == Role.DEPUTY else Side.EXECUTIVE
