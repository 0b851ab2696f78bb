"""What the program tells a person by itself: kept beside what came in, and played once in that person's own turn."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ARRAY, BigInteger, Dialect, String, Text, bindparam, func, literal, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.compiled import Write
from storage.jsontext import dumps
from storage.new_rows import insert_new
from storage.tables.meta import Utc
from storage.tables.turns import SELF, inbox

_TOLD = ("external_id", "person_id", "payload", "due_at")  # what differs from telling to telling


class Telling(NamedTuple):
    """As `tell` takes it."""

    person_id: int
    thing: str
    conversation: str
    args: dict[str, Any]
    due_at: datetime | None = None


def name(thing: str, person_id: int) -> str:
    """What is told to a person once, in the inbox."""
    return f"{thing}>{person_id}"


async def tell(
    db: AsyncConnection,
    *,
    person_id: int,
    thing: str,
    conversation: str,
    args: dict[str, Any],
    now: datetime,
    due_at: datetime | None = None,
) -> None:
    """Lets this person's own turn begin a conversation; the same `thing` is told to a person once."""
    what: dict[str, Any] = {"thing": thing, "conversation": conversation, "args": args}
    await tell_all(db, people_ids=[person_id], **what, now=now, due_at=due_at)


async def tell_all(
    db: AsyncConnection,
    *,
    people_ids: Sequence[int],
    thing: str,
    conversation: str,
    args: dict[str, Any],
    now: datetime,
    due_at: datetime | None = None,
) -> None:
    """`tell` for many people at once: one statement, however large the village."""
    common = {"channel": SELF, "payload": dumps({"tell": conversation, "args": args}), "received_at": now}
    rows = [
        {**common, "external_id": name(thing, each), "person_id": each, "due_at": due_at, "status": "new"}
        for each in people_ids
    ]
    if rows:
        await db.execute(insert_new(db.dialect, inbox), rows)


async def known(db: AsyncConnection, *, external_ids: Collection[str]) -> set[str]:
    """Which of these, by `name`, was told or will be."""
    query = select(inbox.c.external_id).where(inbox.c.channel == SELF, inbox.c.external_id.in_(external_ids))
    return set((await db.execute(query)).scalars())


async def tell_each(db: AsyncConnection, tellings: Sequence[Telling], *, now: datetime) -> None:
    """`tell` for many people and many things at once: on PostgreSQL in one statement."""
    names = [name(one.thing, one.person_id) for one in tellings]
    payloads = [dumps({"tell": one.conversation, "args": one.args}) for one in tellings]
    columns = (names, [one.person_id for one in tellings], payloads, [one.due_at for one in tellings])
    if tellings and db.dialect.name != "sqlite":
        parameters = dict(zip(_TOLD, columns, strict=True))
        await db.execute(_told_at_once(db.dialect), {**parameters, "now": now})
        return
    common = {"channel": SELF, "received_at": now, "status": "new"}
    await _tell(db, [common | dict(zip(_TOLD, row, strict=True)) for row in zip(*columns, strict=True)])


def _told_at_once(dialect: Dialect) -> Any:
    """Each column comes as an array."""
    types: tuple[Any, ...] = (String(), BigInteger(), Text(), Utc())
    arrays: list[Any] = [bindparam(name, type_=ARRAY(kind)) for name, kind in zip(_TOLD, types, strict=True)]
    told = func.unnest(*arrays).table_valued(*_TOLD).render_derived()
    same = (literal(SELF), bindparam("now", type_=Utc()), literal("new"))
    rows = select(*same, *told.c).select_from(told)
    return insert_new(dialect, inbox).from_select(["channel", "received_at", "status", *_TOLD], rows)


async def to_chat(db: AsyncConnection, *, chat_id: int, thing: str, what: dict[str, Any], now: datetime) -> None:
    """Lets a group's chat, which has a row among the people, write or redraw something in its own turn."""
    payload = {"chat": what}
    await _to_self(db, person_id=chat_id, external_id=name(thing, chat_id), payload=payload, now=now)


async def about_run(db: AsyncConnection, *, person_id: int, number: int, what: str, now: datetime) -> None:
    """`what` is "nudge", "expire" or "offer": said once of each run."""
    payload = {what: number}
    await _to_self(db, person_id=person_id, external_id=f"{what}:{person_id}:{number}", payload=payload, now=now)


async def finished(db: AsyncConnection, *, person_id: int, work_id: int, result: dict[str, Any], now: datetime) -> None:
    """What came of slow work, on its way back to the conversation that waits for it."""
    payload = {"result": result}
    await _to_self(db, person_id=person_id, external_id=f"work:{work_id}", payload=payload, now=now)


async def _to_self(
    db: AsyncConnection, *, person_id: int, external_id: str, payload: dict[str, Any], now: datetime
) -> None:
    row = {"channel": SELF, "external_id": external_id, "person_id": person_id, "payload": dumps(payload)}
    await db.execute(insert_new(db.dialect, inbox), [{**row, "received_at": now, "status": "new"}])


_tell = Write(lambda dialect: insert_new(dialect, inbox).inline(), ("channel", "received_at", "status", *_TOLD))
