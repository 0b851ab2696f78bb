"""Who speaks for whom in a dialogue: leaders and elected for the group, an official or a colleague for an office."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain import dialogue as rules
from domain.dialogue import SEATS, Party
from domain.people import OFFICES, Role
from domain.refusal import Refused
from storage import representatives
from storage import roles as roles_of
from storage.tables.dialogues import colleagues, dialogue_actors, dialogue_events, dialogue_seats
from storage.tables.roles import roles


@dataclass(frozen=True, slots=True)
class Seat:
    """`role_id`, `person_id` and `name` are those of who holds the office now; None while it is vacant."""

    party: Party
    role_id: int | None = None
    person_id: int | None = None
    name: str | None = None

    @property
    def vacant(self) -> bool:
        return self.person_id is None


@dataclass(frozen=True, slots=True)
class Actor:
    """For whom a person speaks here. `name` is the official, as the public reads it, and None for the group;
    `through` is the colleague who answers in the office's name."""

    party: Party
    name: str | None = None
    through: str | None = None


async def sit(
    db: AsyncConnection, *, dialogue_id: int, party: Party, role_id: int | None, group_id: int, now: datetime
) -> None:
    if role_id is not None:
        municipality_id = await roles_of.municipality_of(db, group_id=group_id)
        if role_id not in {one.role_id for one in await holders(db, party=party, municipality_id=municipality_id)}:
            raise Refused("gone")
    row = {"dialogue_id": dialogue_id, "party": party, "role_id": role_id, "seated_at": now}
    await db.execute(insert(dialogue_seats), [row])


async def reseat(
    db: AsyncConnection, *, dialogue_id: int, group_id: int, party: Party, role_id: int, by: int, now: datetime
) -> None:
    """The post has a new holder, or had none before. Who holds it now cannot be pushed aside."""
    await require_group(db, person_id=by, group_id=group_id)
    if not (await seats(db, dialogue_id=dialogue_id))[party].vacant:
        raise Refused("already_decided")
    await sit(db, dialogue_id=dialogue_id, party=party, role_id=role_id, group_id=group_id, now=now)


async def holders(db: AsyncConnection, *, party: Party, municipality_id: int | None) -> list[Seat]:
    """The confirmed trustees, or deputies, of a municipality."""
    query = select(roles).where(
        roles.c.role == Role(party.value),
        roles.c.municipality_id == municipality_id,
        roles.c.confirmed_at.is_not(None),
        roles.c.ended_at.is_(None),
    )
    return [_seat(party, row) for row in await db.execute(query.order_by(roles.c.name, roles.c.id))]


async def seats(db: AsyncConnection, *, dialogue_id: int) -> Mapping[Party, Seat]:
    query = select(dialogue_seats.c.party, roles).outerjoin_from(
        dialogue_seats, roles, roles.c.id == dialogue_seats.c.role_id
    )
    rows = await db.execute(query.where(dialogue_seats.c.dialogue_id == dialogue_id).order_by(dialogue_seats.c.id))
    found = {party: Seat(party) for party in SEATS}
    for row in rows:
        found[Party(row.party)] = _seat(Party(row.party), row)
    return found


def _seat(party: Party, row: Any) -> Seat:
    if row.id is None or row.ended_at is not None or row.confirmed_at is None:
        return Seat(party)
    return Seat(party, row.id, row.person_id, ", ".join(filter(None, (row.name, row.office))))


async def actor(db: AsyncConnection, *, person_id: int, dialogue_id: int, group_id: int) -> Actor:
    """Raises Refused where they speak for nobody here, or have spoken for another party before."""
    found = await _spoken_for(db, person_id, dialogue_id, group_id)
    if not found:
        raise Refused("not_allowed")
    party = next(iter(found))
    rules.one_party(party, {*found, *await _acted_for(db, person_id, dialogue_id)})
    if party is Party.GROUP:
        await require_group(db, person_id=person_id, group_id=group_id)
    return found[party]


async def party_of(db: AsyncConnection, *, person_id: int, dialogue_id: int, group_id: int) -> Party | None:
    """For what is shown; `actor` decides."""
    return next(iter(await _spoken_for(db, person_id, dialogue_id, group_id)), None)


async def _spoken_for(db: AsyncConnection, person_id: int, dialogue_id: int, group_id: int) -> dict[Party, Actor]:
    found: dict[Party, Actor] = {}
    if person_id in await representatives.speakers(db, group_id=group_id):
        found[Party.GROUP] = Actor(Party.GROUP)
    for party, seat in (await seats(db, dialogue_id=dialogue_id)).items():
        if seat.person_id == person_id:
            found[party] = Actor(party, seat.name)
        elif seat.role_id is not None and (name := await colleague(db, person_id=person_id, role_id=seat.role_id)):
            found[party] = Actor(party, seat.name, name)
    return found


async def require_group(db: AsyncConnection, *, person_id: int, group_id: int) -> None:
    """A leader who holds an office of the municipality, confirmed or not, does not speak for the group any more."""
    if person_id not in await representatives.speakers(db, group_id=group_id):
        raise Refused("not_allowed")
    municipality_id = await roles_of.municipality_of(db, group_id=group_id)
    query = select(roles.c.id).where(
        roles.c.person_id == person_id,
        roles.c.role.in_(OFFICES),
        roles.c.municipality_id == municipality_id,
        roles.c.ended_at.is_(None),
    )
    if (await db.execute(query.limit(1))).first() is not None:
        raise Refused("two_parties")


async def _acted_for(db: AsyncConnection, person_id: int, dialogue_id: int) -> set[Party]:
    query = select(dialogue_events.c.party).join(dialogue_actors, dialogue_actors.c.event_id == dialogue_events.c.id)
    here = (dialogue_actors.c.person_id == person_id, dialogue_events.c.dialogue_id == dialogue_id)
    return {Party(party) for party in (await db.execute(query.where(*here).distinct())).scalars() if party}


async def colleague(db: AsyncConnection, *, person_id: int, role_id: int) -> str | None:
    """The name of this person, where they answer for whoever holds that role."""
    here = (colleagues.c.person_id == person_id, colleagues.c.role_id == role_id, colleagues.c.ended_at.is_(None))
    found: str | None = (await db.execute(select(colleagues.c.name).where(*here))).scalar()
    return found


async def voices(db: AsyncConnection, *, dialogue_id: int, party: Party) -> list[int]:
    """Who hears what is said to that office: its holder and their colleagues."""
    seat = (await seats(db, dialogue_id=dialogue_id))[party]
    if seat.person_id is None:
        return []
    here = (colleagues.c.role_id == seat.role_id, colleagues.c.ended_at.is_(None), colleagues.c.person_id.is_not(None))
    return [seat.person_id, *(await db.execute(select(colleagues.c.person_id).where(*here))).scalars()]


async def places_of(db: AsyncConnection, *, person_id: int) -> tuple[set[int], set[int]]:
    """(groups this person is in, roles of officials this person speaks for)."""
    query = select(roles.c.id, roles.c.group_id, roles.c.role, roles.c.confirmed_at)
    rows = (await db.execute(query.where(roles.c.person_id == person_id, roles.c.ended_at.is_(None)))).all()
    invited = select(colleagues.c.role_id).where(colleagues.c.person_id == person_id, colleagues.c.ended_at.is_(None))
    own = {row.id for row in rows if row.role in OFFICES and row.confirmed_at is not None}
    return {row.group_id for row in rows if row.group_id is not None}, own | set((await db.execute(invited)).scalars())


async def seated(db: AsyncConnection, *, role_ids: Collection[int]) -> set[int]:
    query = select(dialogue_seats.c.dialogue_id).where(dialogue_seats.c.role_id.in_(role_ids))
    return set((await db.execute(query)).scalars())
