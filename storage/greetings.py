"""Somebody opened the chat: what they were answered at once, and what must wait until they have written themselves."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime
from typing import NamedTuple

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.tables.people import addresses, people
from storage.tables.turns import inbox, outbox

HELD = datetime(9999, 1, 1, tzinfo=UTC)  # by no clock: until they write


class Kept(NamedTuple):
    id: int
    person_id: int
    address_id: int


class Written(NamedTuple):
    id: int
    payload: str


async def lock(db: AsyncConnection, *, channel: str, external: str) -> None:
    """Before anything that names this person is added: two openings at once must not wait for each other."""
    owner = select(addresses.c.person_id).where(addresses.c.channel == channel, addresses.c.external == external)
    await db.execute(select(people.c.id).where(people.c.id.in_(owner)).with_for_update())


async def kept(db: AsyncConnection, *, channel: str, external_id: str) -> Kept:
    columns = (inbox.c.id, inbox.c.person_id, inbox.c.address_id)
    found = select(*columns).where(inbox.c.channel == channel, inbox.c.external_id == external_id)
    return Kept(*(await db.execute(found)).one())


async def first(db: AsyncConnection, *, person_id: int, address_id: int, after: int) -> Written | None:
    """The first message that a turn has just written to this address."""
    mine = select(outbox.c.id, outbox.c.payload).where(outbox.c.person_id == person_id, outbox.c.seq > after)
    mine = mine.where(outbox.c.address_id == address_id, outbox.c.kind == "message").order_by(outbox.c.seq)
    row = (await db.execute(mine.limit(1))).first()
    return None if row is None else Written(*row)


async def said(db: AsyncConnection, *, outbox_id: int, ref: str, whole: bool, now: datetime) -> None:
    """`ref` is how a repeat finds it; of a message in several parts the others still wait."""
    status = {"status": "sent", "sent_at": now} if whole else {"parts": 1}
    await db.execute(update(outbox).where(outbox.c.id == outbox_id).values(ref=ref, **status))


async def again(db: AsyncConnection, *, address_id: int, ref: str) -> str | None:
    """What was answered then."""
    found = select(outbox.c.payload).where(outbox.c.address_id == address_id, outbox.c.ref == ref)
    payload: str | None = (await db.execute(found)).scalars().first()
    return payload


async def hold(db: AsyncConnection, *, address_id: int) -> None:
    """They have not subscribed yet: nothing more may be written, and nothing is lost by waiting."""
    await db.execute(update(addresses).where(addresses.c.id == address_id).values(paused_until=HELD))


async def release(db: AsyncConnection, *, channel: str, externals: Collection[str]) -> bool:
    """Whether anybody was held who has written now."""
    theirs = update(addresses).where(addresses.c.channel == channel, addresses.c.external.in_(externals))
    return (await db.execute(theirs.where(addresses.c.paused_until == HELD).values(paused_until=None))).rowcount > 0
