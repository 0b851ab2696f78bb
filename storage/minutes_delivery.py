"""Locked minutes go to everybody whom they concern, and each says that they have them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.meetings.entries import Verb
from domain.meetings.record import Record
from domain.minutes import REMIND_FOR
from domain.minutes_body import Receiver
from domain.people import OFFICES, Role, new_token, token_hash
from domain.refusal import Refused
from storage import meetings, minutes, minutes_ledger, sealed_papers, telling
from storage.minutes import Version
from storage.sealed_papers import Sealed
from storage.tables.meetings import meeting_actors, meeting_entries
from storage.tables.minutes import minutes_receivers
from storage.tables.roles import groups, roles

KIND = "minutes"
GENDER_COUNCIL = "gender_council"  # of the municipality's council; by a personal link, since it is no one's account
SEATS = (Role.TRUSTEE, Role.DEPUTY)  # of the communities: a line for each of which nobody has an account here
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Sent:
    """One line of the delivery sheet; `by_chat` is False for those who are reached by a personal link."""

    id: int
    name: str
    office: str
    by_chat: bool
    received_at: datetime | None
    received_by: str | None
    received_office: str | None


@dataclass(frozen=True, slots=True)
class _To:
    name: str
    office: str
    person_id: int | None


def about(meeting_id: int) -> str:
    """What a sealed paper calls these minutes."""
    return f"meeting:{meeting_id}"


async def lock(db: AsyncConnection, *, meeting_id: int, by: int, now: datetime, zone: ZoneInfo) -> Version:
    """Locks the minutes, writes down who is to have them, and turns their promises into the ledger's."""
    record = await meetings.read(db, meeting_id=meeting_id, zone=zone)
    to = await _receivers(db, record)
    printed = list(dict.fromkeys((each.name, each.office) for each in to))
    sent_to: list[Receiver] = [{"name": name, "office": office} for name, office in printed]
    version = await minutes.lock(db, meeting_id=meeting_id, sent_to=sent_to, by=by, now=now, zone=zone)
    rows = [
        {
            "meeting_id": meeting_id,
            "person_id": each.person_id,
            "name": each.name,
            "office": each.office,
            "sent_at": now,
        }
        for each in to
    ]
    await db.execute(insert(minutes_receivers), rows)
    await minutes_ledger.hand_over(db, record=record, by=by, now=now, zone=zone)
    return version


async def _receivers(db: AsyncConnection, record: Record) -> list[_To]:
    """Everybody once: by account where they have one, else by name."""
    found = [*await _invited(db, record), *await _present(db, record), *await _offices(db, record)]
    found += [*await _groups(db, record), *await _unheld(db, record), _To("", GENDER_COUNCIL, None)]
    once: dict[object, _To] = {}
    named = {each.name.casefold(): each.person_id for each in found if each.name and each.person_id is not None}
    for each in found:
        person_id = each.person_id or named.get(each.name.casefold())
        key = person_id or each.name.casefold() or each.office  # an office that is nobody's has no name
        once.setdefault(key, _To(each.name, each.office, person_id))
    return list(once.values())


async def _invited(db: AsyncConnection, record: Record) -> list[_To]:
    held = select(roles.c.id, roles.c.person_id).where(roles.c.ended_at.is_(None))
    people = {row.id: row.person_id for row in await db.execute(held.where(roles.c.id.in_(_role_ids(record))))}
    return [_To(each.name, each.office, people.get(each.role_id)) for each in record.guests]


def _role_ids(record: Record) -> list[int]:
    return [each.role_id for each in record.guests if each.role_id is not None]


async def _present(db: AsyncConnection, record: Record) -> list[_To]:
    query = select(meeting_entries.c.entry_id, meeting_actors.c.person_id).join(
        meeting_actors, meeting_actors.c.entry_id == meeting_entries.c.id
    )
    mine = query.where(meeting_entries.c.meeting_id == record.id, meeting_entries.c.verb == Verb.ATTENDED)
    actors = {row.entry_id: row.person_id for row in await db.execute(mine)}
    return [_To(a.name, a.office, actors.get(a.id) if a.by_code else None) for a in record.attendees]


async def _offices(db: AsyncConnection, record: Record) -> list[_To]:
    """Trustees, deputies and officials of the municipality, as they are named in public."""
    query = select(roles.c.person_id, roles.c.name, roles.c.office).where(
        *_holding(record), roles.c.role.in_(OFFICES), roles.c.confirmed_at.is_not(None)
    )
    return [_To(row.name or "", row.office or "", row.person_id) for row in await db.execute(query)]


def _holding(record: Record) -> tuple[ColumnElement[bool], ...]:
    return roles.c.municipality_id == record.municipality_id, roles.c.ended_at.is_(None)


async def _unheld(db: AsyncConnection, record: Record) -> list[_To]:
    """Nobody is left out because they never came here: the desk makes a link for the office, or takes a paper there."""
    held = select(roles.c.role).where(*_holding(record), roles.c.confirmed_at.is_not(None))
    there = set((await db.execute(held)).scalars())
    return [_To("", seat.value, None) for seat in SEATS if seat not in there]


async def _groups(db: AsyncConnection, record: Record) -> list[_To]:
    """A member's own name is seen in the group only: on the paper stands the group's."""
    query = select(roles.c.person_id, groups.c.name).join(groups, groups.c.id == roles.c.group_id)
    members = query.where(
        groups.c.community_id.in_(record.community_ids),
        roles.c.role.in_((Role.MEMBER, Role.LEADER)),
        roles.c.ended_at.is_(None),
    )
    return [_To(row.name, "", row.person_id) for row in await db.execute(members)]


async def sent(db: AsyncConnection, *, paper: Sealed, meeting_id: int, now: datetime) -> None:
    """The papers are made: sealed, and on their way to everybody who has a chat."""
    await sealed_papers.seal(db, paper)
    r = minutes_receivers.c
    query = select(r.person_id).where(r.meeting_id == meeting_id, r.person_id.is_not(None), r.received_at.is_(None))
    people = sorted(set((await db.execute(query)).scalars()))
    thing, args = f"minutes:{meeting_id}:{paper.code}", {"meeting": meeting_id}
    await telling.tell_all(db, people_ids=people, thing=thing, conversation="minutes_arrived", args=args, now=now)


async def paper(db: AsyncConnection, *, meeting_id: int) -> Sealed | None:
    return await sealed_papers.current(db, kind=KIND, about=about(meeting_id))


async def mine(db: AsyncConnection, *, meeting_id: int, person_id: int) -> Sent | None:
    found = await _lines(db, {"meeting_id": meeting_id, "person_id": person_id})
    return found[0] if found else None


async def waiting(db: AsyncConnection, *, person_id: int) -> list[Sent]:
    """What was sent to this person and is not yet said to be there."""
    return await _lines(db, {"person_id": person_id, "received_at": None})


async def sheet(db: AsyncConnection, *, meeting_id: int, by: int) -> list[Sent]:
    """Who has them and since when."""
    await meetings.require_keeper(db, meeting_id=meeting_id, person_id=by)
    return await _lines(db, {"meeting_id": meeting_id})


async def _lines(db: AsyncConnection, where: Mapping[str, object]) -> list[Sent]:
    query = select(minutes_receivers).filter_by(**where).order_by(minutes_receivers.c.id)
    return [
        Sent(
            row.id,
            row.name,
            row.office,
            row.person_id is not None,
            row.received_at,
            row.received_by,
            row.received_office,
        )
        for row in await db.execute(query)
    ]


async def link(db: AsyncConnection, *, meeting_id: int, receiver_id: int, by: int) -> str:
    """A new personal link; an older one of the same person is over. Answers the token, which is kept as a hash."""
    await meetings.require_keeper(db, meeting_id=meeting_id, person_id=by)
    token = new_token()
    which = minutes_receivers.c.id == receiver_id, minutes_receivers.c.meeting_id == meeting_id
    changed = await db.execute(update(minutes_receivers).where(*which).values(token_hash=token_hash(token)))
    if changed.rowcount == 0:
        raise Refused("gone")
    return token


async def by_link(db: AsyncConnection, *, token: str) -> tuple[int, Sent] | None:
    """The meeting, and who this link was made for."""
    r = minutes_receivers.c
    row = (await db.execute(select(r.id, r.meeting_id).where(r.token_hash == token_hash(token)))).first()
    if row is None:
        return None
    return row.meeting_id, (await _lines(db, {"id": row.id}))[0]


async def receive(db: AsyncConnection, *, receiver_id: int, name: str, office: str, now: datetime) -> None:
    """Said once; a second time changes nothing."""
    waits = minutes_receivers.c.id == receiver_id, minutes_receivers.c.received_at.is_(None)
    said = {"received_at": now, "received_by": name[:100], "received_office": office[:100]}
    await db.execute(update(minutes_receivers).where(*waits).values(**said))


async def remind(db: AsyncConnection, *, now: datetime) -> int:
    """Whoever has a chat and has not said that they have them, once a day."""
    r = minutes_receivers.c
    due = select(minutes_receivers).where(
        r.received_at.is_(None),
        r.person_id.is_not(None),
        r.sent_at <= now - DAY,
        r.sent_at > now - REMIND_FOR,
        r.reminded_at.is_(None) | (r.reminded_at <= now - DAY),
    )
    waiting = list(await db.execute(due))
    for row in waiting:
        args = {"meeting": row.meeting_id}
        thing = f"minutes:{row.meeting_id}:{row.id}:{now.isoformat()}"
        await telling.tell(db, person_id=row.person_id, thing=thing, conversation="minutes_waiting", args=args, now=now)
        await db.execute(update(minutes_receivers).where(r.id == row.id).values(reminded_at=now))
    return len(waiting)


async def next_reminder(db: AsyncConnection, *, after: datetime) -> datetime | None:
    r = minutes_receivers.c
    query = select(r.sent_at, r.reminded_at).where(r.received_at.is_(None), r.person_id.is_not(None))
    moments = [((row.reminded_at or row.sent_at) + DAY, row.sent_at) for row in await db.execute(query)]
    return min((at for at, sent_at in moments if at > after and at < sent_at + REMIND_FOR), default=None)
