"""Who speaks for a community: asked, accepted, elected by its residents in secret."""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Row, delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain import mandate as rules
from domain.mandate import Candidate
from domain.people import Action
from domain.polls import Origin
from domain.refusal import Refused
from storage import answers, elections, groups, polls, telling
from storage import roles as roles_of
from storage.tables.mandates import candidates, mandate_ballots, mandate_voters, mandates
from storage.tables.people import people


async def open_(db: AsyncConnection, *, group_id: int, asked: Sequence[int], seats: int, by: int, now: datetime) -> int:
    """Each candidate is asked first."""
    await roles_of.require(db, person_id=by, action=Action.OPEN_MANDATE, group_id=group_id)
    members = {person_id for person_id, _name in await roles_of.group_of(db, group_id=group_id)}
    if await current(db, group_id=group_id) is not None or not asked or not set(asked) <= members:
        raise Refused("gone")
    if not 1 <= seats <= min(rules.MOST, len(asked)):
        raise Refused("too_few_candidates", seats=seats)
    row = {"group_id": group_id, "seats": seats, "opened_by": by, "opened_at": now}
    mandate_id = int((await db.execute(insert(mandates).values(**row).returning(mandates.c.id))).scalar_one())
    rows = [{"mandate_id": mandate_id, "person_id": each, "elected": False} for each in asked]
    await db.execute(insert(candidates), rows)
    thing, args = f"mandate:{mandate_id}:asked", {"mandate": mandate_id}
    await telling.tell_all(db, people_ids=asked, thing=thing, conversation="mandate_candidate", args=args, now=now)
    return mandate_id


async def current(db: AsyncConnection, *, group_id: int) -> Row[Any] | None:
    """The one that is not closed yet."""
    query = select(mandates).where(mandates.c.group_id == group_id, mandates.c.closed_at.is_(None))
    return (await db.execute(query)).first()


async def mandate(db: AsyncConnection, *, mandate_id: int) -> Row[Any]:
    row = (await db.execute(select(mandates).where(mandates.c.id == mandate_id).with_for_update())).first()
    if row is None:
        raise Refused("gone")
    return row


async def asked(db: AsyncConnection, *, mandate_id: int) -> Sequence[Row[Any]]:
    """Every candidate, in the order in which they were asked."""
    query = select(candidates).where(candidates.c.mandate_id == mandate_id)
    return (await db.execute(query.order_by(candidates.c.id))).all()


async def standing(db: AsyncConnection, *, mandate_id: int) -> list[Row[Any]]:
    """Those who have accepted."""
    return [row for row in await asked(db, mandate_id=mandate_id) if row.accepted and row.person_id is not None]


async def waits_for(db: AsyncConnection, *, mandate_id: int, person_id: int) -> bool:
    """Whether this person has still to say whether they stand."""
    row = await mandate(db, mandate_id=mandate_id)
    mine = [one for one in await asked(db, mandate_id=mandate_id) if one.person_id == person_id]
    return row.closes is None and row.closed_at is None and any(one.accepted is None for one in mine)


async def answer(
    db: AsyncConnection,
    *,
    mandate_id: int,
    person_id: int,
    accepted: bool,
    now: datetime,
    name: str | None = None,
    woman: bool = False,
) -> None:
    if not await waits_for(db, mandate_id=mandate_id, person_id=person_id):
        raise Refused("already_decided")
    mine = (candidates.c.mandate_id == mandate_id, candidates.c.person_id == person_id)
    values = {"accepted": accepted, "name": name, "woman": woman}
    await db.execute(update(candidates).where(*mine).values(**values))
    row = await mandate(db, mandate_id=mandate_id)
    if all(one.accepted is not None for one in await asked(db, mandate_id=mandate_id)):
        thing, args = f"mandate:{mandate_id}:answered", {"mandate": mandate_id}
        told: dict[str, Any] = {
            "person_id": row.opened_by,
            "thing": thing,
            "conversation": "mandate_ready",
            "args": args,
        }
        await telling.tell(db, **told, now=now)


async def begin_vote(
    db: AsyncConnection, *, mandate_id: int, days: int, by: int, now: datetime, zone: ZoneInfo
) -> None:
    """Every resident of the community is asked."""
    row = await mandate(db, mandate_id=mandate_id)
    await roles_of.require(db, person_id=by, action=Action.OPEN_MANDATE, group_id=row.group_id)
    if row.closes is not None or row.closed_at is not None or days not in rules.LASTS:
        raise Refused("already_decided")
    rules.check_vote(await _rules(db, mandate_id), row.seats)
    today = now.astimezone(zone).date()
    closes = today + timedelta(days=days)
    if await elections.touched(db, group_id=row.group_id, first=today, last=closes):
        raise Refused("vote_in_election")
    await db.execute(update(mandates).where(mandates.c.id == mandate_id).values(closes=closes))
    thing, args = f"mandate:{mandate_id}:vote", {"mandate": mandate_id}
    who = await residents(db, group_id=row.group_id)
    await telling.tell_all(db, people_ids=who, thing=thing, conversation="mandate_vote", args=args, now=now)


async def give_up(db: AsyncConnection, *, mandate_id: int, by: int, now: datetime) -> None:
    """Before the vote has begun: too few accept, or others have to be asked."""
    row = await mandate(db, mandate_id=mandate_id)
    await roles_of.require(db, person_id=by, action=Action.OPEN_MANDATE, group_id=row.group_id)
    if row.closes is not None:
        raise Refused("vote_runs")
    await db.execute(update(mandates).where(mandates.c.id == mandate_id).values(closed_at=now))


async def residents(db: AsyncConnection, *, group_id: int) -> list[int]:
    return await polls.residents(db, villages=await groups.villages_of(db, group_id=group_id))


async def may_vote(db: AsyncConnection, *, mandate_id: int, person_id: int, channel: str, today: date) -> None:
    """Raises Refused unless they live there, have an account, and have not voted. Anybody can open a hundred
    sessions of the open web, so these cannot vote."""
    row = await mandate(db, mandate_id=mandate_id)
    if row.closed_at is not None or row.closes is None or today > row.closes:
        raise Refused("vote_over")
    home = (await db.execute(select(people.c.village_id).where(people.c.id == person_id))).scalar()
    if home not in await groups.villages_of(db, group_id=row.group_id):
        raise Refused("vote_elsewhere")
    if await answers.origin_of(db, person_id=person_id, channel=channel) is Origin.OPEN_WEB:
        raise Refused("vote_by_account")
    mine = (mandate_voters.c.mandate_id == mandate_id, mandate_voters.c.person_id == person_id)
    if (await db.execute(select(mandate_voters.c.person_id).where(*mine))).first() is not None:
        raise Refused("vote_given")


async def vote(
    db: AsyncConnection, *, mandate_id: int, person_id: int, channel: str, chosen: Sequence[int], today: date
) -> None:
    """That they voted and what they chose are kept apart; so a vote cannot be changed. An empty one says: none."""
    await may_vote(db, mandate_id=mandate_id, person_id=person_id, channel=channel, today=today)
    row = await mandate(db, mandate_id=mandate_id)
    rules.check_ballot(chosen, {one.id for one in await standing(db, mandate_id=mandate_id)}, row.seats)
    await db.execute(insert(mandate_voters), [{"mandate_id": mandate_id, "person_id": person_id}])
    ballot = {"token": secrets.token_hex(16), "mandate_id": mandate_id, "chosen": list(chosen)}
    await db.execute(insert(mandate_ballots), [ballot])


async def to_close(db: AsyncConnection, *, today: date) -> list[int]:
    query = select(mandates.c.id).where(mandates.c.closes < today, mandates.c.closed_at.is_(None))
    return list((await db.execute(query.order_by(mandates.c.id))).scalars())


async def last_day(db: AsyncConnection) -> date | None:
    """The nearest last day of a vote that nobody has closed."""
    found: date | None = (
        await db.execute(select(func.min(mandates.c.closes)).where(mandates.c.closed_at.is_(None)))
    ).scalar()
    return found


async def close(db: AsyncConnection, *, mandate_id: int, now: datetime) -> None:
    """Counts, forgets who chose whom, and lets the community hear."""
    row = await mandate(db, mandate_id=mandate_id)
    if row.closed_at is not None:
        return
    here = mandate_ballots.c.mandate_id == mandate_id
    ballots = (await db.execute(select(mandate_ballots.c.chosen).where(here))).scalars().all()
    votes = Counter(each for chosen in ballots for each in chosen)
    won = rules.elected(await _rules(db, mandate_id), votes, row.seats)
    for one in await standing(db, mandate_id=mandate_id):
        values = {"elected": one.id in won, "votes": rules.shown(votes[one.id])}
        await db.execute(update(candidates).where(candidates.c.id == one.id).values(**values))
    done = {"closed_at": now, "turnout": rules.shown(len(ballots))}
    await db.execute(update(mandates).where(mandates.c.id == mandate_id).values(**done))
    await db.execute(delete(mandate_ballots).where(here))
    await db.execute(delete(mandate_voters).where(mandate_voters.c.mandate_id == mandate_id))
    thing, args = f"mandate:{mandate_id}:result", {"mandate": mandate_id}
    who = await residents(db, group_id=row.group_id)
    await telling.tell_all(db, people_ids=who, thing=thing, conversation="mandate_result", args=args, now=now)


async def _rules(db: AsyncConnection, mandate_id: int) -> list[Candidate]:
    return [Candidate(one.id, bool(one.woman)) for one in await standing(db, mandate_id=mandate_id)]
