"""Minutes as they stand: their versions, and what those who attended wish changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import cast
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain import minutes as rules
from domain.ledger import canonical
from domain.meetings.record import State
from domain.minutes import Amendment, Minutes, Phase, Seat
from domain.minutes_body import Body, Receiver
from domain.minutes_writing import Places, write
from domain.refusal import Refused
from storage import meetings, places
from storage.jsontext import loads
from storage.places import Place
from storage.tables.minutes import minutes_amendments, minutes_verdicts, minutes_versions


@dataclass(frozen=True, slots=True)
class Version:
    """`hash`: the SHA-256 of what it says."""

    meeting_id: int
    version: int
    phase: Phase
    until: date | None
    body: Body
    hash: str
    made_at: datetime


async def newest(db: AsyncConnection, *, meeting_id: int) -> Version | None:
    v = minutes_versions.c
    row = (await db.execute(select(minutes_versions).where(v.meeting_id == meeting_id).order_by(v.id.desc()))).first()
    if row is None:
        return None
    return Version(
        row.meeting_id, row.version, Phase(row.phase), row.until, cast("Body", loads(row.body)), row.hash, row.made_at
    )


async def standing(db: AsyncConnection, *, meeting_id: int) -> Minutes:
    found = await newest(db, meeting_id=meeting_id)
    amendments = await amended(db, meeting_id=meeting_id)
    if found is None:
        return Minutes(Phase.DRAFT, 0, None, amendments)
    return Minutes(found.phase, found.version, found.until, amendments)


async def amended(db: AsyncConnection, *, meeting_id: int) -> list[Amendment]:
    return await _amended(db, minutes_amendments.c.meeting_id == meeting_id)


async def amendment(db: AsyncConnection, *, amendment_id: int) -> Amendment:
    """Raises LookupError when there is none."""
    found = await _amended(db, minutes_amendments.c.id == amendment_id)
    if not found:
        raise LookupError(f"there is no amendment {amendment_id}")
    return found[0]


async def _amended(db: AsyncConnection, which: ColumnElement[bool]) -> list[Amendment]:
    asked = list(await db.execute(select(minutes_amendments).where(which).order_by(minutes_amendments.c.id)))
    said = select(minutes_verdicts).where(minutes_verdicts.c.amendment_id.in_([each.id for each in asked]))
    verdicts = list(await db.execute(said.order_by(minutes_verdicts.c.at)))
    found = []
    for row in asked:
        mine = [each for each in verdicts if each.amendment_id == row.id]
        about = {Seat(each.seat): bool(each.accepted) for each in mine}
        reason = next((each.reason for each in mine if each.reason), None)
        found.append(Amendment(row.id, row.name, row.office, row.item, row.words, row.at, about, reason))
    return found


async def draft(db: AsyncConnection, *, meeting_id: int, by: int, now: datetime, zone: ZoneInfo) -> Version:
    """From everything that was entered so far. Raises Refused until the meeting is over."""
    await meetings.require_keeper(db, meeting_id=meeting_id, person_id=by)
    await meetings.lock(db, meeting_id=meeting_id)
    (await standing(db, meeting_id=meeting_id)).require_unlocked()
    return await _add(db, meeting_id, Phase.DRAFT, None, await composed(db, meeting_id=meeting_id, zone=zone), now)


async def open_(db: AsyncConnection, *, meeting_id: int, days: int, by: int, now: datetime, zone: ZoneInfo) -> Version:
    """For those who attended, until the day that comes out of `days`."""
    await meetings.require_keeper(db, meeting_id=meeting_id, person_id=by)
    await meetings.lock(db, meeting_id=meeting_id)
    stand = await standing(db, meeting_id=meeting_id)
    stand.require_unlocked()
    if stand.phase is Phase.OPEN:
        raise Refused("already_decided")
    until = rules.closing(now.astimezone(zone).date(), days)
    body = await composed(db, meeting_id=meeting_id, zone=zone, until=until)
    return await _add(db, meeting_id, Phase.OPEN, until, body, now)


async def lock(
    db: AsyncConnection, *, meeting_id: int, sent_to: Sequence[Receiver], by: int, now: datetime, zone: ZoneInfo
) -> Version:
    """From here on the database itself refuses every change of what these minutes rest on."""
    await meetings.require_keeper(db, meeting_id=meeting_id, person_id=by)
    await meetings.lock(db, meeting_id=meeting_id)
    stand = await standing(db, meeting_id=meeting_id)
    stand.require_lockable(now.astimezone(zone).date())
    body = await composed(db, meeting_id=meeting_id, zone=zone, until=stand.until, sent_to=sent_to)
    return await _add(db, meeting_id, Phase.LOCKED, stand.until, body, now)


async def composed(
    db: AsyncConnection,
    *,
    meeting_id: int,
    zone: ZoneInfo,
    until: date | None = None,
    sent_to: Sequence[Receiver] = (),
) -> Body:
    record = await meetings.read(db, meeting_id=meeting_id, zone=zone)
    if record.state not in (State.CLOSED, State.NOT_HELD):
        raise Refused("meeting_not_over")
    where = await places.municipality(db, municipality_id=record.municipality_id)
    if where is None:
        raise Refused("gone")
    seats = await places.communities_named(db, community_ids=record.community_ids)
    villages = await places.villages_named(db, village_ids={item.village_id for item in record.items})
    named = Places(
        _names(where), {each.id: _names(each) for each in seats}, {v.place.id: _names(v.place) for v in villages}
    )
    amendments = await amended(db, meeting_id=meeting_id)
    return write(record, named, zone=zone, amendments=amendments, until=until, sent_to=sent_to)


def _names(place: Place) -> dict[str, str]:
    return {"ka": place.ka, "en": place.en}


async def _add(
    db: AsyncConnection, meeting_id: int, phase: Phase, until: date | None, body: Body, now: datetime
) -> Version:
    """What says the same in the same phase is no other version."""
    before, digest = await newest(db, meeting_id=meeting_id), rules.fingerprint(body)
    if before is not None and (before.phase, before.until, before.hash) == (phase, until, digest):
        return before
    number = (before.version if before else 0) + 1
    row = {"meeting_id": meeting_id, "version": number, "phase": phase, "until": until, "made_at": now}
    text = canonical(body).decode()
    await db.execute(insert(minutes_versions).values(**row, body=text, hash=digest))
    return Version(meeting_id, number, phase, until, body, digest, now)
