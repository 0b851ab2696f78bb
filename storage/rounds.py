"""Rounds from door to door: where a member stands in one, and what came of each door."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.people import Action
from domain.refusal import Refused
from domain.rounds import Outcome
from storage import answers as kept_answers
from storage import reach
from storage.tables.doors import rounds, visits
from storage.tables.polls import answers


@dataclass(frozen=True, slots=True)
class Progress:
    """Doors, whatever came of them, without those taken back."""

    today: int
    all: int


async def under_way(db: AsyncConnection, *, member_id: int) -> Any:
    """The member's round that has not ended: there is one at a time."""
    query = select(rounds).where(rounds.c.member_id == member_id, rounds.c.ended_at.is_(None))
    return (await db.execute(query.order_by(rounds.c.id.desc()))).first()


async def begin(db: AsyncConnection, *, member_id: int, poll_id: int, village_id: int, now: datetime) -> int:
    await reach.require(db, person_id=member_id, action=Action.ENTER_NEIGHBOUR, village_id=village_id)
    row = {"member_id": member_id, "poll_id": poll_id, "village_id": village_id, "begun_at": now}
    return int((await db.execute(insert(rounds).values(**row).returning(rounds.c.id))).scalar_one())


async def visit(
    db: AsyncConnection, *, round_id: int, member_id: int, outcome: Outcome, now: datetime, answer_id: int | None = None
) -> int:
    """One door more; answers its number in this round."""
    await _require_mine(db, round_id, member_id)
    last = select(func.max(visits.c.number)).where(visits.c.round_id == round_id)
    number = ((await db.execute(last)).scalar() or 0) + 1
    row = {"round_id": round_id, "number": number, "at": now, "outcome": outcome, "answer_id": answer_id}
    await db.execute(insert(visits), [row])
    await db.execute(update(rounds).where(rounds.c.id == round_id).values(paused_at=None))
    return number


async def progress(db: AsyncConnection, *, round_id: int, since: datetime) -> Progress:
    """`since` is when the day began."""
    stands = select(func.count()).select_from(visits)
    stands = stands.where(visits.c.round_id == round_id, visits.c.outcome != Outcome.UNDONE)
    today = (await db.execute(stands.where(visits.c.at >= since))).scalar_one()
    return Progress(int(today), int((await db.execute(stands)).scalar_one()))


async def last(db: AsyncConnection, *, round_id: int) -> Any:
    """The last door, with what its people told of themselves."""
    query = select(visits, answers.c.sex, answers.c.age_band)
    query = query.select_from(visits.outerjoin(answers, answers.c.id == visits.c.answer_id))
    query = query.where(visits.c.round_id == round_id, visits.c.outcome != Outcome.UNDONE)
    return (await db.execute(query.order_by(visits.c.number.desc()))).first()


async def last_told(db: AsyncConnection, *, round_id: int) -> Any:
    """What the people of the last door that answered told of themselves."""
    query = select(answers.c.sex, answers.c.age_band).join(visits, visits.c.answer_id == answers.c.id)
    return (await db.execute(query.where(visits.c.round_id == round_id).order_by(visits.c.number.desc()))).first()


async def undo(db: AsyncConnection, *, round_id: int, member_id: int, number: int, today: date) -> None:
    """Takes the last door back, with the answer it brought."""
    await _require_mine(db, round_id, member_id)
    door = await last(db, round_id=round_id)
    if door is None or door.number != number:
        raise Refused("gone")
    if door.answer_id is not None:
        await kept_answers.remove_entered(db, answer_id=door.answer_id, by=member_id, today=today)
    here = (visits.c.round_id == round_id, visits.c.number == number)
    await db.execute(update(visits).where(*here).values(outcome=Outcome.UNDONE, answer_id=None))


async def pause(db: AsyncConnection, *, round_id: int, note: str | None, now: datetime) -> None:
    await db.execute(update(rounds).where(rounds.c.id == round_id).values(paused_at=now, note=note))


async def end(db: AsyncConnection, *, round_id: int, now: datetime) -> None:
    still = update(rounds).where(rounds.c.id == round_id, rounds.c.ended_at.is_(None))
    await db.execute(still.values(ended_at=now, note=None))


async def forget_member(db: AsyncConnection, *, person_id: int, now: datetime) -> None:
    mine = rounds.c.member_id == person_id
    await db.execute(update(rounds).where(mine, rounds.c.ended_at.is_(None)).values(ended_at=now))
    await db.execute(update(rounds).where(mine).values(member_id=None, note=None))


async def _require_mine(db: AsyncConnection, round_id: int, member_id: int) -> None:
    query = select(rounds.c.id).where(rounds.c.id == round_id, rounds.c.member_id == member_id)
    if (await db.execute(query.where(rounds.c.ended_at.is_(None)))).first() is None:
        raise Refused("gone")
