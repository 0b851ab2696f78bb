"""The gender-responsive budgeting table on its way: sent, reminded of, and received by who, for which office, when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.budget_sending import LONGEST, REMIND_FOR, Body, Due, Occasion
from domain.people import token_hash
from domain.refusal import Refused
from storage import budget_receivers as named
from storage import promise_people, telling
from storage.tables.gender_budgets import budget_deliveries, budget_receivers, budget_sendings
from storage.tables.promises import promises

DAY = timedelta(days=1)
_d, _r, _s = budget_deliveries.c, budget_receivers.c, budget_sendings.c


@dataclass(frozen=True, slots=True)
class Sending:
    """`files` are media ids by the name under which each is handed out."""

    id: int
    year: int
    occasion: Occasion
    files: Mapping[str, str]
    sent_at: datetime


@dataclass(frozen=True, slots=True)
class Delivery:
    """One table to one receiver; `by_chat` is False for those who are reached by a personal link."""

    id: int
    sending: Sending
    body: Body
    name: str
    office: str
    by_chat: bool
    received_at: datetime | None
    received_by: str | None
    received_office: str | None


async def send(
    db: AsyncConnection,
    *,
    municipality_id: int,
    year: int,
    occasion: Occasion,
    files: Mapping[str, str],
    by: int,
    now: datetime,
) -> int:
    """To everybody who is named; answers to how many. Who has a chat is told."""
    await named.require(db, municipality_id=municipality_id, by=by)
    to = await named.of(db, municipality_id=municipality_id)
    if not to:
        raise Refused("nobody_named")
    row = {"municipality_id": municipality_id, "year": year, "occasion": occasion.value, "files": dict(files)}
    new = insert(budget_sendings).values(**row, sent_by=by, sent_at=now).returning(_s.id)
    sending_id = (await db.execute(new)).scalar_one()
    await db.execute(insert(budget_deliveries), [{"sending_id": sending_id, "receiver_id": each.id} for each in to])
    people = sorted({each.person_id for each in to if each.person_id is not None})
    thing, args = f"budget:{sending_id}", {"sending": sending_id}
    await telling.tell_all(db, people_ids=people, thing=thing, conversation="table_arrived", args=args, now=now)
    return len(to)


async def newest(db: AsyncConnection, *, municipality_id: int, by: int) -> list[Delivery]:
    """Of the table that was sent last: who has it."""
    await named.require(db, municipality_id=municipality_id, by=by)
    last = select(_s.id).where(_s.municipality_id == municipality_id).order_by(_s.id.desc()).limit(1)
    return await _read(db, _d.sending_id == last.scalar_subquery())


async def waiting(db: AsyncConnection, *, person_id: int, sending_id: int | None = None) -> list[Delivery]:
    """What was sent to this person, and is not yet said to be there. A later table of the same year takes the place of
    an earlier one."""
    here = [_r.person_id == person_id, _d.received_at.is_(None), _r.ended_at.is_(None)]
    found = await _read(db, *here, *([] if sending_id is None else [_d.sending_id == sending_id]))
    return [each for each in found if not await _followed(db, each)]


async def _followed(db: AsyncConnection, one: Delivery) -> bool:
    """Whether the same table was sent again since."""
    here = select(_s.municipality_id).where(_s.id == one.sending.id).scalar_subquery()
    later = select(_s.id).where(_s.id > one.sending.id, _s.municipality_id == here, _s.year == one.sending.year)
    later = later.where(_s.occasion == one.sending.occasion.value).limit(1)
    return (await db.execute(later)).first() is not None


async def by_link(db: AsyncConnection, *, token: str) -> tuple[named.Receiver, list[Delivery]] | None:
    """Whose link it is, and all that was sent to them, the newest first."""
    query = select(_r.id, _r.municipality_id, _r.body, _r.name, _r.office, _r.person_id)
    row = (await db.execute(query.where(_r.token_hash == token_hash(token), _r.ended_at.is_(None)))).first()
    if row is None:
        return None
    who = named.Receiver(row.id, row.municipality_id, Body(row.body), row.name, row.office, row.person_id)
    return who, (await _read(db, _d.receiver_id == row.id))[::-1]


async def receive(db: AsyncConnection, *, ids: Sequence[int], name: str, office: str, now: datetime) -> None:
    """Said once; a second time changes nothing."""
    waits = update(budget_deliveries).where(_d.id.in_(ids), _d.received_at.is_(None))
    await db.execute(waits.values(received_at=now, received_by=name[:LONGEST], received_office=office[:LONGEST]))


async def remind(db: AsyncConnection, *, now: datetime) -> int:
    """Whoever has a chat and has not said that they have it, once a day."""
    rows = [row for row in await db.execute(_unreceived()) if _due(row, now)]
    for row in rows:
        args, thing = {"sending": row.sending_id}, f"budget:{row.sending_id}:{row.id}:{now.isoformat()}"
        await telling.tell(db, person_id=row.person_id, thing=thing, conversation="table_waiting", args=args, now=now)
        await db.execute(update(budget_deliveries).where(_d.id == row.id).values(reminded_at=now))
    return len(rows)


def _due(row: Any, now: datetime) -> bool:
    return bool((row.reminded_at or row.sent_at) <= now - DAY and row.sent_at > now - REMIND_FOR)


async def next_reminder(db: AsyncConnection, *, after: datetime) -> datetime | None:
    rows = list(await db.execute(_unreceived()))
    moments = [((row.reminded_at or row.sent_at) + DAY, row.sent_at) for row in rows]
    return min((at for at, sent_at in moments if at > after and at < sent_at + REMIND_FOR), default=None)


def _unreceived() -> Select[Any]:
    query = select(_d.id, _d.sending_id, _d.reminded_at, _s.sent_at, _r.person_id).select_from(_joined())
    return query.where(_d.received_at.is_(None), _r.person_id.is_not(None), _r.ended_at.is_(None))


async def unsent(db: AsyncConnection, *, due: Due) -> dict[int, list[int]]:
    """Municipalities with promises whose table has not gone out on this occasion, with their coordinators."""
    sent = select(_s.municipality_id).where(_s.year == due.year, _s.occasion == due.occasion.value)
    query = select(promises.c.municipality_id).where(promises.c.municipality_id.not_in(sent)).distinct()
    found = sorted((await db.execute(query)).scalars())
    return {each: await promise_people.coordinators(db, municipality_id=each) for each in found}


def _joined() -> Any:
    joined = budget_deliveries.join(budget_sendings, _s.id == _d.sending_id)
    return joined.join(budget_receivers, _r.id == _d.receiver_id)


async def _read(db: AsyncConnection, *which: ColumnElement[bool]) -> list[Delivery]:
    sending = (_d.sending_id, _s.year, _s.occasion, _s.files, _s.sent_at)
    receipt = (_d.received_at, _d.received_by, _d.received_office)
    query = (
        select(_d.id, *sending, _r.body, _r.name, _r.office, _r.person_id, *receipt)
        .select_from(_joined())
        .where(*which)
        .order_by(_d.id)
    )
    return [
        Delivery(
            row.id,
            Sending(row.sending_id, row.year, Occasion(row.occasion), row.files, row.sent_at),
            Body(row.body),
            row.name,
            row.office,
            row.person_id is not None,
            row.received_at,
            row.received_by,
            row.received_office,
        )
        for row in await db.execute(query)
    ]
