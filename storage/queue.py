"""Messages that wait to be played, and whose: two workers never have one person's."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Dialect, Integer, Select, and_, bindparam, func, literal_column, or_, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.compiled import Read, among
from storage.tables.meta import Utc
from storage.tables.people import addresses, people
from storage.tables.turns import SELF, inbox


class Waiting(NamedTuple):
    """A message to be played, and what is known of the person who sent it.

    owner_id         whose the address is now: somebody else's where two people turned out to be one
    last_address_id  the address that the person used last
    renumbered       what old buttons at this address mean since two people were joined: domain.linking.number_now
    """

    id: int
    channel: str
    payload: str
    person_id: int
    seq: int
    language: str | None
    village_id: int | None
    welcomed: bool
    reminded_at: datetime | None
    erased: bool
    address_id: int | None
    to_channel: str
    left: bool
    owner_id: int | None
    last_address_id: int | None
    renumbered: list[Any] | None


def _waits(now: Any) -> Any:
    """The status is written out, not bound: only so do both databases see that the partial index serves."""
    return and_(text("inbox.status = 'new'"), or_(inbox.c.due_at.is_(None), inbox.c.due_at <= now))


async def claim(db: AsyncConnection, *, now: datetime, most: int) -> list[Waiting]:
    """The oldest waiting messages, with what is known of the people who sent them; these people are ours until commit.

    On SQLite the transaction is the only writer. On PostgreSQL their rows are locked, and people whom another worker
    holds are passed over; what waits for the locked ones is read after the lock, so nothing is played twice.
    """
    if db.dialect.name == "sqlite":
        return await _oldest(db, now=now, most=most)
    locked = await _lock(db, now=now, most=most)
    return await _oldest_of(db, now=now, most=most, people_ids=locked) if locked else []


async def of_person(db: AsyncConnection, *, person_id: int, now: datetime) -> list[Waiting]:
    """Everything that waits for one person, who is ours until commit."""
    await db.execute(select(people.c.id).where(people.c.id == person_id).with_for_update())
    return await _oldest_of(db, now=now, most=256, people_ids=[person_id])


async def take(db: AsyncConnection, *, inbox_id: int) -> bool:
    """Marks it done; False where another worker was quicker."""
    waits = update(inbox).where(inbox.c.id == inbox_id, inbox.c.status == "new")
    return (await db.execute(waits.values(status="done"))).rowcount == 1


def _messages(dialect: Dialect) -> Select[Any]:
    to = addresses.c.id == func.coalesce(inbox.c.address_id, people.c.address_id)
    columns = (
        inbox.c.id,
        inbox.c.channel,
        inbox.c.payload,
        inbox.c.person_id,
        people.c.seq,
        people.c.language,
        people.c.village_id,
        people.c.welcomed_at.is_not(None),
        people.c.reminded_at,
        people.c.erased_at.is_not(None),
        addresses.c.id,
        addresses.c.channel,
        addresses.c.left_at.is_not(None),
        addresses.c.person_id,
        people.c.address_id,
        addresses.c.renumbered,
    )
    source = inbox.join(people, people.c.id == inbox.c.person_id).outerjoin(addresses, to)
    query = select(*columns).select_from(source).where(_waits(bindparam("now", type_=Utc())))
    return query.order_by(inbox.c.id).limit(bindparam("most", type_=Integer()))


def _messages_of(dialect: Dialect) -> Select[Any]:
    return _messages(dialect).where(among(dialect, inbox.c.person_id, "people_ids"))


def _people(dialect: Dialect) -> Select[Any]:
    """Who wrote comes before whom we have something for: nobody waits until a country was reminded."""
    only_told = func.bool_and(inbox.c.channel == literal_column(f"'{SELF}'")).label("only_told")
    oldest = (
        select(inbox.c.person_id, func.min(inbox.c.id).label("first"), only_told)
        .where(_waits(bindparam("now", type_=Utc())))
        .group_by(inbox.c.person_id)
        .subquery()
    )
    query = (
        select(people.c.id).join(oldest, oldest.c.person_id == people.c.id).order_by(oldest.c.only_told, oldest.c.first)
    )
    return query.limit(bindparam("most", type_=Integer())).with_for_update(of=people, skip_locked=True)


async def next_due(db: AsyncConnection) -> datetime | None:
    """When the next message that was put off comes due, by the domain's clock."""
    query = select(func.min(inbox.c.due_at)).where(inbox.c.status == "new")
    due: datetime | None = (await db.execute(query)).scalar()
    return due


async def parked(db: AsyncConnection) -> Sequence[Any]:
    """What could not be played, newest first: ids and reasons, never what was said."""
    columns = (inbox.c.id, inbox.c.channel, inbox.c.person_id, inbox.c.received_at, inbox.c.error)
    return (await db.execute(select(*columns).where(inbox.c.status == "parked").order_by(inbox.c.id.desc()))).all()


async def unpark(db: AsyncConnection, *, inbox_id: int) -> bool:
    """Plays a parked message once more, after the program was mended."""
    again = update(inbox).where(inbox.c.id == inbox_id, inbox.c.status == "parked").values(status="new", error=None)
    return (await db.execute(again)).rowcount == 1


_oldest, _oldest_of = Read(_messages, Waiting), Read(_messages_of, Waiting)
_lock = Read(_people, int)
