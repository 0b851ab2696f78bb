"""Homes that another member asks again: drawn as they come in, taken by somebody, and what was found."""

from __future__ import annotations

import secrets
from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Row, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain import asking_again as rules
from domain.asking_again import AT_LEAST, BACK_AFTER_DAYS, OF_A_FLAG, Result
from domain.people import Action
from domain.polls import Origin
from domain.refusal import Refused
from storage import flags, reach, telling
from storage.answers import COMPLETE
from storage.new_rows import insert_new
from storage.tables.honesty import asked_again
from storage.tables.polls import answers, needs, polls, supports

ACTIVE = timedelta(days=31)  # how long after its last day a poll's homes are still drawn
WAITING = "waiting"


@dataclass(frozen=True, slots=True)
class Task:
    """`house`: the how manieth home of that day's round of the interviewer, whom the group calls `name`."""

    id: int
    village_id: int
    name: str | None
    house: int
    at: datetime


async def draw(db: AsyncConnection, *, secret: bytes, now: datetime, zone: ZoneInfo) -> int:
    """Draws among all homes of polls that are not long over. What was drawn stays drawn; answers how many are new."""
    drawn, known = 0, set((await db.execute(select(asked_again.c.answer_id))).scalars())
    for (poll_id, village_id, by), homes in (await _rounds(db, now)).items():
        for home in rules.drawn(secret, poll_id, village_id, by, homes):
            drawn += 0 if home.id in known else await _add(db, home, homes, now, zone)
    return drawn


async def _rounds(db: AsyncConnection, now: datetime) -> dict[tuple[int, int, int], list[Row[Any]]]:
    """Each interviewer's homes in a village's poll, in the order in which they came in."""
    query = select(answers).join(polls, polls.c.id == answers.c.poll_id)
    door = (answers.c.origin == Origin.DOOR_TO_DOOR, answers.c.entered_by.is_not(None), answers.c.state == COMPLETE)
    query = query.where(*door, polls.c.closes >= (now - ACTIVE).date()).order_by(answers.c.id)
    rounds: dict[tuple[int, int, int], list[Row[Any]]] = defaultdict(list)
    for row in await db.execute(query):
        rounds[row.poll_id, row.village_id, row.entered_by].append(row)
    return rounds


async def _add(db: AsyncConnection, home: Any, homes: Sequence[Any], now: datetime, zone: ZoneInfo) -> int:
    """Tells the other members of the group, of whom one will go."""
    day = home.answered_at.astimezone(zone).date()
    house = sum(one.id <= home.id and one.answered_at.astimezone(zone).date() == day for one in homes)
    where = {"answer_id": home.id, "poll_id": home.poll_id, "village_id": home.village_id}
    row = {**where, "entered_by": home.entered_by, "house": house, "house_at": home.answered_at, "drawn_at": now}
    if (await db.execute(insert_new(db.dialect, asked_again), [row])).rowcount != 1:
        return 0
    others = [each for each in await flags.group_of(db, village_id=home.village_id) if each != home.entered_by]
    thing = f"ask_again:{home.id}"
    await telling.tell_all(db, people_ids=others, thing=thing, conversation="ask_again", args={}, now=now)
    return 1


async def of_flag(db: AsyncConnection, *, flag_id: int, now: datetime, zone: ZoneInfo) -> int:
    """Of the homes that were set aside some are asked again, chosen by chance; answers how many."""
    rows = [row for row in await flags.answers_of(db, flag_id=flag_id) if row.entered_by is not None]
    many = min(len(rows), max(AT_LEAST, len(rows) // OF_A_FLAG))
    rounds = await _rounds(db, now)
    added = 0
    for chosen in secrets.SystemRandom().sample(rows, many):
        homes = next((homes for homes in rounds.values() if any(home.id == chosen.id for home in homes)), [])
        for home in (home for home in homes if home.id == chosen.id):
            added += await _add(db, home, homes, now, zone)
    return added


async def open_for(db: AsyncConnection, *, person_id: int, now: datetime) -> list[Task]:
    """What this person may take, or has taken: other people's homes only."""
    within = await reach.reach(db, person_id=person_id, action=Action.ASK_AGAIN)
    c = asked_again.c
    free = or_(c.taken_by.is_(None), c.taken_by == person_id, c.taken_at <= now - timedelta(days=BACK_AFTER_DAYS))
    others = or_(c.entered_by.is_(None), c.entered_by != person_id)
    query = select(asked_again).where(c.village_id.in_(within), c.result.is_(None), free, others).order_by(c.id)
    rows = (await db.execute(query)).all()
    return [await _task(db, row) for row in rows]


async def any_for(db: AsyncConnection, *, person_id: int) -> bool:
    """Whether the menu offers it: what somebody else has taken meanwhile is found out when it is opened."""
    within = await reach.reach(db, person_id=person_id, action=Action.ASK_AGAIN)
    c = asked_again.c
    others = or_(c.entered_by.is_(None), c.entered_by != person_id)
    query = select(c.id).where(c.village_id.in_(within), c.result.is_(None), others)
    return (await db.execute(query.limit(1))).first() is not None


async def _task(db: AsyncConnection, row: Row[Any]) -> Task:
    name = await flags.name_in_group(db, person_id=row.entered_by) if row.entered_by else None
    return Task(row.id, row.village_id, name, row.house, row.house_at)


async def take(db: AsyncConnection, *, task_id: int, person_id: int, now: datetime) -> None:
    """One member goes; the interviewer hears which door it is, to show it."""
    row = await _for(db, task_id, person_id)
    c = asked_again.c
    free = or_(c.taken_by.is_(None), c.taken_by == person_id, c.taken_at <= now - timedelta(days=BACK_AFTER_DAYS))
    mine = update(asked_again).where(c.id == task_id, c.result.is_(None), free)
    if (await db.execute(mine.values(taken_by=person_id, taken_at=now))).rowcount != 1:
        raise Refused("gone")
    if row.entered_by is not None:
        thing, args = f"asked_again:{task_id}", {"task": task_id}
        await telling.tell(
            db, person_id=row.entered_by, thing=thing, conversation="home_asked_again", args=args, now=now
        )


async def task(db: AsyncConnection, *, task_id: int) -> Task | None:
    row = (await db.execute(select(asked_again).where(asked_again.c.id == task_id))).first()
    return None if row is None else await _task(db, row)


async def answer(
    db: AsyncConnection, *, task_id: int, by: int, visited: bool, first_kind: str | None, now: datetime
) -> Result:
    """What they say now, held against what was written down; whoever asked never saw that."""
    row = await _for(db, task_id, by)
    found = rules.result(visited, first_kind, await _kinds(db, row.answer_id))
    open_ = update(asked_again).where(asked_again.c.id == task_id, asked_again.c.result.is_(None))
    kept = {"result": found, "result_at": now, "taken_by": by}
    if (await db.execute(open_.values(**kept))).rowcount != 1:
        raise Refused("gone")
    await _reopen(db, row, now)
    return found


async def _reopen(db: AsyncConnection, row: Row[Any], now: datetime) -> None:
    """When the last home of a flag was asked again, the flag is looked at anew."""
    flagged = await flags.together_with(db, answer_id=row.answer_id)
    left = select(func.count()).select_from(asked_again).where(asked_again.c.result.is_(None))
    if not int((await db.execute(left.where(asked_again.c.answer_id.in_(flagged)))).scalar_one()):
        await flags.open_again(db, answer_id=row.answer_id, now=now)


async def _for(db: AsyncConnection, task_id: int, person_id: int) -> Row[Any]:
    """Raises Refused where it is no longer there, or this person collected it."""
    row = (await db.execute(select(asked_again).where(asked_again.c.id == task_id))).first()
    if row is None or row.result is not None:
        raise Refused("gone")
    await reach.require(db, person_id=person_id, action=Action.ASK_AGAIN, village_id=row.village_id)
    if row.entered_by == person_id:
        raise Refused("collected_it")
    return row


async def _kinds(db: AsyncConnection, answer_id: int) -> list[str]:
    query = select(needs.c.kind).join(supports, supports.c.need_id == needs.c.id)
    return list((await db.execute(query.where(supports.c.answer_id == answer_id).order_by(supports.c.id))).scalars())


async def results(db: AsyncConnection, *, poll_id: int, village_ids: Collection[int]) -> Counter[str]:
    """How many homes were asked again and with which result; those still waiting under `WAITING`."""
    query = select(func.coalesce(asked_again.c.result, WAITING), func.count()).group_by(asked_again.c.result)
    query = query.where(asked_again.c.poll_id == poll_id, asked_again.c.village_id.in_(village_ids))
    return Counter({result: int(count) for result, count in await db.execute(query)})


async def results_of_flag(db: AsyncConnection, *, flag_id: int) -> Counter[str]:
    ids = [row.id for row in await flags.answers_of(db, flag_id=flag_id)]
    query = select(func.coalesce(asked_again.c.result, WAITING), func.count()).group_by(asked_again.c.result)
    return Counter(
        {result: int(count) for result, count in await db.execute(query.where(asked_again.c.answer_id.in_(ids)))}
    )
