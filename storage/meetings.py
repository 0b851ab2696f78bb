"""A round table as it stands, read from its entries, and the one way to add to them."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, delete, exists, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain import codes
from domain.meetings import over, reading
from domain.meetings.entries import Entry, Verb
from domain.meetings.entries import read as checked
from domain.meetings.record import Record
from domain.minutes import Phase
from domain.people import Action
from domain.refusal import Refused
from storage import promise_people, roles
from storage.tables.meetings import (
    meeting_actors,
    meeting_communities,
    meeting_entries,
    meetings,
)
from storage.tables.minutes import minutes_versions
from storage.tables.places import communities

CODE_DIGITS = 7
ANYWHERE = ZoneInfo("UTC")  # for whoever reads nothing of a record that has a day of its own


async def make(
    db: AsyncConnection,
    *,
    municipality_id: int,
    community_ids: Sequence[int],
    place: str,
    starts_at: datetime,
    by: int,
    secretary: int,
    now: datetime,
) -> int:
    """A leader prepares one for their own community, a coordinator for any of their municipality."""
    for community_id in community_ids:
        await promise_people.require(db, person_id=by, action=Action.PREPARE_MEETING, community_id=community_id)
    await _require_one(db, municipality_id, community_ids)
    here = meetings.c.municipality_id == municipality_id, meetings.c.year == starts_at.year
    last = (await db.execute(select(func.max(meetings.c.number)).where(*here))).scalar() or 0
    row = {"municipality_id": municipality_id, "year": starts_at.year, "number": last + 1, "secretary_id": secretary}
    new = insert(meetings).values(**row, code=codes.new(CODE_DIGITS), made_at=now).returning(meetings.c.id)
    meeting_id = int((await db.execute(new)).scalar_one())
    seats = [{"meeting_id": meeting_id, "community_id": c, "place": n} for n, c in enumerate(community_ids)]
    await db.execute(insert(meeting_communities), seats)
    plan = {"place": place, "starts_at": starts_at.isoformat()}
    await note(db, meeting_id=meeting_id, verb=Verb.PLANNED, body=plan, by=by, now=now)
    return meeting_id


async def _require_one(db: AsyncConnection, municipality_id: int, community_ids: Sequence[int]) -> None:
    """All of them lie in this municipality, whose officials answer."""
    query = select(communities.c.municipality_id).where(communities.c.id.in_(community_ids)).distinct()
    if set((await db.execute(query)).scalars()) != {municipality_id}:
        raise Refused("several_municipalities")


async def read(db: AsyncConnection, *, meeting_id: int, zone: ZoneInfo) -> Record:
    """The whole record. Raises Refused where there is no such meeting."""
    row = (await db.execute(select(meetings).where(meetings.c.id == meeting_id))).first()
    if row is None:
        raise Refused("gone")
    seats = select(meeting_communities.c.community_id).where(meeting_communities.c.meeting_id == meeting_id)
    community_ids = list((await db.execute(seats.order_by(meeting_communities.c.place))).scalars())
    return reading.read(
        await entries(db, meeting_id=meeting_id),
        meeting_id=row.id,
        number=row.number,
        year=row.year,
        municipality_id=row.municipality_id,
        community_ids=community_ids,
        zone=zone,
    )


async def entries(db: AsyncConnection, *, meeting_id: int) -> list[Entry]:
    """In the order in which they arrived."""
    query = select(meeting_entries).where(meeting_entries.c.meeting_id == meeting_id).order_by(meeting_entries.c.id)
    return [Entry(row.entry_id, Verb(row.verb), row.body, row.at) for row in await db.execute(query)]


async def keep(db: AsyncConnection, *, meeting_id: int, entry: Entry, by: int | None, now: datetime) -> bool:
    """Adds one entry; False where it is here already. `by` is empty for a personal link without a chat."""
    await lock(db, meeting_id=meeting_id)
    mine = meeting_entries.c.meeting_id == meeting_id, meeting_entries.c.entry_id == entry.id
    if (await db.execute(select(meeting_entries.c.id).where(*mine))).first() is not None:
        return False
    if await _locked(db, meeting_id):  # else the database says so, and the desk would send it again and again
        raise Refused("minutes_locked")
    verb, body = checked(entry.verb, dict(entry.body))
    over.check(entry, await entries(db, meeting_id=meeting_id))
    row = {"meeting_id": meeting_id, "entry_id": entry.id, "verb": verb, "body": body}
    new = insert(meeting_entries).values(**row, at=entry.at, received_at=now).returning(meeting_entries.c.id)
    row_id = int((await db.execute(new)).scalar_one())
    if by is not None:
        await db.execute(insert(meeting_actors), [{"entry_id": row_id, "person_id": by}])
    return True


async def _locked(db: AsyncConnection, meeting_id: int) -> bool:
    v = minutes_versions.c
    query = select(v.id).where(v.meeting_id == meeting_id, v.phase == Phase.LOCKED)
    return (await db.execute(query)).first() is not None


async def note(
    db: AsyncConnection, *, meeting_id: int, verb: Verb, body: Mapping[str, Any], by: int | None, now: datetime
) -> str:
    """An entry that no phone gave an id; answers the id it got."""
    entry = Entry(secrets.token_hex(16), verb, body, now)
    await keep(db, meeting_id=meeting_id, entry=entry, by=by, now=now)
    return entry.id


async def lock(db: AsyncConnection, *, meeting_id: int) -> None:
    """Two who enter at once do so one after the other."""
    await db.execute(select(meetings.c.id).where(meetings.c.id == meeting_id).with_for_update())


async def may_keep(db: AsyncConnection, *, meeting_id: int, person_id: int) -> bool:
    """Its secretary, or a coordinator of its municipality."""
    query = select(meetings.c.municipality_id, meetings.c.secretary_id).where(meetings.c.id == meeting_id)
    row = (await db.execute(query)).first()
    if row is None:
        return False
    if row.secretary_id == person_id:
        return True
    return person_id in await roles.holders(db, action=Action.KEEP_RECORD, municipality_id=row.municipality_id)


async def require_keeper(db: AsyncConnection, *, meeting_id: int, person_id: int) -> None:
    if not await may_keep(db, meeting_id=meeting_id, person_id=person_id):
        raise Refused("not_allowed", action=Action.KEEP_RECORD)


ENDS = (Verb.CLOSED, Verb.ROAD)
# Not begun: what is planned can still be changed, and what did not take place still be answered.
NOT_BEGUN = ~exists().where(meeting_entries.c.meeting_id == meetings.c.id, meeting_entries.c.verb == Verb.OPENED)
OVER = exists().where(meeting_entries.c.meeting_id == meetings.c.id, meeting_entries.c.verb.in_(ENDS))
NOT_LOCKED = ~exists().where(minutes_versions.c.meeting_id == meetings.c.id, minutes_versions.c.phase == Phase.LOCKED)


async def kept_by(db: AsyncConnection, *, person_id: int, which: ColumnElement[bool] | None = None) -> list[int]:
    """The meetings whose record this person keeps, the newest first; of some kind only, where `which` says it."""
    where = await roles.municipalities_where(db, person_id=person_id, action=Action.KEEP_RECORD)
    query = select(meetings.c.id).order_by(meetings.c.id.desc())
    if which is not None:
        query = query.where(which)
    if where is not None:
        query = query.where((meetings.c.secretary_id == person_id) | meetings.c.municipality_id.in_(where))
    return list((await db.execute(query)).scalars())


async def secretary(db: AsyncConnection, *, meeting_id: int) -> int | None:
    """Nobody once they are forgotten."""
    query = select(meetings.c.secretary_id).where(meetings.c.id == meeting_id)
    found: int | None = (await db.execute(query)).scalar()
    return found


async def code(db: AsyncConnection, *, meeting_id: int) -> str:
    found: str = (await db.execute(select(meetings.c.code).where(meetings.c.id == meeting_id))).scalar_one()
    return found


async def open_code(db: AsyncConnection, *, meeting_id: int, until: datetime) -> None:
    """From now on whoever types the code of the screen was there."""
    await db.execute(update(meetings).where(meetings.c.id == meeting_id).values(code_until=until))


async def by_code(db: AsyncConnection, *, code: str, now: datetime) -> int | None:
    query = select(meetings.c.id).where(meetings.c.code == code, meetings.c.code_until > now)
    found: int | None = (await db.execute(query)).scalar()
    return found


async def forget(db: AsyncConnection, *, person_id: int) -> None:
    """What was entered is the meeting's; who entered it is taken from it."""
    await db.execute(delete(meeting_actors).where(meeting_actors.c.person_id == person_id))
    await db.execute(update(meetings).where(meetings.c.secretary_id == person_id).values(secretary_id=None))


async def entered_by(db: AsyncConnection, *, person_id: int) -> int:
    query = select(func.count()).select_from(meeting_actors).where(meeting_actors.c.person_id == person_id)
    return int((await db.execute(query)).scalar_one())
