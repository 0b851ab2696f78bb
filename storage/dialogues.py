"""The dialogue about one village's list, as it stands, and the trail of what was done in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain import dialogue as rules
from domain.dialogue import Event, Party, Talk, Verb
from domain.refusal import Refused
from storage import dialogue_seats
from storage.dialogue_seats import Seat
from storage.tables.dialogues import dialogue_actors, dialogue_events, dialogues


@dataclass(frozen=True, slots=True)
class Dialogue:
    """`seats` has the two officials' places; one that is vacant has no holder."""

    id: int
    poll_id: int
    village_id: int
    group_id: int
    opened_by: int
    talk: Talk
    events: Sequence[Event]
    seats: Mapping[Party, Seat]

    @property
    def vacant(self) -> set[Party]:
        return {party for party, seat in self.seats.items() if seat.vacant}


async def of_village(db: AsyncConnection, *, poll_id: int, village_id: int) -> int | None:
    here = (dialogues.c.poll_id == poll_id, dialogues.c.village_id == village_id)
    found: int | None = (await db.execute(select(dialogues.c.id).where(*here))).scalar()
    return found


async def read(db: AsyncConnection, *, dialogue_id: int) -> Dialogue:
    row = (await db.execute(select(dialogues).where(dialogues.c.id == dialogue_id))).first()
    if row is None:
        raise Refused("gone")
    query = select(dialogue_events).where(dialogue_events.c.dialogue_id == dialogue_id)
    events = [
        Event(each.id, Verb(each.verb), each.body, Party(each.party) if each.party else None, each.name, each.at)
        for each in await db.execute(query.order_by(dialogue_events.c.id))
    ]
    seats = await dialogue_seats.seats(db, dialogue_id=dialogue_id)
    return Dialogue(row.id, row.poll_id, row.village_id, row.group_id, row.opened_by, rules.talk(events), events, seats)


async def lock(db: AsyncConnection, *, dialogue_id: int) -> Dialogue:
    """Two who press at once act one after the other, and the second sees what the first did."""
    await db.execute(select(dialogues.c.id).where(dialogues.c.id == dialogue_id).with_for_update())
    return await read(db, dialogue_id=dialogue_id)


async def note(
    db: AsyncConnection,
    *,
    dialogue_id: int,
    verb: Verb,
    body: Mapping[str, Any],
    now: datetime,
    party: Party | None = None,
    name: str | None = None,
    by: int | None = None,
) -> int:
    row = {"dialogue_id": dialogue_id, "verb": verb, "party": party, "name": name, "body": dict(body), "at": now}
    new = insert(dialogue_events).values(**row).returning(dialogue_events.c.id)
    event_id = int((await db.execute(new)).scalar_one())
    if by is not None:
        await db.execute(insert(dialogue_actors), [{"event_id": event_id, "person_id": by}])
    return event_id


async def over(db: AsyncConnection, *, dialogue_id: int, now: datetime) -> None:
    await db.execute(update(dialogues).where(dialogues.c.id == dialogue_id).values(over_at=now))


async def running(db: AsyncConnection) -> list[int]:
    """Those that the clock still has to do with."""
    query = select(dialogues.c.id).where(dialogues.c.over_at.is_(None)).order_by(dialogues.c.id)
    return list((await db.execute(query)).scalars())


async def of_person(db: AsyncConnection, *, person_id: int) -> list[int]:
    """Where this person speaks for somebody, or is a member of the group; the newest first."""
    groups_, offices = await dialogue_seats.places_of(db, person_id=person_id)
    seated = await dialogue_seats.seated(db, role_ids=offices)
    query = select(dialogues.c.id).where(dialogues.c.group_id.in_(groups_) | dialogues.c.id.in_(seated))
    return list((await db.execute(query.order_by(dialogues.c.id.desc()))).scalars())
