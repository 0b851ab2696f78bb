"""What came in: kept before it is acknowledged, and played once."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any, NamedTuple

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Dialect,
    Integer,
    Select,
    String,
    Text,
    and_,
    bindparam,
    func,
    insert,
    literal,
    literal_column,
    or_,
    select,
    text,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.compiled import Read, Write, among
from storage.jsontext import dumps
from storage.tables.meta import Utc
from storage.tables.people import addresses, people
from storage.tables.turns import bots, inbox

_TOLD = ("external_id", "person_id", "payload", "due_at")  # what differs from telling to telling
SELF = "self"  # the channel of what the program tells a person by itself


class Received(NamedTuple):
    """One raw message; `payload` is its JSON text, `sender` None where no person sent it."""

    external_id: str
    sender: str | None
    payload: str


def insert_new(dialect: Dialect, table: Any) -> Any:
    """INSERT … ON CONFLICT DO NOTHING: what is there already is a repeat."""
    build = sqlite.insert if dialect.name == "sqlite" else postgresql.insert
    return build(table).on_conflict_do_nothing()


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
    payload = {"tell": conversation, "args": args}
    await _to_self(db, person_id=person_id, external_id=f"{thing}>{person_id}", payload=payload, now=now, due_at=due_at)


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
        {**common, "external_id": f"{thing}>{person_id}", "person_id": person_id, "due_at": due_at, "status": "new"}
        for person_id in people_ids
    ]
    if rows:
        await db.execute(insert_new(db.dialect, inbox), rows)


async def known(db: AsyncConnection, *, external_ids: Collection[str]) -> set[str]:
    """Which of these was told, or will be: `thing>person`."""
    query = select(inbox.c.external_id).where(inbox.c.channel == SELF, inbox.c.external_id.in_(external_ids))
    return set((await db.execute(query)).scalars())


class Telling(NamedTuple):
    """As `tell` takes it."""

    person_id: int
    thing: str
    conversation: str
    args: dict[str, Any]
    due_at: datetime | None = None


async def tell_each(db: AsyncConnection, tellings: Sequence[Telling], *, now: datetime) -> None:
    """`tell` for many people and many things at once: on PostgreSQL in one statement."""
    names = [f"{one.thing}>{one.person_id}" for one in tellings]
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


async def _to_self(
    db: AsyncConnection,
    *,
    person_id: int,
    external_id: str,
    payload: dict[str, Any],
    now: datetime,
    due_at: datetime | None,
) -> None:
    row = {"channel": SELF, "external_id": external_id, "person_id": person_id, "payload": dumps(payload)}
    await db.execute(insert_new(db.dialect, inbox), [{**row, "received_at": now, "due_at": due_at, "status": "new"}])


async def to_chat(db: AsyncConnection, *, chat_id: int, thing: str, what: dict[str, Any], now: datetime) -> None:
    """Lets a group's chat, which has a row among the people, write or redraw something in its own turn."""
    payload = {"chat": what}
    await _to_self(db, person_id=chat_id, external_id=f"{thing}>{chat_id}", payload=payload, now=now, due_at=None)


async def about_run(db: AsyncConnection, *, person_id: int, number: int, what: str, now: datetime) -> None:
    """`what` is "nudge", "expire" or "offer": said once of each run."""
    payload = {what: number}
    await _to_self(
        db, person_id=person_id, external_id=f"{what}:{person_id}:{number}", payload=payload, now=now, due_at=None
    )


async def finished(db: AsyncConnection, *, person_id: int, work_id: int, result: dict[str, Any], now: datetime) -> None:
    """What came of slow work, on its way back to the conversation that waits for it."""
    payload = {"result": result}
    await _to_self(db, person_id=person_id, external_id=f"work:{work_id}", payload=payload, now=now, due_at=None)


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


def _known_senders(dialect: Dialect) -> Select[Any]:
    query = select(addresses.c.external, addresses.c.id, addresses.c.person_id)
    return query.where(addresses.c.channel == bindparam("channel"), among(dialect, addresses.c.external, "senders"))


_RECEIVED = ("channel", "external_id", "address_id", "person_id", "payload", "received_at", "status")
_add = Write(lambda dialect: insert_new(dialect, inbox).inline(), _RECEIVED)
_tell = Write(lambda dialect: insert_new(dialect, inbox).inline(), ("channel", "received_at", "status", *_TOLD))
_find = Read(_known_senders, lambda external, address_id, person_id: (external, (address_id, person_id)))
_oldest, _oldest_of = Read(_messages, Waiting), Read(_messages_of, Waiting)
_lock = Read(_people, int)


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


def content_id(payload: str) -> str:
    return "sha256:" + sha256(payload.encode()).hexdigest()
