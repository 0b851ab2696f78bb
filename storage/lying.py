"""Conversations that nobody went on with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.jsontext import loads
from storage.tables.people import people
from storage.tables.turns import runs

# Written out, not bound: only so do both databases see that the partial index serves.
ACTIVE = text("runs.state IN ('front', 'waiting')")


@dataclass(frozen=True, slots=True)
class Lying:
    """`begun`: they answered something; `welcomed`: they agreed to be written to."""

    person_id: int
    number: int
    conversation: str
    state: str
    touched_at: datetime
    warned_at: datetime | None
    begun: bool
    welcomed: bool
    trail: Any


async def active(db: AsyncConnection) -> list[Lying]:
    return [_lying(row) for row in await db.execute(_runs())]


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


def _lying(row: Row[Any]) -> Lying:
    trail = loads(row.trail)
    return Lying(
        row.person_id,
        row.number,
        row.conversation,
        row.state,
        row.touched_at,
        row.warned_at,
        any(kind == "answer" for kind, _key, _value in trail),
        row.welcomed_at is not None,
        trail,
    )


def _runs() -> Select[Any]:
    query = select(runs, people.c.welcomed_at).join(people, people.c.id == runs.c.person_id)
    return query.where(ACTIVE)
