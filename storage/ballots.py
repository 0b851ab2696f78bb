"""What each person picks in a choosing: one ballot for a person, and those that members write down at the door."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, delete, exists, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain import choosing as rules
from domain.chosen import Ballot
from domain.counts import K
from domain.flags import HOMES_AN_HOUR
from domain.people import Action
from domain.polls import Origin
from domain.refusal import Refused
from storage import answer_changes, answers, choosings, flags, reach, standing
from storage.answers import Answer
from storage.tables.choosings import ballots
from storage.tables.choosings import choosings as choosings_
from storage.tables.honesty import household_codes
from storage.tables.polls import answers as answers_

HOUR = timedelta(hours=1)


async def choose(
    db: AsyncConnection,
    *,
    choosing_id: int,
    person_id: int,
    channel: str,
    village_id: int | None,
    picks: Sequence[int],
    today: date,
    now: datetime,
) -> Origin:
    """In place of what they picked before. Answers how it came: over the open web it is counted beside."""
    kept = await choosings.held_open(db, choosing_id=choosing_id)
    rules.require_choosable(kept.rules, village_id, today)
    rules.check_picks(picks, kept.rules)
    await answer_changes.note(db, person_id=person_id, now=now)
    where = {"poll_id": kept.poll_id, "village_id": kept.village_id}
    who = await answers.of_person(db, person_id=person_id, channel=channel, **where)
    values = _values(who, picks, now)
    mine = update(ballots).where(ballots.c.choosing_id == choosing_id, ballots.c.person_id == person_id)
    if (await db.execute(mine.values(**values))).rowcount == 0:
        await db.execute(insert(ballots), [{"choosing_id": choosing_id, "person_id": person_id, **values}])
    return who.origin


def _values(who: Answer, picks: Sequence[int], now: datetime) -> dict[str, Any]:
    told = {"origin": who.origin, "code_id": who.code_id, "sex": who.sex, "age_band": who.age_band}
    return {**told, "picks": list(picks), "chosen_at": now}


async def enter(
    db: AsyncConnection,
    *,
    choosing_id: int,
    member_id: int,
    picks: Sequence[int],
    sex: str | None,
    age_band: str | None,
    today: date,
    now: datetime,
) -> None:
    """What a neighbour without an account picked, written down by a member, with their yes.

    No more in an hour than an honest round of doors allows: with answers a flag would be laid and somebody would ask
    again; here nobody could.
    """
    kept = await choosings.held_open(db, choosing_id=choosing_id)
    await reach.require(db, person_id=member_id, action=Action.ENTER_NEIGHBOUR, village_id=kept.village_id)
    rules.require_choosable(kept.rules, kept.village_id, today)
    rules.check_picks(picks, kept.rules)
    mine = (ballots.c.entered_by == member_id, ballots.c.chosen_at > now - HOUR)
    if await _many(db, *mine) >= HOMES_AN_HOUR:
        raise Refused("too_many_doors", most=HOMES_AN_HOUR)
    who = Answer(kept.poll_id, kept.village_id, Origin.DOOR_TO_DOOR, None, member_id, sex, age_band)
    row = {"choosing_id": choosing_id, "entered_by": member_id, **_values(who, picks, now)}
    await db.execute(insert(ballots), [row])


async def take_back(db: AsyncConnection, *, choosing_id: int, person_id: int, village_id: int, today: date) -> None:
    kept = await choosings.read(db, choosing_id=choosing_id)
    rules.require_choosable(kept.rules, village_id, today)
    here = ballots.c.choosing_id == choosing_id
    await db.execute(delete(ballots).where(here, ballots.c.person_id == person_id))


async def take_back_last(db: AsyncConnection, *, choosing_id: int, member_id: int, today: date) -> None:
    """What a member wrote down last at a door, by mistake."""
    kept = await choosings.read(db, choosing_id=choosing_id)
    rules.require_choosable(kept.rules, kept.village_id, today)
    last = await last_entered(db, choosing_id=choosing_id, member_id=member_id)
    if last is None:
        raise Refused("gone")
    await db.execute(delete(ballots).where(ballots.c.id == last.id))


async def last_entered(db: AsyncConnection, *, choosing_id: int, member_id: int) -> Row[Any] | None:
    query = select(ballots).where(ballots.c.choosing_id == choosing_id, ballots.c.entered_by == member_id)
    return (await db.execute(query.order_by(ballots.c.id.desc()).limit(1))).first()


async def mine(db: AsyncConnection, *, choosing_id: int, person_id: int) -> list[int]:
    """What this person picked, in the order in which they pressed it."""
    query = select(ballots.c.picks).where(ballots.c.choosing_id == choosing_id, ballots.c.person_id == person_id)
    return list((await db.execute(query)).scalar() or ())


async def chose(db: AsyncConnection, *, choosing_id: int) -> list[int]:
    """Everybody with a ballot of their own."""
    query = select(ballots.c.person_id).where(ballots.c.choosing_id == choosing_id, ballots.c.person_id.is_not(None))
    return sorted((await db.execute(query.where(~ballots.c.rests))).scalars())


async def turnout(db: AsyncConnection, *, choosing_id: int) -> int:
    """About how many have chosen, in steps of five: for the group while it is open."""
    number = await _many(db, ballots.c.choosing_id == choosing_id, ~ballots.c.rests)
    return number - number % K


async def _many(db: AsyncConnection, *which: ColumnElement[bool]) -> int:
    return int((await db.execute(select(func.count()).select_from(ballots).where(*which))).scalar_one())


async def counted(db: AsyncConnection, *, choosing_id: int) -> tuple[list[Ballot], int]:
    """(those that make the order, how many more came over the open web).

    Those above the number of people who live there are left out, in order of coming, as with answers.
    """
    kept = await choosings.read(db, choosing_id=choosing_id)
    query = _standing().where(ballots.c.choosing_id == choosing_id).order_by(ballots.c.id)
    rows = (await db.execute(query)).all()
    beside = sum(row.origin == Origin.OPEN_WEB for row in rows)
    own = [row for row in rows if row.origin != Origin.OPEN_WEB]
    most = await flags.people_of(db, village_id=kept.village_id)
    return [Ballot(frozenset(row.picks), row.sex, row.age_band) for row in own[:most]], beside


def _standing() -> Select[Any]:
    """Neither with a code that was voided since, nor of somebody whose answer to the poll is set aside; nor what a
    member brought from doors, while answers that she brought are set aside."""
    void = exists().where(household_codes.c.id == ballots.c.code_id, household_codes.c.voided_at.is_not(None))
    theirs = or_(answers_.c.person_id == ballots.c.person_id, answers_.c.entered_by == ballots.c.entered_by)
    here = and_(answers_.c.poll_id == choosings_.c.poll_id, answers_.c.village_id == choosings_.c.village_id, theirs)
    odd = exists().where(choosings_.c.id == ballots.c.choosing_id, here, standing.set_aside())
    return select(ballots).where(~ballots.c.rests, ~void, ~odd)


async def part_with_attributes(db: AsyncConnection, *, choosing_id: int) -> None:
    """Once it was counted nobody needs to know who of them was a woman or a man, and how old."""
    none = {"sex": None, "age_band": None, "code_id": None}
    await db.execute(update(ballots).where(ballots.c.choosing_id == choosing_id).values(**none))
