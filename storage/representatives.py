"""Those whom a community has elected, what stands on their page, and who of the group went on to an office."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain import mandate as rules
from domain.mandate import Office
from domain.people import Action, Role
from domain.refusal import Refused
from domain.trainings import Answer
from storage import roles as roles_of
from storage import telling
from storage.tables.mandates import candidates, deeds, mandates, steps
from storage.tables.roles import groups, roles
from storage.tables.trainings import training_invites, trainings


async def of_group(db: AsyncConnection, *, group_id: int) -> Sequence[Row[Any]]:
    """The elected of the newest vote, with those who have gone on since."""
    newest = select(mandates.c.id).where(mandates.c.group_id == group_id, mandates.c.turnout.is_not(None))
    newest = newest.order_by(mandates.c.id.desc()).limit(1)
    still = candidates.c.name.is_not(None)  # who asked to be forgotten has no page
    query = select(candidates).where(candidates.c.elected, still, candidates.c.mandate_id.in_(newest))
    return (await db.execute(query.order_by(candidates.c.id))).all()


async def of_community(db: AsyncConnection, *, community_id: int) -> list[Row[Any]]:
    ids = (await db.execute(select(groups.c.id).where(groups.c.community_id == community_id))).scalars().all()
    return [row for group_id in ids for row in await of_group(db, group_id=group_id)]


async def representative(db: AsyncConnection, *, candidate_id: int) -> Row[Any] | None:
    """With the group, the day of the vote and its turnout."""
    query = select(candidates, mandates.c.group_id, mandates.c.closed_at, mandates.c.turnout)
    query = query.join(mandates, mandates.c.id == candidates.c.mandate_id)
    return (await db.execute(query.where(candidates.c.id == candidate_id, candidates.c.elected))).first()


async def speakers(db: AsyncConnection, *, group_id: int) -> list[int]:
    """Who speaks for the group: its leaders, and the elected while they are in it; not who went on to an office."""
    gone = select(steps.c.person_id).where(steps.c.group_id == group_id, steps.c.person_id.is_not(None))
    left = set((await db.execute(gone)).scalars())
    members = {person_id for person_id, _name in await roles_of.group_of(db, group_id=group_id)}
    elected = {row.person_id for row in await of_group(db, group_id=group_id)} & members
    return sorted({*await roles_of.leaders(db, group_id=group_id), *elected} - left)


async def learned(db: AsyncConnection, *, person_id: int, now: datetime) -> Sequence[Any]:
    """The trainings that they said they would come to, and that have been."""
    query = select(trainings.c.kind, trainings.c.topic, trainings.c.words, trainings.c.starts_at)
    query = query.join(training_invites, training_invites.c.training_id == trainings.c.id)
    came = (training_invites.c.person_id == person_id, training_invites.c.answer == Answer.COMING)
    held = (trainings.c.starts_at < now, trainings.c.cancelled_at.is_(None))
    return (await db.execute(query.where(*came, *held).order_by(trainings.c.starts_at))).all()


async def tell_deed(
    db: AsyncConnection, *, group_id: int, words: str, photo: str | None, by: int, now: datetime
) -> None:
    await roles_of.require(db, person_id=by, action=Action.TELL_DEED, group_id=group_id)
    row = {"group_id": group_id, "words": words, "media_id": photo, "told_by": by, "at": now}
    await db.execute(insert(deeds), [row])


async def deeds_of(db: AsyncConnection, *, group_id: int, most: int = 5) -> Sequence[Row[Any]]:
    """The newest first."""
    query = select(deeds).where(deeds.c.group_id == group_id).order_by(deeds.c.id.desc())
    return (await db.execute(query.limit(most))).all()


async def step(
    db: AsyncConnection,
    *,
    group_id: int,
    by: int,
    office: Office,
    since: date,
    successor_id: int | None,
    now: datetime,
) -> None:
    """From now on they do not speak for the group. A leader stays its leader until the successor has accepted."""
    if by not in await speakers(db, group_id=group_id):
        raise Refused("not_allowed")
    leads = by in await roles_of.leaders(db, group_id=group_id)
    members = {person_id for person_id, _name in await roles_of.group_of(db, group_id=group_id)}
    rules.check_step(leads, successor_id, by, members)
    row = {"group_id": group_id, "person_id": by, "office": office, "since": since, "at": now}
    new = insert(steps).values(**row, successor_id=successor_id if leads else None).returning(steps.c.id)
    step_id = int((await db.execute(new)).scalar_one())
    if leads and successor_id is not None:
        await _offer(db, step_id, successor_id, now)


async def _offer(db: AsyncConnection, step_id: int, successor_id: int, now: datetime) -> None:
    told: dict[str, Any] = {"person_id": successor_id, "conversation": "leadership_offered", "args": {"step": step_id}}
    await telling.tell(db, **told, now=now, thing=f"step:{step_id}:{successor_id}")


async def offer(db: AsyncConnection, *, step_id: int, successor_id: int, by: int, now: datetime) -> None:
    """To another, after the first has said no."""
    row = await _waiting(db, step_id)
    members = {person_id for person_id, _name in await roles_of.group_of(db, group_id=row.group_id)}
    if row.person_id != by:
        raise Refused("not_allowed")
    rules.check_step(True, successor_id, by, members)
    await db.execute(update(steps).where(steps.c.id == step_id).values(successor_id=successor_id))
    await _offer(db, step_id, successor_id, now)


async def offered(db: AsyncConnection, *, step_id: int, person_id: int) -> Row[Any] | None:
    """What waits for this successor, with the group's name; None when it does not."""
    query = select(steps, groups.c.name).join(groups, groups.c.id == steps.c.group_id)
    here = (steps.c.id == step_id, steps.c.successor_id == person_id, steps.c.handed_over_at.is_(None))
    return (await db.execute(query.where(*here))).first()


async def take_over(db: AsyncConnection, *, step_id: int, person_id: int, yes: bool, now: datetime) -> None:
    """The successor leads; who went on keeps their page, and leads no more."""
    row = await offered(db, step_id=step_id, person_id=person_id)
    if row is None:
        raise Refused("already_decided")
    if yes:
        await _lead(db, row, now)
    else:
        await db.execute(update(steps).where(steps.c.id == step_id).values(successor_id=None))
    if row.person_id is not None:
        told: dict[str, Any] = {
            "person_id": row.person_id,
            "conversation": "handed_over",
            "args": {"step": step_id, "yes": yes},
        }
        await telling.tell(db, **told, thing=f"step:{step_id}:{person_id}:answered", now=now)


async def _lead(db: AsyncConnection, row: Row[Any], now: datetime) -> None:
    in_group = (roles.c.group_id == row.group_id, roles.c.ended_at.is_(None))
    mine = (await db.execute(select(roles).where(*in_group, roles.c.person_id == row.successor_id))).all()
    if not mine:
        raise Refused("gone")
    if all(one.role != Role.LEADER for one in mine):
        new = {"person_id": row.successor_id, "group_id": row.group_id, "role": Role.LEADER, "granted_at": now}
        await db.execute(update(roles).where(roles.c.id.in_([one.id for one in mine])).values(ended_at=now))
        await db.execute(insert(roles), [{**new, "name": mine[0].name}])
    led = (*in_group, roles.c.person_id == row.person_id, roles.c.role == Role.LEADER)
    await db.execute(update(roles).where(*led).values(ended_at=now))
    await db.execute(update(steps).where(steps.c.id == row.id).values(handed_over_at=now))


async def _waiting(db: AsyncConnection, step_id: int) -> Row[Any]:
    row = (await db.execute(select(steps).where(steps.c.id == step_id))).first()
    if row is None or row.handed_over_at is not None or row.successor_id is not None:
        raise Refused("already_decided")
    return row


async def to_hand_over(db: AsyncConnection, *, person_id: int) -> Row[Any] | None:
    """The step of this person whose successor said no."""
    led = select(roles.c.group_id).where(
        roles.c.person_id == person_id, roles.c.role == Role.LEADER, roles.c.ended_at.is_(None)
    )
    waits = (steps.c.person_id == person_id, steps.c.successor_id.is_(None), steps.c.handed_over_at.is_(None))
    return (await db.execute(select(steps).where(*waits, steps.c.group_id.in_(led)))).first()


async def stepped(db: AsyncConnection, *, person_id: int, group_id: int) -> Row[Any] | None:
    query = select(steps).where(steps.c.person_id == person_id, steps.c.group_id == group_id)
    return (await db.execute(query.order_by(steps.c.id.desc()).limit(1))).first()
