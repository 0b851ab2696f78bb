"""The ledger in the database: a chain of events for each promise, and a signed head a day for each municipality."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from secrets import token_bytes
from typing import Any

from sqlalchemy import Row, Select, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain import ledger
from domain.ledger import Head, Link
from storage.jsontext import loads
from storage.new_rows import insert_new
from storage.tables.promise_states import promise_states
from storage.tables.promises import ledger_heads, promise_events, promise_witnesses, promises

SALT = 16  # bytes
AT_ONCE = 500  # chains


@dataclass(frozen=True, slots=True)
class Witness:
    """Who told it, with what can be erased without breaking the chain."""

    person_id: int
    note: str | None = None
    media_id: str | None = None
    place: str | None = None

    def sealed(self, salt: bytes) -> str:
        body = {"person": self.person_id, "note": self.note, "media": self.media_id}
        if self.place is not None:  # seals of the time before places were told hold as they are
            body["place"] = self.place
        return ledger.seal(ledger.canonical(body).decode(), salt)


def chain_name(promise_id: int) -> str:
    return f"promise:{promise_id}"


async def append(
    db: AsyncConnection, *, promise_id: int, kind: str, body: Mapping[str, Any], witness: Witness, now: datetime
) -> int:
    """Adds one event to the chain; answers its id. Two who write at once are put in line by the promise's row."""
    await db.execute(select(promises.c.id).where(promises.c.id == promise_id).with_for_update())
    last = await _last(db, promise_id)
    _link, event, known = sealed(promise_id, last, kind=kind, body=body, witness=witness, now=now)
    event_id = (await db.execute(insert(promise_events).returning(promise_events.c.id), event)).scalar_one()
    await db.execute(insert(promise_witnesses), {"event_id": event_id, **known})
    touched = update(promise_states).where(promise_states.c.promise_id == promise_id).values(updated_at=now)
    await db.execute(touched)
    return int(event_id)


def sealed(
    promise_id: int, last: Link | None, *, kind: str, body: Mapping[str, Any], witness: Witness, now: datetime
) -> tuple[Link, dict[str, Any], dict[str, Any]]:
    """The next link of the chain, with its row of events and its row of witnesses, which is still without its event."""
    salt = token_bytes(SALT)
    whole = {**body, "kind": kind, "at": now.astimezone(UTC).isoformat(), "seal": witness.sealed(salt)}
    made = ledger.append(chain_name(promise_id), last, whole)
    event = {"promise_id": promise_id, "number": made.number, "kind": kind, "at": now}
    event |= {"body": ledger.canonical(whole).decode(), "previous": made.previous, "hash": made.hash}
    known = {"person_id": witness.person_id, "note": witness.note, "media_id": witness.media_id}
    return made, event, {**known, "place": witness.place, "salt": salt.hex()}


async def _last(db: AsyncConnection, promise_id: int) -> Link | None:
    query = select(promise_events).where(promise_events.c.promise_id == promise_id)
    row = (await db.execute(query.order_by(promise_events.c.number.desc()).limit(1))).first()
    return None if row is None else link(row)


def link(row: Row[Any]) -> Link:
    return Link(row.number, row.previous, loads(row.body), row.hash)


@dataclass(frozen=True, slots=True)
class Chain:
    """A promise with its events in order; `known` by the id of the event: those who were erased are not among them."""

    promise: Row[Any]
    events: list[Row[Any]]
    known: dict[int, Row[Any]]


async def chains(db: AsyncConnection) -> AsyncIterator[Chain]:
    """Some at a time, since a country's ledger does not fit in memory."""
    after = 0
    while some := await _promises(db, after):
        after = some[-1].id
        ids = [promise.id for promise in some]
        events: dict[int, list[Row[Any]]] = {each: [] for each in ids}
        known: dict[int, dict[int, Row[Any]]] = {each: {} for each in ids}
        for event in await db.execute(_events(ids)):
            events[event.promise_id].append(event)
        for witness in await db.execute(_witnesses(ids)):
            known[witness.promise_id][witness.event_id] = witness
        for promise in some:
            yield Chain(promise, events[promise.id], known[promise.id])


async def _promises(db: AsyncConnection, after: int) -> Sequence[Row[Any]]:
    query = select(promises).where(promises.c.id > after).order_by(promises.c.id).limit(AT_ONCE)
    return (await db.execute(query)).all()


def _events(promise_ids: Sequence[int]) -> Select[Any]:
    query = select(promise_events).where(promise_events.c.promise_id.in_(promise_ids))
    return query.order_by(promise_events.c.promise_id, promise_events.c.number)


def _witnesses(promise_ids: Sequence[int]) -> Select[Any]:
    query = select(promise_witnesses, promise_events.c.promise_id)
    query = query.join(promise_events, promise_events.c.id == promise_witnesses.c.event_id)
    return query.where(promise_events.c.promise_id.in_(promise_ids))


async def orphans(db: AsyncConnection) -> list[int]:
    """The ids of events that are told of and not there."""
    w = promise_witnesses.c
    query = select(w.event_id).outerjoin(promise_events, promise_events.c.id == w.event_id)
    return list((await db.execute(query.where(promise_events.c.id.is_(None)).order_by(w.event_id).limit(1))).scalars())


async def heads(db: AsyncConnection) -> AsyncIterator[Head]:
    """Of each municipality, day by day; one at a time, since each holds all chains of its municipality."""
    days = select(ledger_heads.c.municipality_id, ledger_heads.c.day)
    for where, day in (await db.execute(days.order_by(ledger_heads.c.municipality_id, ledger_heads.c.day))).all():
        here = (ledger_heads.c.municipality_id == where, ledger_heads.c.day == day)
        yield head((await db.execute(select(ledger_heads).where(*here))).one())


def head(row: Row[Any]) -> Head:
    return Head(str(row.municipality_id), row.day, row.chains, row.previous, row.hash, row.signature)


async def last_head(db: AsyncConnection, *, municipality_id: int, day: date | None = None) -> Head | None:
    """The newest signed head, or that of a day: to be shown, so that anybody can keep it."""
    query = select(ledger_heads).where(ledger_heads.c.municipality_id == municipality_id)
    query = query if day is None else query.where(ledger_heads.c.day == day)
    row = (await db.execute(query.order_by(ledger_heads.c.day.desc()).limit(1))).first()
    return None if row is None else head(row)


async def municipalities(db: AsyncConnection) -> list[int]:
    """Those that have promises."""
    query = select(promises.c.municipality_id).distinct().order_by(promises.c.municipality_id)
    return list((await db.execute(query)).scalars())


async def sign_head(db: AsyncConnection, *, municipality_id: int, day: date, now: datetime, secret: bytes) -> bool:
    """Makes the head of that day, once; False where there is one already."""
    before = await _last_head(db, municipality_id)
    if before is not None and before.day >= day:
        return False
    last = await _last_hashes(db, municipality_id)
    made = ledger.head(secret, str(municipality_id), day, last, before.hash if before else "")
    row = {"municipality_id": municipality_id, "day": day, "at": now, "chains": dict(made.chains)}
    row |= {"previous": made.previous, "hash": made.hash, "signature": made.signature}
    added = await db.execute(insert_new(db.dialect, ledger_heads), [row])
    return added.rowcount == 1


async def _last_head(db: AsyncConnection, municipality_id: int) -> Row[date, str] | None:
    """Without its chains: looked at every hour, for years."""
    query = select(ledger_heads.c.day, ledger_heads.c.hash).where(ledger_heads.c.municipality_id == municipality_id)
    return (await db.execute(query.order_by(ledger_heads.c.day.desc()).limit(1))).first()


async def _last_hashes(db: AsyncConnection, municipality_id: int) -> dict[str, str]:
    """The end of each chain, by its name."""
    e = promise_events.c
    other = promise_events.alias()
    newest = select(func.max(other.c.number)).where(other.c.promise_id == promises.c.id).scalar_subquery()
    source = promises.join(promise_events, (e.promise_id == promises.c.id) & (e.number == newest))
    rows = await db.execute(
        select(e.promise_id, e.hash).select_from(source).where(promises.c.municipality_id == municipality_id)
    )
    return {chain_name(promise_id): hash_ for promise_id, hash_ in rows}
