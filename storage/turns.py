"""What a batch of turns reads and writes besides the inbox: runs, messages to send, the people's own rows."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Dialect, Select, Update, and_, bindparam, insert, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.compiled import Read, Write, among
from storage.tables.people import addresses, people
from storage.tables.turns import inbox, outbox, runs

Rows = list[dict[str, Any]]

_MOVING = ("state", "trail", "draft", "pending", "shown", "touched_at", "warned_at")
_FIXED = ("person_id", "number", "conversation", "args", "priority", "started_at")
_MESSAGE = ("person_id", "seq", "address_id", "lane", "kind", "payload", "status", "created_at", "expires_at")


class Kept(NamedTuple):
    """A run as it was left."""

    person_id: int
    number: int
    conversation: str
    args: dict[str, Any]
    state: Any
    started_at: datetime
    touched_at: datetime
    priority: int
    trail: str
    draft: str | None
    pending: str | None
    shown: int | None
    warned_at: datetime | None


def _active(dialect: Dialect) -> Select[Any]:
    query = select(*(runs.c[name] for name in Kept._fields)).where(among(dialect, runs.c.person_id, "people_ids"))
    return query.where(text("state IN ('front', 'waiting')")).order_by(runs.c.number)


def _change_run(dialect: Dialect) -> Update:
    this = and_(runs.c.person_id == bindparam("_person"), runs.c.number == bindparam("_number"))
    return update(runs).where(this).values({name: bindparam(name) for name in _MOVING})


def _change_person(dialect: Dialect) -> Update:
    counted = update(people).where(people.c.id == bindparam("_person"))
    return counted.values(seq=bindparam("seq"), address_id=bindparam("address_id"))


def _done(dialect: Dialect) -> Update:
    return update(inbox).where(among(dialect, inbox.c.id, "ids")).values(status="done")


_read_active = Read(_active, Kept)
_add_runs, _change_runs = Write(lambda dialect: insert(runs).inline(), (*_FIXED, *_MOVING)), Write(_change_run)
_add_messages, _change_people = Write(lambda dialect: insert(outbox).inline(), _MESSAGE), Write(_change_person)
_mark_done = Write(_done)


async def active_runs(db: AsyncConnection, *, people_ids: Collection[int]) -> list[Kept]:
    return await _read_active(db, people_ids=list(people_ids))


async def write(db: AsyncConnection, *, new_runs: Rows, changed_runs: Rows, messages: Rows, persons: Rows) -> None:
    """Each table once: a batch costs hardly more than one turn."""
    await _add_runs(db, new_runs)
    await _change_runs(db, changed_runs)
    await _add_messages(db, messages)
    await _change_people(db, persons)


async def change_person(db: AsyncConnection, *, person_id: int, columns: dict[str, Any]) -> None:
    await db.execute(update(people).where(people.c.id == person_id).values(**columns))


async def mark_left(db: AsyncConnection, *, address_id: int, left_at: datetime | None) -> None:
    await db.execute(update(addresses).where(addresses.c.id == address_id).values(left_at=left_at))


async def other_address(db: AsyncConnection, *, person_id: int) -> int | None:
    """One that this person has not left; the newest of several."""
    query = select(addresses.c.id).where(addresses.c.person_id == person_id, addresses.c.left_at.is_(None))
    found: int | None = (await db.execute(query.order_by(addresses.c.id.desc()))).scalars().first()
    return found


async def done(db: AsyncConnection, *, inbox_ids: Sequence[int]) -> None:
    if inbox_ids:
        await _mark_done(db, [{"ids": inbox_ids}])


async def park(db: AsyncConnection, *, inbox_id: int, error: str) -> None:
    await db.execute(update(inbox).where(inbox.c.id == inbox_id).values(status="parked", error=error))


async def postpone(db: AsyncConnection, *, inbox_id: int, due_at: datetime) -> None:
    await db.execute(update(inbox).where(inbox.c.id == inbox_id).values(due_at=due_at))
