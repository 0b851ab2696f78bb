"""Addenda to locked minutes: each a paper of its own, sent to whoever has the minutes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain import minutes as rules
from domain.minutes import REMIND_FOR, Phase
from domain.refusal import Refused
from storage import meetings, minutes, minutes_delivery, sealed_papers, telling
from storage.minutes_delivery import DAY, Sent
from storage.sealed_papers import Sealed
from storage.tables.addenda import addendum_receipts
from storage.tables.minutes import minutes_addenda, minutes_receivers

KIND = "addendum"  # of a sealed paper
A, R, TO = minutes_addenda.c, addendum_receipts.c, minutes_receivers.c


@dataclass(frozen=True, slots=True)
class Addendum:
    """`previous` is the hash of what stands before it: the minutes, or the addendum before."""

    id: int
    meeting_id: int
    number: int
    words: str
    name: str
    previous: str
    hash: str
    at: datetime


def about(meeting_id: int, number: int) -> str:
    """What a sealed paper calls it: below what it calls the minutes."""
    return f"{minutes_delivery.about(meeting_id)}:{number}"


async def add(db: AsyncConnection, *, meeting_id: int, words: str, name: str, by: int, now: datetime) -> int:
    """Holds the hash of what stands before it, and is for all to whom the minutes were sent; answers its number."""
    await meetings.require_keeper(db, meeting_id=meeting_id, person_id=by)
    await meetings.lock(db, meeting_id=meeting_id)
    locked = await minutes.newest(db, meeting_id=meeting_id)
    if locked is None or locked.phase is not Phase.LOCKED:
        raise Refused("minutes_not_locked")
    if not words or len(words) > rules.LONGEST:
        raise Refused("gone")
    before = await of(db, meeting_id=meeting_id)
    number, previous = (before[-1].number + 1, before[-1].hash) if before else (1, locked.hash)
    said = {"number": number, "words": words, "name": name, "at": now.isoformat()}
    row = {"meeting_id": meeting_id, "number": number, "words": words, "name": name, "previous": previous, "at": now}
    new = insert(minutes_addenda).values(**row, hash=rules.link(previous, said)).returning(A.id)
    await _send(db, int((await db.execute(new)).scalar_one()), meeting_id, now)
    return number


async def _send(db: AsyncConnection, addendum_id: int, meeting_id: int, now: datetime) -> None:
    to = (await db.execute(select(TO.id).where(TO.meeting_id == meeting_id))).scalars()
    rows = [{"addendum_id": addendum_id, "receiver_id": each, "sent_at": now} for each in to]
    if rows:
        await db.execute(insert(addendum_receipts), rows)


async def of(db: AsyncConnection, *, meeting_id: int) -> list[Addendum]:
    query = select(minutes_addenda).where(A.meeting_id == meeting_id).order_by(A.number)
    return [Addendum(**row) for row in (await db.execute(query)).mappings()]


async def find(db: AsyncConnection, *, meeting_id: int, number: int) -> Addendum | None:
    return next((each for each in await of(db, meeting_id=meeting_id) if each.number == number), None)


async def paper(db: AsyncConnection, *, meeting_id: int, number: int) -> Sealed | None:
    return await sealed_papers.current(db, kind=KIND, about=about(meeting_id, number))


async def sent(db: AsyncConnection, *, paper: Sealed, addendum: Addendum, now: datetime) -> None:
    """The papers are made: sealed, and on their way to everybody who has a chat."""
    await sealed_papers.seal(db, paper)
    query = select(TO.person_id).join(addendum_receipts, R.receiver_id == TO.id)
    waits = R.addendum_id == addendum.id, R.received_at.is_(None), TO.person_id.is_not(None)
    people = sorted(set((await db.execute(query.where(*waits))).scalars()))
    args = {"meeting": addendum.meeting_id, "addendum": addendum.number}
    thing = f"addendum:{addendum.id}"
    await telling.tell_all(db, people_ids=people, thing=thing, conversation="addendum_arrived", args=args, now=now)


@dataclass(frozen=True, slots=True)
class Line:
    """One addendum and one who was sent it; `sent.id` is the receiver of the minutes."""

    addendum: Addendum
    sent: Sent


async def lines(db: AsyncConnection, *, meeting_id: int) -> list[Line]:
    """Who has which, for the delivery sheet."""
    return await _lines(db, A.meeting_id == meeting_id)


async def of_receiver(db: AsyncConnection, *, receiver_id: int) -> list[Line]:
    return await _lines(db, R.receiver_id == receiver_id)


async def mine(db: AsyncConnection, *, meeting_id: int, number: int, person_id: int) -> Sent | None:
    found = await _lines(db, A.meeting_id == meeting_id, A.number == number, TO.person_id == person_id)
    return found[0].sent if found else None


async def waiting(db: AsyncConnection, *, person_id: int) -> list[Line]:
    return await _lines(db, TO.person_id == person_id, R.received_at.is_(None))


async def _lines(db: AsyncConnection, *where: Any) -> list[Line]:
    query = _joined(minutes_addenda, R.received_at, R.received_by, R.received_office, TO.id.label("receiver"))
    query = query.add_columns(TO.name.label("to_name"), TO.office, TO.person_id).where(*where)
    return [_line(row) for row in await db.execute(query.order_by(A.number, TO.id))]


def _joined(*columns: Any) -> Select[Any]:
    found = addendum_receipts.join(minutes_addenda, A.id == R.addendum_id)
    return select(*columns).select_from(found.join(minutes_receivers, TO.id == R.receiver_id))


def _line(row: Row[Any]) -> Line:
    added = Addendum(row.id, row.meeting_id, row.number, row.words, row.name, row.previous, row.hash, row.at)
    there = row.received_at, row.received_by, row.received_office
    return Line(added, Sent(row.receiver, row.to_name, row.office, row.person_id is not None, *there))


async def receive(db: AsyncConnection, *, line: tuple[int, int], name: str, office: str, now: datetime) -> None:
    """`line`: addendum and receiver, by their ids. Said once; a second time changes nothing."""
    waits = R.addendum_id == line[0], R.receiver_id == line[1], R.received_at.is_(None)
    said = {"received_at": now, "received_by": name[:100], "received_office": office[:100]}
    await db.execute(update(addendum_receipts).where(*waits).values(**said))


async def remind(db: AsyncConnection, *, now: datetime) -> int:
    """Whoever has a chat and has not said that they have it, once a day."""
    due = _joined(R.addendum_id, R.receiver_id, A.meeting_id, A.number, TO.person_id).where(
        R.received_at.is_(None),
        TO.person_id.is_not(None),
        R.sent_at <= now - DAY,
        R.sent_at > now - REMIND_FOR,
        R.reminded_at.is_(None) | (R.reminded_at <= now - DAY),
    )
    rows = list(await db.execute(due))
    for row in rows:
        args = {"meeting": row.meeting_id, "addendum": row.number}
        thing = f"addendum:{row.addendum_id}:{row.receiver_id}:{now.isoformat()}"
        await telling.tell(
            db, person_id=row.person_id, thing=thing, conversation="addendum_waiting", args=args, now=now
        )
        mine = R.addendum_id == row.addendum_id, R.receiver_id == row.receiver_id
        await db.execute(update(addendum_receipts).where(*mine).values(reminded_at=now))
    return len(rows)


async def next_reminder(db: AsyncConnection, *, after: datetime) -> datetime | None:
    query = _joined(R.sent_at, R.reminded_at).where(R.received_at.is_(None), TO.person_id.is_not(None))
    moments = [((row.reminded_at or row.sent_at) + DAY, row.sent_at) for row in await db.execute(query)]
    return min((at for at, sent_at in moments if at > after and at < sent_at + REMIND_FOR), default=None)
