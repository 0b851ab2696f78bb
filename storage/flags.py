"""Flags on answers that look odd: raised, shown to somebody who did not collect them, and decided, with a trace."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.flags import Decision, Rule
from domain.people import MAY, Action, Role
from domain.refusal import Refused
from storage import places, reach, roles, telling
from storage.tables.honesty import answer_codes, flag_decisions, flagged_answers, flags, household_codes
from storage.tables.places import villages
from storage.tables.polls import answers
from storage.tables.roles import groups
from storage.tables.roles import roles as held


@dataclass(frozen=True, slots=True)
class Facts:
    """What may be shown of a flag: numbers, times and ways, never anybody's words."""

    id: int
    poll_id: int
    village_id: int
    rule: Rule
    decision: Decision | None
    origins: Counter[str]
    first: datetime | None
    last: datetime | None
    interviewer: str | None  # as the group calls them
    people: int | None  # who live there

    @property
    def count(self) -> int:
        return sum(self.origins.values())


async def raise_(
    db: AsyncConnection,
    *,
    poll_id: int,
    village_id: int,
    rule: Rule,
    subject: str,
    answer_ids: Collection[int],
    now: datetime,
) -> int:
    """Answers on how many answers it laid a flag; those that had this one are left alone, whatever was decided."""
    here = (flags.c.poll_id == poll_id, flags.c.village_id == village_id)
    same = (*here, flags.c.rule == rule, flags.c.subject == subject)
    had = select(flagged_answers.c.answer_id).join(flags, flags.c.id == flagged_answers.c.flag_id).where(*same)
    fresh = sorted(set(answer_ids) - set((await db.execute(had)).scalars()))
    if not fresh:
        return 0
    query = select(flags.c.id).where(*same, flags.c.decision.is_(None))
    flag_id = (await db.execute(query)).scalar()
    where = {"poll_id": poll_id, "village_id": village_id}
    new = flag_id is None
    if flag_id is None:
        row = {**where, "rule": rule, "subject": subject, "raised_at": now}
        flag_id = (await db.execute(insert(flags).values(**row).returning(flags.c.id))).scalar_one()
    await db.execute(insert(flagged_answers), [{"flag_id": flag_id, "answer_id": each} for each in fresh])
    if new:
        await tell_judges(db, flag_id=flag_id, now=now)
    return len(fresh)


async def tell_judges(db: AsyncConnection, *, flag_id: int, now: datetime) -> None:
    decided = select(func.count()).select_from(flag_decisions).where(flag_decisions.c.flag_id == flag_id)
    thing = f"flag:{flag_id}:{(await db.execute(decided)).scalar_one()}"  # anew each time it is open again
    people_ids = await judges(db, flag_id=flag_id)
    await telling.tell_all(db, people_ids=people_ids, thing=thing, conversation="flagged", args={}, now=now)


async def judges(db: AsyncConnection, *, flag_id: int) -> list[int]:
    """The group's members who collected none of these answers; where there is none, the coordinators."""
    village_id = (await _flag(db, flag_id)).village_id
    collected = await collectors(db, flag_id=flag_id)
    members = [each for each in await group_of(db, village_id=village_id) if each not in collected]
    if members:
        return members
    village = await places.village(db, village_id=village_id)
    municipality_id = village.municipality.id if village else 0
    found = await roles.holders(db, action=Action.DECIDE_FLAG, municipality_id=municipality_id)
    return [each for each in found if each not in collected]


async def group_of(db: AsyncConnection, *, village_id: int) -> list[int]:
    """Members and leaders of the groups of this village's community."""
    query = select(held.c.person_id).join(groups, groups.c.id == held.c.group_id)
    query = query.join(villages, villages.c.community_id == groups.c.community_id)
    in_group = held.c.role.in_(MAY[Action.ASK_AGAIN])
    query = query.where(villages.c.id == village_id, held.c.ended_at.is_(None), in_group).distinct()
    return list((await db.execute(query.order_by(held.c.person_id))).scalars())


async def collectors(db: AsyncConnection, *, flag_id: int) -> set[int]:
    """Who had a hand in these answers: wrote them down, gave out their codes, or gave them."""
    source = flagged_answers.join(answers, answers.c.id == flagged_answers.c.answer_id)
    source = source.outerjoin(answer_codes, answer_codes.c.answer_id == answers.c.id)
    source = source.outerjoin(household_codes, household_codes.c.id == answer_codes.c.code_id)
    query = select(answers.c.entered_by, answers.c.person_id, household_codes.c.made_by).select_from(source)
    rows = await db.execute(query.where(flagged_answers.c.flag_id == flag_id))
    return {each for row in rows for each in row if each is not None}


async def to_decide(db: AsyncConnection, *, person_id: int) -> list[int]:
    """The open flags that this person may decide, oldest first."""
    within = await reach.reach(db, person_id=person_id, action=Action.DECIDE_FLAG)
    query = select(flags.c.id).where(flags.c.village_id.in_(within), flags.c.decision.is_(None)).order_by(flags.c.id)
    return [each for each in (await db.execute(query)).scalars() if await _may(db, each, person_id)]


async def of_poll(db: AsyncConnection, *, poll_id: int, village_ids: Collection[int]) -> list[int]:
    query = select(flags.c.id).where(flags.c.poll_id == poll_id, flags.c.village_id.in_(village_ids))
    return list((await db.execute(query.order_by(flags.c.id))).scalars())


async def _may(db: AsyncConnection, flag_id: int, person_id: int) -> bool:
    return person_id not in await collectors(db, flag_id=flag_id)


async def decide(
    db: AsyncConnection, *, flag_id: int, by: int, decision: Decision, reason: str | None, now: datetime
) -> None:
    flag = await _flag(db, flag_id)
    await reach.require(db, person_id=by, action=Action.DECIDE_FLAG, village_id=flag.village_id)
    if not await _may(db, flag_id, by):
        raise Refused("collected_it")
    trace = {"flag_id": flag_id, "decision": decision, "reason": reason, "decided_by": by, "decided_at": now}
    await db.execute(insert(flag_decisions), [trace])
    await db.execute(update(flags).where(flags.c.id == flag_id).values(decision=decision, decided_at=now))


async def open_again(db: AsyncConnection, *, answer_id: int, now: datetime) -> None:
    """The homes of a flag were asked again, all that were to be: whoever decides has something new to look at."""
    query = select(flags.c.id).join(flagged_answers, flagged_answers.c.flag_id == flags.c.id)
    query = query.where(flagged_answers.c.answer_id == answer_id, flags.c.decision == Decision.ASIDE)
    for flag_id in (await db.execute(query)).scalars().all():
        await db.execute(update(flags).where(flags.c.id == flag_id).values(decision=None, decided_at=None))
        await tell_judges(db, flag_id=flag_id, now=now)


async def together_with(db: AsyncConnection, *, answer_id: int) -> list[int]:
    """All answers under a flag that this one is under."""
    mine = select(flagged_answers.c.flag_id).where(flagged_answers.c.answer_id == answer_id)
    query = select(flagged_answers.c.answer_id).where(flagged_answers.c.flag_id.in_(mine))
    return list((await db.execute(query.distinct())).scalars())


async def answers_of(db: AsyncConnection, *, flag_id: int) -> Sequence[Row[Any]]:
    columns: list[Any] = [answers.c.id, answers.c.origin, answers.c.entered_by, answers.c.answered_at]
    query = select(*columns).join(flagged_answers, flagged_answers.c.answer_id == answers.c.id)
    return (await db.execute(query.where(flagged_answers.c.flag_id == flag_id).order_by(answers.c.id))).all()


async def facts(db: AsyncConnection, *, flag_id: int) -> Facts:
    flag = await _flag(db, flag_id)
    rows = await answers_of(db, flag_id=flag_id)
    moments = [row.answered_at for row in rows]
    interviewers = {row.entered_by for row in rows if row.entered_by is not None}
    name = await name_in_group(db, person_id=interviewers.pop()) if len(interviewers) == 1 else None
    origins = Counter(row.origin for row in rows)
    span = (min(moments, default=None), max(moments, default=None))
    decision = Decision(flag.decision) if flag.decision else None
    people = await people_of(db, village_id=flag.village_id)
    return Facts(flag.id, flag.poll_id, flag.village_id, Rule(flag.rule), decision, origins, *span, name, people)


async def people_of(db: AsyncConnection, *, village_id: int) -> int | None:
    """How many may answer there at most: the larger of what is known, since not all who live there vote there."""
    row = (await db.execute(_known_people().where(villages.c.id == village_id))).first()
    return max((number for number in row or () if number), default=None)


def _known_people() -> Select[Any]:
    return select(villages.c.voters, villages.c.population)


async def name_in_group(db: AsyncConnection, *, person_id: int) -> str | None:
    query = select(held.c.name).where(held.c.person_id == person_id, held.c.role.in_((Role.MEMBER, Role.LEADER)))
    query = query.where(held.c.name.is_not(None)).order_by(held.c.id.desc())
    name: str | None = (await db.execute(query)).scalar()
    return name


async def _flag(db: AsyncConnection, flag_id: int) -> Row[Any]:
    row = (await db.execute(select(flags).where(flags.c.id == flag_id))).first()
    if row is None:
        raise Refused("gone")
    return row
