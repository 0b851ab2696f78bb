"""What one address of the web chat may read: the messages written to it, and its own words."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import desc, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.tables.people import addresses, people
from storage.tables.turns import inbox, outbox


@dataclass(frozen=True, slots=True)
class Reader:
    """`hidden_to`: the seq up to which the person had it taken from the screen."""

    address_id: int
    person_id: int
    language: str | None
    hidden_to: int = 0


async def reader(db: AsyncConnection, *, channel: str, external: str) -> Reader | None:
    """None until the first message of this address was kept."""
    found = await db.execute(
        select(addresses.c.id, people.c.id, people.c.language, func.coalesce(addresses.c.hidden_to, 0))
        .join(people, people.c.id == addresses.c.person_id)
        .where(addresses.c.channel == channel, addresses.c.external == external)
    )
    row = found.first()
    return None if row is None else Reader(*row)


async def written(db: AsyncConnection, *, address_id: int, after: int, limit: int = 200) -> list[dict[str, Any]]:
    """In order of seq, which is given under the person's lock: nothing can appear later before what was read."""
    rows = await db.execute(_messages(address_id).where(outbox.c.seq > after).order_by(outbox.c.seq).limit(limit))
    return [_message(seq, payload) for seq, payload in rows]


async def latest(db: AsyncConnection, *, reader: Reader, limit: int) -> list[dict[str, Any]]:
    shown = _messages(reader.address_id).where(outbox.c.seq > reader.hidden_to)
    rows = await db.execute(shown.order_by(desc(outbox.c.seq)).limit(limit))
    return [_message(seq, payload) for seq, payload in rows][::-1]


async def own(db: AsyncConnection, *, reader: Reader, channel: str, limit: int) -> list[dict[str, Any]]:
    """The raw messages of this address, oldest first."""
    rows = await db.execute(
        select(inbox.c.payload)
        .where(
            inbox.c.person_id == reader.person_id, inbox.c.address_id == reader.address_id, inbox.c.channel == channel
        )
        .order_by(desc(inbox.c.id))
        .limit(limit)
    )
    said = [json.loads(payload) for (payload,) in rows][::-1]
    return [raw for raw in said if raw.get("after", 0) > reader.hidden_to or not reader.hidden_to]


async def was_shown(db: AsyncConnection, *, address_id: int, media_id: str) -> bool:
    """Whether this picture or document was in a message to this address."""
    rows = await db.execute(
        select(outbox.c.payload).where(
            outbox.c.address_id == address_id, outbox.c.payload.contains(media_id, autoescape=True)
        )
    )
    messages = map(json.loads, rows.scalars())
    return any(media_id in map(message.get, ("photo", "document", "voice")) for message in messages)


def _messages(address_id: int) -> Any:
    return select(outbox.c.seq, outbox.c.payload).where(
        outbox.c.address_id == address_id, outbox.c.status == "stream", outbox.c.kind != "ack"
    )


def _message(seq: int, payload: str) -> dict[str, Any]:
    return {"seq": seq, **json.loads(payload)}
