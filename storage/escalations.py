"""Where a group has turned when a promise lay still: each step asked for by a person, and told calmly."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.escalation import PATH, Step, next_step
from domain.people import Action
from domain.refusal import Refused
from storage import elections, group_rules, promise_course, promise_people, promises, telling
from storage.promises import Dossier
from storage.tables.group_rules import escalations
from storage.tables.roles import groups

# Whoever is nearest asks the next one.
_MAY = {
    Step.LEADER: Action.CHECK_PROMISE,
    Step.COORDINATOR: Action.ANSWER_WISH,
    Step.SUPERIOR: Action.RECORD_PROMISE,
    Step.PUBLIC_NOTE: Action.RECORD_PROMISE,
}
_NAMES_SOMEBODY = frozenset({Step.SUPERIOR, Step.PUBLIC_NOTE})


async def taken(db: AsyncConnection, *, promise_id: int) -> list[Step]:
    query = select(escalations.c.step).where(escalations.c.promise_id == promise_id)
    return [Step(step) for step in (await db.execute(query.order_by(escalations.c.asked_at))).scalars()]


async def offered(
    db: AsyncConnection, *, dossier: Dossier, person_id: int, now: datetime, zone: ZoneInfo
) -> Step | None:
    """The next step, where this person may ask for it now. A leader is not asked to ask themselves."""
    today, done = now.astimezone(zone).date(), await taken(db, promise_id=dossier.id)
    step = next_step(await _path(db, dossier), done, dossier.verdict(today).status)
    leaders = await promise_people.leaders(db, community_id=dossier.new.community_id)
    if step is Step.LEADER and person_id in leaders:
        step = next_step(await _path(db, dossier), [*done, step], dossier.verdict(today).status)
    if step is None:
        return None
    where = await promise_people.communities_where(db, person_id=person_id, action=_MAY[step])
    quiet = await elections.quiet(db, municipality_id=dossier.municipality_id, today=today)
    return None if dossier.new.community_id not in where or (quiet and step in _NAMES_SOMEBODY) else step


async def _path(db: AsyncConnection, dossier: Dossier) -> tuple[Step, ...]:
    """That of the community's first group."""
    query = select(groups.c.id).where(groups.c.community_id == dossier.new.community_id).order_by(groups.c.id)
    group_id = (await db.execute(query.limit(1))).scalar()
    return PATH if group_id is None else (await group_rules.of_group(db, group_id=group_id)).path


async def take(
    db: AsyncConnection,
    *,
    promise_id: int,
    step: Step,
    person_id: int,
    words: str,
    superior_id: int | None,
    now: datetime,
    zone: ZoneInfo,
) -> None:
    """`superior_id` is whom the step SUPERIOR asks."""
    dossier = await promises.dossier(db, promise_id=promise_id)
    if await offered(db, dossier=dossier, person_id=person_id, now=now, zone=zone) is not step:
        raise Refused("already_decided")
    row = {"promise_id": promise_id, "step": step, "asked_by": person_id, "asked_at": now, "words": words}
    await db.execute(insert(escalations), [row])
    if step is Step.PUBLIC_NOTE:
        note = partial(promise_course.note, db, promise_id=promise_id, words=words, person_id=person_id)
        return await note(now=now, zone=zone)
    await telling.tell_all(
        db,
        people_ids=await _asked(db, dossier, step, superior_id),
        thing=f"promise:{promise_id}:further:{step}",
        conversation="promise_asked_for_help",
        args={"promise": promise_id, "words": words},
        now=now,
    )


async def _asked(db: AsyncConnection, dossier: Dossier, step: Step, superior_id: int | None) -> list[int]:
    if step is Step.LEADER:
        return await promise_people.leaders(db, community_id=dossier.new.community_id)
    if step is Step.COORDINATOR:
        return await promise_people.coordinators(db, municipality_id=dossier.municipality_id)
    known = await promise_people.officials_of(db, municipality_id=dossier.municipality_id)
    return [one.person_id for one in known if one.person_id == superior_id]
