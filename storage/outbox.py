"""What waits to be sent: who is first in line, under which lease, and what became of it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, bindparam, exists, func, or_, select, text, tuple_, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.new_rows import insert_new
from storage.tables.people import addresses, people
from storage.tables.turns import bots, outbox

MESSAGE, ACK = "message", "ack"
PENDING, SENDING, SENT, FAILED, REFUSED, REPLACED = "pending", "sending", "sent", "failed", "refused", "replaced"

# Written out, not bound: only so do both databases see that the partial indexes serve.
_WAITS = text("outbox.status IN ('pending', 'sending')")
_EARLIER_WAITS = text("earlier.status IN ('pending', 'sending')")


@dataclass(frozen=True, slots=True)
class Letter:
    """A row of the outbox that may be sent now, with where it goes and how that chat and its pace stand."""

    id: int
    person_id: int
    seq: int
    address_id: int
    lane: int
    kind: str
    payload: str
    attempts: int
    parts: int
    expires_at: datetime | None
    external: str
    left_at: datetime | None
    tokens: float | None
    paced_at: datetime | None
    paused_until: datetime | None


@dataclass(frozen=True, slots=True)
class Pace:
    tokens: float | None
    paced_at: datetime | None
    paused_until: datetime | None


_LETTER = (
    *(
        outbox.c[name]
        for name in (
            "id",
            "person_id",
            "seq",
            "address_id",
            "lane",
            "kind",
            "payload",
            "attempts",
            "parts",
            "expires_at",
        )
    ),
    *(addresses.c[name] for name in ("external", "left_at", "tokens", "paced_at", "paused_until")),
)


async def register(db: AsyncConnection, *, channel: str) -> None:
    await db.execute(insert_new(db.dialect, bots), [{"channel": channel}])


async def bot_pace(db: AsyncConnection, *, channel: str) -> Pace:
    """Locked: senders of one bot share its pace, one after the other."""
    row = await db.execute(
        select(bots.c.tokens, bots.c.paced_at, bots.c.paused_until).where(bots.c.channel == channel).with_for_update()
    )
    return Pace(*row.one())


async def acks(db: AsyncConnection, *, channel: str, now: datetime, most: int) -> list[Letter]:
    return await _letters(db, _free(channel, ACK, now).limit(most))


async def heads(db: AsyncConnection, *, channel: str, lane: int, now: datetime, most: int) -> list[Letter]:
    """The first in line at each address, where nothing is under way and nobody asked us to wait; oldest first."""
    unpaced = or_(addresses.c.paused_until.is_(None), addresses.c.paused_until <= now)
    query = _free(channel, MESSAGE, now).where(outbox.c.lane == lane, unpaced, ~_somebody_before(now))
    return await _letters(db, query.limit(most))


def _free(channel: str, kind: str, now: datetime) -> Select[Any]:
    untaken = or_(outbox.c.status == PENDING, outbox.c.lease_until < now)
    due = or_(outbox.c.due_at.is_(None), outbox.c.due_at <= now)
    return (
        select(*_LETTER)
        .select_from(outbox.join(addresses, addresses.c.id == outbox.c.address_id))
        .where(_WAITS, outbox.c.kind == kind, addresses.c.channel == channel, untaken, due)
        .order_by(outbox.c.id)
        .with_for_update(of=outbox, skip_locked=True)
    )


def _somebody_before(now: datetime) -> Any:
    earlier = outbox.alias("earlier")
    under_way = and_(earlier.c.status == SENDING, earlier.c.lease_until >= now)
    in_front = or_(earlier.c.lane < outbox.c.lane, and_(earlier.c.lane == outbox.c.lane, earlier.c.seq < outbox.c.seq))
    same_chat = and_(earlier.c.address_id == outbox.c.address_id, earlier.c.id != outbox.c.id)
    query = select(1).where(_EARLIER_WAITS, same_chat, earlier.c.kind == MESSAGE, or_(under_way, in_front))
    return exists(query.correlate(outbox))


async def _letters(db: AsyncConnection, query: Select[Any]) -> list[Letter]:
    return [Letter(*row) for row in await db.execute(query)]


async def lease(db: AsyncConnection, *, letter_ids: Collection[int], until: datetime) -> None:
    await db.execute(update(outbox).where(outbox.c.id.in_(letter_ids)).values(status=SENDING, lease_until=until))


async def release(db: AsyncConnection, *, channel: str) -> None:
    """What was under way when the only sender died may be taken again at once."""
    ours = select(addresses.c.id).where(addresses.c.channel == channel)
    under_way = update(outbox).where(outbox.c.status == SENDING, outbox.c.address_id.in_(ours))
    await db.execute(under_way.values(status=PENDING, lease_until=None))


async def pace_chats(db: AsyncConnection, *, paces: dict[int, Pace]) -> None:
    """By address, in one order for all senders, so that two of them cannot wait for each other."""
    rows = [{"_id": address_id, **_columns(paces[address_id])} for address_id in sorted(paces)]
    if rows:
        await db.execute(_update_by_id(addresses, "tokens", "paced_at", "paused_until"), rows)


async def pace_bot(db: AsyncConnection, *, channel: str, pace: Pace) -> None:
    await db.execute(update(bots).where(bots.c.channel == channel).values(**_columns(pace)))


async def pause_chats(db: AsyncConnection, *, until: dict[int, datetime]) -> None:
    rows = [{"_id": address_id, "paused_until": until[address_id]} for address_id in sorted(until)]
    if rows:
        await db.execute(_update_by_id(addresses, "paused_until"), rows)


async def pause_bot(db: AsyncConnection, *, channel: str, until: datetime) -> None:
    await db.execute(update(bots).where(bots.c.channel == channel).values(paused_until=until))


async def named(
    db: AsyncConnection, *, names: Collection[tuple[int, int]]
) -> dict[tuple[int, int], tuple[int, str | None, str]]:
    """(address, the channel's id, payload) of earlier messages, by person and seq."""
    if not names:
        return {}
    wanted = tuple_(outbox.c.person_id, outbox.c.seq).in_(sorted(names))
    columns = (outbox.c.person_id, outbox.c.seq, outbox.c.address_id, outbox.c.ref, outbox.c.payload)
    rows = await db.execute(select(*columns).where(wanted))
    return {(person_id, seq): (address_id, ref, payload) for person_id, seq, address_id, ref, payload in rows}


async def behind(db: AsyncConnection, *, address_ids: Collection[int]) -> Sequence[tuple[int, int, str]]:
    """(address, seq, payload) of all that waits for these addresses."""
    if not address_ids:
        return []
    query = select(outbox.c.address_id, outbox.c.seq, outbox.c.payload)
    rows = await db.execute(query.where(_WAITS, outbox.c.kind == MESSAGE, outbox.c.address_id.in_(address_ids)))
    return [(address_id, seq, payload) for address_id, seq, payload in rows]


async def settle(db: AsyncConnection, *, rows: list[dict[str, Any]]) -> None:
    """Each row: _id, status, ref, error, attempts, parts, due_at, sent_at."""
    if rows:
        changed = _update_by_id(outbox, "status", "ref", "error", "attempts", "parts", "due_at", "sent_at")
        await db.execute(changed.values(lease_until=None), rows)


async def moved(db: AsyncConnection, *, rows: list[dict[str, Any]]) -> None:
    """A message could not be edited and was written anew: who names the old one (_person, _seq) means the new `ref`."""
    if rows:
        old = and_(outbox.c.person_id == bindparam("_person"), outbox.c.seq == bindparam("_seq"))
        await db.execute(update(outbox).where(old).values(ref=bindparam("ref")), rows)


async def leave(db: AsyncConnection, *, address_id: int, reason: str, now: datetime) -> None:
    """The person has left this address: nothing that waits for it is written any more, and what comes goes to another
    address of theirs, where there is one."""
    here = update(addresses).where(addresses.c.id == address_id, addresses.c.left_at.is_(None))
    await db.execute(here.values(left_at=now))
    waits = update(outbox).where(_WAITS, outbox.c.address_id == address_id)
    await db.execute(waits.values(status=REFUSED, error=reason, lease_until=None))
    theirs = select(addresses.c.person_id).where(addresses.c.id == address_id).scalar_subquery()
    open_ = select(func.max(addresses.c.id)).where(addresses.c.person_id == theirs, addresses.c.left_at.is_(None))
    other = (await db.execute(open_)).scalar()
    if other is not None:
        last = update(people).where(people.c.id == theirs, people.c.address_id == address_id)
        await db.execute(last.values(address_id=other))


def _columns(pace: Pace) -> dict[str, Any]:
    return {"tokens": pace.tokens, "paced_at": pace.paced_at, "paused_until": pace.paused_until}


def _update_by_id(table: Any, *names: str) -> Any:
    return update(table).where(table.c.id == bindparam("_id")).values({name: bindparam(name) for name in names})
