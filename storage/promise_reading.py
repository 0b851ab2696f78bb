"""What stands around a promise when people read it: the place and the need it is for."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import exists, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.needs import Life
from storage import heads, needs, places
from storage.needs import Public
from storage.places import Place
from storage.promises import Dossier, NewPromise, dossiers
from storage.tables.places import villages
from storage.tables.polls import needs as needs_
from storage.tables.polls import supports
from storage.tables.promises import promises as promises_

MOST_NEEDS = 60  # to choose from, the newest first


@dataclass(frozen=True, slots=True)
class Around:
    """`place` is the village, or the community when the promise is for all of it."""

    place: Place
    whole_community: bool
    need: Public | None


async def around(db: AsyncConnection, *, promise: NewPromise) -> Around:
    need = await needs.public(db, need_id=promise.need_id) if promise.need_id else None
    return Around(await _place(db, promise), promise.village_id is None, need)


async def _place(db: AsyncConnection, promise: NewPromise) -> Place:
    if promise.village_id is not None:
        village = await places.village(db, village_id=promise.village_id)
        if village is not None:
            return village.place
    return (await places.communities_named(db, community_ids=[promise.community_id]))[0]


async def released_needs(db: AsyncConnection, *, community_id: int, village_id: int | None) -> list[Public]:
    """Those whose words others may read, as they were sorted: of the village, or of all villages of the community."""
    here = needs_.c.village_id == village_id
    if village_id is None:
        here = needs_.c.village_id.in_(select(villages.c.id).where(villages.c.community_id == community_id))
    stands = exists().where(supports.c.need_id == needs_.c.id)
    half = needs_.c.words.is_(None) & (needs_.c.state == Life.REWORDED)  # nobody told it: the desk split it off
    query = select(needs_.c.id).where(here, stands | half).order_by(needs_.c.id.desc())
    ids = (await db.execute(query)).scalars().all()
    return [need for need in await needs.public_each(db, need_ids=ids) if need.words][:MOST_NEEDS]


async def villages_with_promises(db: AsyncConnection) -> list[Place]:
    made = exists().where(
        promises_.c.community_id == villages.c.community_id,
        promises_.c.village_id.is_(None) | (promises_.c.village_id == villages.c.id),
    )
    query = select(villages.c.id, villages.c.name_ka, villages.c.name_en, villages.c.code).where(made)
    return [Place(*row) for row in await db.execute(query.order_by(villages.c.name_ka))]


async def any_promise(db: AsyncConnection) -> bool:
    return (await db.execute(select(promises_.c.id).limit(1))).first() is not None


async def for_need(db: AsyncConnection, *, need_id: int) -> list[Dossier]:
    """What was promised for it, or for what it was joined with."""
    family = await heads.family(db, need_id=need_id)
    ids = (await db.execute(select(promises_.c.id).where(promises_.c.need_id.in_(family)))).scalars().all()
    return await dossiers(db, ids=ids)
