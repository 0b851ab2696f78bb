"""Who is named to have the gender-responsive budgeting table of a municipality: by chat, or by a link of their own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.budget_sending import LONGEST, Body
from domain.people import Action, new_token, token_hash
from domain.refusal import Refused
from storage import roles
from storage.tables.gender_budgets import budget_receivers


@dataclass(frozen=True, slots=True)
class Receiver:
    """`person_id` is None for who has no chat here."""

    id: int
    municipality_id: int
    body: Body
    name: str
    office: str
    person_id: int | None


async def require(db: AsyncConnection, *, municipality_id: int, by: int) -> None:
    await roles.require(db, person_id=by, action=Action.SEND_BUDGET, municipality_id=municipality_id)


async def add(
    db: AsyncConnection,
    *,
    municipality_id: int,
    body: Body,
    name: str,
    office: str,
    person_id: int | None,
    by: int,
    now: datetime,
) -> int:
    """Whoever is named for this body already is not named twice."""
    await require(db, municipality_id=municipality_id, by=by)
    known = await of(db, municipality_id=municipality_id)
    for each in known:
        if each.body is body and (each.name, each.person_id) == (name, person_id):
            return each.id
    row = {"municipality_id": municipality_id, "body": body.value, "person_id": person_id, "added_at": now}
    row |= {"name": name[:LONGEST], "office": office[:LONGEST]}
    new = insert(budget_receivers).values(**row).returning(budget_receivers.c.id)
    return int((await db.execute(new)).scalar_one())


async def of(db: AsyncConnection, *, municipality_id: int) -> list[Receiver]:
    """Those to whom it goes now, in the order in which they were named."""
    c = budget_receivers.c
    query = select(c.id, c.municipality_id, c.body, c.name, c.office, c.person_id)
    rows = await db.execute(query.where(c.municipality_id == municipality_id, c.ended_at.is_(None)).order_by(c.id))
    return [Receiver(row.id, row.municipality_id, Body(row.body), *tuple(row)[3:]) for row in rows]


async def end(db: AsyncConnection, *, receiver_id: int, by: int, now: datetime) -> None:
    """Nothing more goes to them, and their link opens nothing; what they received stands."""
    await _mine(db, receiver_id, by)
    mine = update(budget_receivers).where(budget_receivers.c.id == receiver_id, budget_receivers.c.ended_at.is_(None))
    await db.execute(mine.values(ended_at=now, token_hash=None))


async def link(db: AsyncConnection, *, receiver_id: int, by: int) -> str:
    """A new personal link; an older one is over. Answers the token, of which only the hash is kept."""
    await _mine(db, receiver_id, by)
    token = new_token()
    mine = update(budget_receivers).where(budget_receivers.c.id == receiver_id)
    await db.execute(mine.values(token_hash=token_hash(token)))
    return token


async def _mine(db: AsyncConnection, receiver_id: int, by: int) -> None:
    query = select(budget_receivers.c.municipality_id)
    query = query.where(budget_receivers.c.id == receiver_id, budget_receivers.c.ended_at.is_(None))
    where = (await db.execute(query)).scalar()
    if where is None:
        raise Refused("gone")
    await require(db, municipality_id=where, by=by)
