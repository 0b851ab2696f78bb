"""Applications for grants: what a group applied for, and every step until it is done."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain import grants as rules
from domain.grants import DECISIONS, Party, Stage, Step
from domain.people import Action
from domain.refusal import Refused
from storage import grant_needs, grants, groups, needs, polls, roles, telling
from storage.grant_links import Link
from storage.grant_needs import Surveyed
from storage.grants import Call
from storage.tables.grants import grant_applications, grant_calls, grant_events, grant_tellers
from storage.tables.grants import grant_needs as needs_
from storage.tables.polls import needs as told


@dataclass(frozen=True, slots=True)
class Application:
    """`needs` in the order in which the group named them; `steps` in that in which they were told."""

    id: int
    call_id: int
    group_id: int
    needs: Sequence[int]
    steps: Sequence[Step]

    @property
    def stage(self) -> Stage:
        return self.steps[-1].stage

    @property
    def granted(self) -> Step | None:
        return next((one for one in reversed(self.steps) if one.stage is Stage.GRANTED), None)


def about(application_id: int) -> str:
    """What a sealed paper calls it."""
    return f"grant:{application_id}"


async def make(
    db: AsyncConnection, *, call_id: int, group_id: int, need_ids: Sequence[int], by: int, now: datetime, today: date
) -> int:
    """Planned: the committee does not see it yet."""
    call = await grants.call(db, call_id=call_id)
    rules.require_open(call.terms, today)
    open_ = [each.need_id for each in await choices(db, call=call, group_id=group_id, by=by, today=today)]
    if not 0 < len(set(need_ids)) == len(need_ids) <= rules.MOST_NEEDS or not set(need_ids) <= set(open_):
        raise Refused("gone")
    row = {"call_id": call_id, "group_id": group_id, "made_at": now}
    new = insert(grant_applications).values(**row).returning(grant_applications.c.id)
    application_id = int((await db.execute(new)).scalar_one())
    rows = [{"application_id": application_id, "place": at, "need_id": each} for at, each in enumerate(need_ids, 1)]
    await db.execute(insert(needs_), rows)
    await _note(db, application_id, Step(Stage.PLANNED, Party.GROUP, today), now, by=by)
    return application_id


async def choices(db: AsyncConnection, *, call: Call, group_id: int, by: int, today: date) -> list[Surveyed]:
    """What this group may apply for: the open needs of its own villages, where the call reaches them."""
    group = await require(db, person_id=by, group_id=group_id)
    if group.community.id not in call.communities:
        raise Refused("grant_elsewhere")
    where = await grants.villages_of(db, communities=[group.community.id])
    return await grant_needs.open_needs(db, villages=where, terms=call.terms, today=today)


async def require(db: AsyncConnection, *, person_id: int, group_id: int) -> groups.Group:
    group = await groups.group(db, group_id=group_id)
    if group is None:
        raise Refused("gone")
    await roles.require(db, person_id=person_id, action=Action.APPLY_FOR_GRANT, group_id=group_id)
    return group


async def tell(
    db: AsyncConnection,
    *,
    application_id: int,
    step: Step,
    by: int,
    now: datetime,
    today: date,
    media_id: str | None = None,
) -> int:
    """What the group says of it, with its document."""
    one = await lock(db, application_id=application_id)
    await require(db, person_id=by, group_id=one.group_id)
    return await _go_on(db, one, step, now, today, by=by, media_id=media_id)


async def decide(
    db: AsyncConnection, *, application_id: int, step: Step, link: Link, now: datetime, today: date
) -> int:
    """What the committee says of it; only of its own call."""
    one = await lock(db, application_id=application_id)
    if one.call_id != link.call_id or not link.stands(now) or one.stage not in rules.SEEN:
        raise Refused("gone")
    return await _go_on(db, one, step, now, today, link_id=link.id)


async def _go_on(
    db: AsyncConnection,
    one: Application,
    step: Step,
    now: datetime,
    today: date,
    *,
    by: int | None = None,
    link_id: int | None = None,
    media_id: str | None = None,
) -> int:
    """A verdict, money and an end are told to everybody whom they concern, once each."""
    call = await grants.call(db, call_id=one.call_id)
    rules.check(one.steps, step, call.terms, today)
    event_id = await _note(db, one.id, step, now, by=by, link_id=link_id, media_id=media_id)
    if step.stage in (*DECISIONS, Stage.DONE):
        people, args = await _concerned(db, one), {"application": one.id, "step": len(one.steps)}
        thing = f"grant:{one.id}:{event_id}"
        await telling.tell_all(db, people_ids=people, thing=thing, conversation="grant_news", args=args, now=now)
    return event_id


async def _concerned(db: AsyncConnection, one: Application) -> list[int]:
    """Who lives there, stands behind the needs, is in the group, or coordinates."""
    where = select(told.c.village_id).where(told.c.id.in_(one.needs)).distinct()
    people = set(await polls.residents(db, villages=list((await db.execute(where)).scalars())))
    people |= set(await needs.supporters(db, need_ids=one.needs))
    people |= {person_id for person_id, _name in await roles.group_of(db, group_id=one.group_id)}
    municipality_id = await roles.municipality_of(db, group_id=one.group_id)
    if municipality_id is not None:
        desk = await roles.holders(db, action=Action.OPEN_GRANT_CALL, municipality_id=municipality_id)
        people |= set(desk)
    return sorted(people)


async def _note(
    db: AsyncConnection,
    application_id: int,
    step: Step,
    now: datetime,
    *,
    by: int | None = None,
    link_id: int | None = None,
    media_id: str | None = None,
) -> int:
    row = {"application_id": application_id, "stage": step.stage, "party": step.party, "link_id": link_id}
    row |= {"day": step.on, "amount": step.amount, "reason": step.reason, "at": now}
    event_id = int((await db.execute(insert(grant_events).values(**row).returning(grant_events.c.id))).scalar_one())
    if by is not None:
        await db.execute(insert(grant_tellers).values(event_id=event_id, person_id=by, media_id=media_id))
    return event_id


async def lock(db: AsyncConnection, *, application_id: int) -> Application:
    """Two who press at once act one after the other, and the second sees what the first did."""
    query = select(grant_applications.c.id).where(grant_applications.c.id == application_id)
    await db.execute(query.with_for_update())
    return await read(db, application_id=application_id)


async def read(db: AsyncConnection, *, application_id: int) -> Application:
    found = await _read(db, grant_applications.c.id == application_id)
    if not found:
        raise Refused("gone")
    return found[0]


async def of_groups(db: AsyncConnection, *, group_ids: Collection[int]) -> list[Application]:
    return await _read(db, grant_applications.c.group_id.in_(group_ids))


async def of_call(db: AsyncConnection, *, call_id: int) -> list[Application]:
    """What has been sent: for the committee and the desk."""
    return [one for one in await _read(db, grant_applications.c.call_id == call_id) if one.stage in rules.SEEN]


async def paid_in(db: AsyncConnection, *, village_ids: Collection[int]) -> list[Application]:
    """Those that were given money for a need of these villages."""
    here = select(needs_.c.application_id).join(told, told.c.id == needs_.c.need_id)
    found = await _read(db, grant_applications.c.id.in_(here.where(told.c.village_id.in_(village_ids))))
    return [one for one in found if one.stage in rules.PAID]


async def _read(db: AsyncConnection, which: ColumnElement[bool]) -> list[Application]:
    """The newest first."""
    rows = (await db.execute(select(grant_applications).where(which).order_by(grant_applications.c.id.desc()))).all()
    if not rows:
        return []
    ids = [row.id for row in rows]
    named: dict[int, list[int]] = {each: [] for each in ids}
    steps: dict[int, list[Step]] = {each: [] for each in ids}
    for each in await db.execute(select(needs_).where(needs_.c.application_id.in_(ids)).order_by(needs_.c.place)):
        named[each.application_id].append(each.need_id)
    events = select(grant_events).where(grant_events.c.application_id.in_(ids)).order_by(grant_events.c.id)
    for each in await db.execute(events):
        said = Step(Stage(each.stage), Party(each.party), each.day, each.amount, each.reason)
        steps[each.application_id].append(said)
    return [Application(row.id, row.call_id, row.group_id, named[row.id], steps[row.id]) for row in rows]


async def planned(db: AsyncConnection, *, since: date, until: date) -> list[tuple[Application, date]]:
    """What was planned and not yet sent, with the deadline of its call, where that falls on these days."""
    c = grant_calls.c
    query = select(c.id, c.deadline).where(c.ended_at.is_(None), c.deadline >= since, c.deadline <= until)
    deadlines = {row.id: row.deadline for row in await db.execute(query)}
    found = await _read(db, grant_applications.c.call_id.in_(deadlines))
    return [(one, deadlines[one.call_id]) for one in found if one.stage is Stage.PLANNED]
