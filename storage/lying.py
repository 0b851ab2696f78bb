"""Conversations that nobody went on with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.jsontext import loads
from storage.tables.people import people
from storage.tables.turns import runs

ACTIVE = ("front", "waiting")


@dataclass(frozen=True, slots=True)
class Lying:
    """`welcomed`: they agreed to be written to."""

    person_id: int
    number: int
    conversation: str
    state: str
    touched_at: datetime
    warned_at: datetime | None
    welcomed: bool
    trail: Any = None


async def active(db: AsyncConnection) -> list[Lying]:
    """With their trails: for those who must know where each one stands."""
    rows = await db.execute(_runs(runs.c.trail))
    return [_lying(row, loads(row.trail)) for row in rows]


async def untouched(db: AsyncConnection, *, since: datetime) -> list[Lying]:
    rows = await db.execute(_runs().where(runs.c.touched_at <= since))
    return [_lying(row) for row in rows]


async def behind_silence(db: AsyncConnection, *, since: datetime) -> list[Lying]:
    """For each person who has left the conversation in front lying: the most urgent of those that wait behind it."""
    front = runs.alias("front")
    silent = front.c.person_id == runs.c.person_id
    query = _runs().join(front, silent).where(front.c.state == "front", front.c.touched_at <= since)
    query = query.where(runs.c.state == "waiting").order_by(runs.c.priority.desc(), runs.c.number)
    first: dict[int, Lying] = {}
    for row in await db.execute(query):
        first.setdefault(row.person_id, _lying(row))
    return list(first.values())


def _lying(row: Row[Any], trail: Any = None) -> Lying:
    welcomed = row.welcomed_at is not None
    return Lying(row.person_id, row.number, row.conversation, row.state, row.touched_at, row.warned_at, welcomed, trail)


def _runs(*more: Any) -> Select[Any]:
    names = ("person_id", "number", "conversation", "state", "touched_at", "warned_at")
    query = select(*(runs.c[name] for name in names), people.c.welcomed_at, *more)
    return query.join(people, people.c.id == runs.c.person_id).where(runs.c.state.in_(ACTIVE))
