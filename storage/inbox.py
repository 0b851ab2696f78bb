"""What came in: kept before it is acknowledged, and played once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any, NamedTuple

from sqlalchemy import (
    Dialect,
    Select,
    bindparam,
    insert,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.compiled import Read, Write, among
from storage.new_rows import insert_new
from storage.tables.people import addresses, people
from storage.tables.turns import bots, inbox


class Received(NamedTuple):
    """One raw message; `payload` is its JSON text, `sender` None where no person sent it."""

    external_id: str
    sender: str | None
    payload: str


async def keep(db: AsyncConnection, *, channel: str, received: Sequence[Received], now: datetime) -> None:
    """Adds the messages, and the people whom nobody has seen yet. Repeats are ignored."""
    senders = {message.sender for message in received if message.sender is not None}
    known = await _addresses(db, channel, senders, now)
    rows = [
        {
            "channel": channel,
            "external_id": message.external_id,
            "address_id": known[message.sender][0] if message.sender else None,
            "person_id": known[message.sender][1] if message.sender else None,
            "payload": message.payload,
            "received_at": now,
            "status": "new" if message.sender else "ignored",
        }
        for message in received
    ]
    await _add(db, rows)


async def meet(db: AsyncConnection, *, channel: str, sender: str, now: datetime) -> None:
    """Adds this person, if nobody has seen them yet."""
    await _addresses(db, channel, {sender}, now)


async def _addresses(db: AsyncConnection, channel: str, senders: set[str], now: datetime) -> dict[str, tuple[int, int]]:
    """(address id, person id) of each sender."""
    found = await _known(db, channel, senders)
    missing = sorted(senders - found.keys())
    if missing:
        await _welcome(db, channel, missing, now)
        found |= await _known(db, channel, set(missing))
    return found


async def _known(db: AsyncConnection, channel: str, senders: set[str]) -> dict[str, tuple[int, int]]:
    return dict(await _find(db, channel=channel, senders=list(senders)))


async def _welcome(db: AsyncConnection, channel: str, externals: list[str], now: datetime) -> None:
    """New people with an address each. Two processes may meet the same stranger: one address wins."""
    stamp = [{"created_at": now} for _external in externals]
    new = await db.execute(insert(people).returning(people.c.id, sort_by_parameter_order=True), stamp)
    rows = [{"channel": channel, "external": e, "person_id": row.id} for e, row in zip(externals, new, strict=True)]
    await db.execute(insert_new(db.dialect, addresses), rows)


async def advance(db: AsyncConnection, *, channel: str, cursor: int, now: datetime) -> None:
    """Notes which update is asked for next, in the transaction that keeps those before it."""
    changed = await db.execute(
        update(bots).where(bots.c.channel == channel).values(cursor=cursor, polled_at=now, error=None)
    )
    if changed.rowcount == 0:
        await db.execute(insert_new(db.dialect, bots), [{"channel": channel, "cursor": cursor, "polled_at": now}])


def _known_senders(dialect: Dialect) -> Select[Any]:
    query = select(addresses.c.external, addresses.c.id, addresses.c.person_id)
    return query.where(addresses.c.channel == bindparam("channel"), among(dialect, addresses.c.external, "senders"))


_RECEIVED = ("channel", "external_id", "address_id", "person_id", "payload", "received_at", "status")
_add = Write(lambda dialect: insert_new(dialect, inbox).inline(), _RECEIVED)
_find = Read(_known_senders, lambda external, address_id, person_id: (external, (address_id, person_id)))


def content_id(payload: str) -> str:
    return "sha256:" + sha256(payload.encode()).hexdigest()
