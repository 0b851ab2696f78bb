"""What a batch of turns reads and writes besides the inbox: runs, messages to send, the people's own rows."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.tables.people import addresses, people
from storage.tables.turns import inbox, outbox, runs

Rows = list[dict[str, Any]]

_INSERT_RUN, _INSERT_MESSAGE = insert(runs), insert(outbox)
_UPDATE_RUN = (
    update(runs)
    .where(runs.c.person_id == bindparam("_person"), runs.c.number == bindparam("_number"))
    .values({name: bindparam(name) for name in ("state", "trail", "draft", "pending", "shown", "touched_at", "warned_at")})
)
_UPDATE_PERSON = (
    update(people)
    .where(people.c.id == bindparam("_person"))
    .values(seq=bindparam("seq"), address_id=bindparam("address_id"))
)


async def active_runs(db: AsyncConnection, *, people_ids: Collection[int]) -> Sequence[Row[Any]]:
    query = select(runs).where(runs.c.person_id.in_(people_ids), runs.c.state.in_(("front", "waiting")))
    return (await db.execute(query.order_by(runs.c.number))).all()


async def write(db: AsyncConnection, *, new_runs: Rows, changed_runs: Rows, messages: Rows, persons: Rows) -> None:
    """Each table once: a batch costs hardly more than one turn."""
    for statement, rows in (
        (_INSERT_RUN, new_runs),
        (_UPDATE_RUN, changed_runs),
        (_INSERT_MESSAGE, messages),
        (_UPDATE_PERSON, persons),
    ):
        if rows:
            await db.execute(statement, rows)


async def change_person(db: AsyncConnection, *, person_id: int, columns: dict[str, Any]) -> None:
    await db.execute(update(people).where(people.c.id == person_id).values(**columns))


async def mark_left(db: AsyncConnection, *, address_id: int, left_at: datetime | None) -> None:
    await db.execute(update(addresses).where(addresses.c.id == address_id).values(left_at=left_at))


async def done(db: AsyncConnection, *, inbox_ids: Sequence[int]) -> None:
    if inbox_ids:
        await db.execute(update(inbox).where(inbox.c.id.in_(inbox_ids)).values(status="done"))


async def park(db: AsyncConnection, *, inbox_id: int, error: str) -> None:
    await db.execute(update(inbox).where(inbox.c.id == inbox_id).values(status="parked", error=error))


async def postpone(db: AsyncConnection, *, inbox_id: int, due_at: datetime) -> None:
    await db.execute(update(inbox).where(inbox.c.id == inbox_id).values(due_at=due_at))
