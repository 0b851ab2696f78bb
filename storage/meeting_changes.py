"""What is changed about a round table after the invitations went out; everybody who was invited is told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.meetings.agenda import check_notice
from domain.meetings.entries import Verb
from domain.meetings.record import Answer, Record, Side, Source, State
from domain.refusal import Refused
from storage import meeting_guests, meeting_reminders, meetings, telling
from storage.tables.meetings import meeting_communities
from storage.tables.meetings import meetings as meetings_
from storage.tables.roles import groups, roles


async def move(
    db: AsyncConnection, *, meeting_id: int, place: str, starts_at: datetime, by: int, now: datetime, zone: ZoneInfo
) -> None:
    record = await _planned(db, meeting_id, by, zone)
    if starts_at != record.starts_at:
        check_notice(starts_at.astimezone(zone).date(), now.astimezone(zone).date())
    body = {"place": place, "starts_at": starts_at.isoformat()}
    await meetings.note(db, meeting_id=meeting_id, verb=Verb.PLANNED, body=body, by=by, now=now)
    await _tell(db, record, by, "moved", now)


async def agenda(
    db: AsyncConnection, *, meeting_id: int, items: Sequence[dict[str, Any]], by: int, now: datetime, zone: ZoneInfo
) -> None:
    record = await _planned(db, meeting_id, by, zone)
    await meetings.note(db, meeting_id=meeting_id, verb=Verb.AGENDA, body={"items": list(items)}, by=by, now=now)
    await _tell(db, record, by, "agenda", now)


async def name_secretary(db: AsyncConnection, *, meeting_id: int, person_id: int, by: int, now: datetime) -> None:
    """Of the groups that sit there; who wrote until now writes no longer."""
    await meetings.require_keeper(db, meeting_id=meeting_id, person_id=by)
    if person_id not in {each.person_id for each in await members(db, meeting_id=meeting_id)}:
        raise Refused("gone")
    await db.execute(update(meetings_).where(meetings_.c.id == meeting_id).values(secretary_id=person_id))
    thing = f"meeting:{meeting_id}:secretary:{now:%Y%m%d%H%M%S}"
    where = {"thing": thing, "conversation": "meeting_secretary", "args": {"meeting": meeting_id}}
    await telling.tell(db, person_id=person_id, **where, now=now)  # type: ignore[arg-type]


async def members(db: AsyncConnection, *, meeting_id: int) -> Sequence[Any]:
    """(person_id, name, group) of the groups whose communities sit there."""
    c = meeting_communities.c
    query = select(roles.c.person_id, roles.c.name, groups.c.name.label("group")).distinct()
    query = query.join(groups, groups.c.id == roles.c.group_id).join_from(groups, meeting_communities, _same)
    query = query.where(c.meeting_id == meeting_id, roles.c.ended_at.is_(None))
    return (await db.execute(query.order_by(roles.c.person_id))).all()


_same = groups.c.community_id == meeting_communities.c.community_id


async def another_road(
    db: AsyncConnection,
    *,
    meeting_id: int,
    source: Source,
    registry: str,
    stamp: str,
    day: date,
    by: int,
    now: datetime,
) -> None:
    """The municipality did not come: the issues go as a letter, to a session, or to the yearly report."""
    await meetings.require_keeper(db, meeting_id=meeting_id, person_id=by)
    record = await meetings.read(db, meeting_id=meeting_id, zone=meetings.ANYWHERE)
    if record.state not in (State.PLANNED, State.NOT_HELD) or not record.may_be_missed(now):
        raise Refused("meeting_ahead")
    body = {"source": source, "registry": registry, "stamp": stamp, "day": day.isoformat()}
    await meetings.note(db, meeting_id=meeting_id, verb=Verb.ROAD, body=body, by=by, now=now)


async def answered(
    db: AsyncConnection,
    *,
    record: Record,
    item: str,
    branch: Side,
    answer: Answer,
    words: str,
    registry: str,
    by: int,
    now: datetime,
) -> None:
    """An answer like any other; its source is the road that the issues took."""
    await meetings.require_keeper(db, meeting_id=record.id, person_id=by)
    if record.road is None or record.item(item) is None:
        raise Refused("gone")
    body = {"item": item, "branch": branch, "answer": answer, "words": words}
    body |= {"source": record.road.source, "registry": registry}
    await meetings.note(db, meeting_id=record.id, verb=Verb.ANSWERED, body=body, by=by, now=now)


async def _planned(db: AsyncConnection, meeting_id: int, by: int, zone: ZoneInfo) -> Record:
    await meeting_guests.require_host(db, meeting_id=meeting_id, person_id=by)
    await meetings.lock(db, meeting_id=meeting_id)
    record = await meetings.read(db, meeting_id=meeting_id, zone=zone)
    meeting_guests.require_planned(record)
    return record


async def _tell(db: AsyncConnection, record: Record, by: int, what: str, now: datetime) -> None:
    people = {*await meeting_reminders.chats(db, record=record), await meetings.secretary(db, meeting_id=record.id)}
    hear = sorted(each for each in people if each not in (None, by))
    thing = f"meeting:{record.id}:changed:{record.entries}"
    args = {"meeting": record.id, "what": what}
    await telling.tell_all(db, people_ids=hear, thing=thing, conversation="meeting_changed", args=args, now=now)
    await meeting_reminders.hand_on(db, record=record, thing=thing, what=what, now=now)
