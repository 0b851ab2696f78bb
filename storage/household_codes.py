"""The one-use codes that a group hands out on paper, one for each home: made, used once, voided with a trace."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Row, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain import codes
from domain.flags import Rule
from domain.people import Action
from domain.polls import Origin
from domain.refusal import Refused
from storage import flags, guesses, polls, reach
from storage.new_rows import insert_new
from storage.tables.honesty import answer_codes, household_codes
from storage.tables.polls import answers

MOST = 300  # in one village's poll


class Redeemed(StrEnum):
    """What became of a code that somebody typed."""

    GOOD = "good"
    WRONG = "wrong"
    USED = "used"
    VOIDED = "voided"
    ELSEWHERE = "elsewhere"  # another village's, or another poll's
    TOO_MANY = "too_many"


@dataclass(frozen=True, slots=True)
class Made:
    """`code` is shown once and not kept."""

    number: int
    code: str


async def make(db: AsyncConnection, *, by: int, poll_id: int, village_id: int, count: int, now: datetime) -> list[Made]:
    await reach.require(db, person_id=by, action=Action.MAKE_CODES, village_id=village_id)
    poll = (await polls.poll(db, poll_id=poll_id, within=(village_id,))).rules
    if village_id not in poll.villages or poll.closed:
        raise Refused("poll_elsewhere")
    before = await _last_number(db, poll_id, village_id)
    if before + count > MOST:
        raise Refused("codes_used_up", most=MOST)
    made = [Made(before + number, codes.new(codes.OF_A_HOUSEHOLD)) for number in range(1, count + 1)]
    common = {"poll_id": poll_id, "village_id": village_id, "made_by": by, "made_at": now}
    rows = [{**common, "number": one.number, "code_hash": codes.hashed(one.code)} for one in made]
    await db.execute(insert(household_codes), rows)
    return made


async def _last_number(db: AsyncConnection, poll_id: int, village_id: int) -> int:
    here = (household_codes.c.poll_id == poll_id, household_codes.c.village_id == village_id)
    return int(
        (await db.execute(select(func.coalesce(func.max(household_codes.c.number), 0)).where(*here))).scalar_one()
    )


async def handed_out(db: AsyncConnection, *, poll_id: int, village_id: int) -> bool:
    """Whether the group has codes out there that nobody has used."""
    here = (household_codes.c.poll_id == poll_id, household_codes.c.village_id == village_id)
    fresh = (household_codes.c.used_at.is_(None), household_codes.c.voided_at.is_(None))
    return (await db.execute(select(household_codes.c.id).where(*here, *fresh).limit(1))).first() is not None


async def find(db: AsyncConnection, *, code: str) -> Row[Any] | None:
    query = select(household_codes).where(household_codes.c.code_hash == codes.hashed(code))
    return (await db.execute(query)).first()


async def held(db: AsyncConnection, *, person_id: int, poll_id: int, village_id: int) -> int | None:
    """The good code that this person has used for this poll."""
    c = household_codes.c
    query = select(c.id).where(c.used_by == person_id, c.poll_id == poll_id, c.village_id == village_id)
    found: int | None = (await db.execute(query.where(c.voided_at.is_(None)))).scalar()
    return found


async def redeem(
    db: AsyncConnection, *, typed: str, person_id: int, poll_id: int, village_id: int, now: datetime
) -> Redeemed:
    """Uses the code up. Refuses with a word and not an error, so that a wrong try stays counted."""
    if await guesses.too_many(db, person_id=person_id, now=now):
        return Redeemed.TOO_MANY
    code = codes.read(typed)
    row = await find(db, code=code) if code else None
    if row is None:
        await guesses.note(db, person_id=person_id, now=now)
        return Redeemed.WRONG
    refused = _refused(row, person_id, poll_id, village_id)
    if refused is not None:
        return refused
    if not await _use_up(db, row, person_id, now):
        return Redeemed.USED
    await _raise_up(db, row, person_id)
    return Redeemed.GOOD


def _refused(row: Row[Any], person_id: int, poll_id: int, village_id: int) -> Redeemed | None:
    if row.voided_at is not None:
        return Redeemed.VOIDED
    if (row.poll_id, row.village_id) != (poll_id, village_id):
        return Redeemed.ELSEWHERE
    if row.used_at is not None and row.used_by != person_id:
        return Redeemed.USED
    return None


async def _use_up(db: AsyncConnection, row: Row[Any], person_id: int, now: datetime) -> bool:
    """Two who type one code at once: one of them has it."""
    if row.used_by == person_id:
        return True
    free = (household_codes.c.id == row.id, household_codes.c.used_at.is_(None), household_codes.c.voided_at.is_(None))
    used = await db.execute(update(household_codes).where(*free).values(used_at=now, used_by=person_id))
    return used.rowcount == 1


async def _raise_up(db: AsyncConnection, row: Row[Any], person_id: int) -> None:
    """Who had answered over the open web before the slip came is counted from now on."""
    mine = (answers.c.poll_id == row.poll_id, answers.c.person_id == person_id, answers.c.origin == Origin.OPEN_WEB)
    for answer_id in (await db.execute(select(answers.c.id).where(*mine))).scalars().all():
        await db.execute(update(answers).where(answers.c.id == answer_id).values(origin=Origin.WEB))
        await came_with(db, answer_id=answer_id, code_id=row.id)


async def came_with(db: AsyncConnection, *, answer_id: int, code_id: int) -> None:
    await db.execute(insert_new(db.dialect, answer_codes), [{"answer_id": answer_id, "code_id": code_id}])


async def unvoided(db: AsyncConnection, *, poll_id: int, village_id: int) -> Sequence[Row[Any]]:
    """The codes that still hold, by their numbers."""
    c = household_codes.c
    here = (c.poll_id == poll_id, c.village_id == village_id, c.voided_at.is_(None))
    columns: list[Any] = [c.id, c.number, c.used_at]
    return (await db.execute(select(*columns).where(*here).order_by(c.number))).all()


async def void(db: AsyncConnection, *, by: int, code_id: int, reason: str, now: datetime) -> bool:
    """From now on it opens nothing. An answer that came by it is set aside with a flag; tells whether there is one."""
    row = (await db.execute(select(household_codes).where(household_codes.c.id == code_id))).first()
    if row is None:
        raise Refused("gone")
    await reach.require(db, person_id=by, action=Action.VOID_CODE, village_id=row.village_id)
    still = (household_codes.c.id == code_id, household_codes.c.voided_at.is_(None))
    trace = {"voided_at": now, "voided_by": by, "void_reason": reason}
    if (await db.execute(update(household_codes).where(*still).values(**trace))).rowcount != 1:
        raise Refused("code_voided")
    query = select(answer_codes.c.answer_id).where(answer_codes.c.code_id == code_id)
    came = list((await db.execute(query)).scalars())
    if came:
        where = {"poll_id": row.poll_id, "village_id": row.village_id}
        await flags.raise_(db, **where, rule=Rule.CODE, subject=str(code_id), answer_ids=came, now=now)
    return bool(came)
