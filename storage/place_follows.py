"""Who hears once a week what changed with the promises of a village or a municipality."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.board import Here
from storage.new_rows import insert_new
from storage.places import Place
from storage.tables.board import place_follows
from storage.tables.places import communities, municipalities, villages

f, v, c, m = place_follows.c, villages.c, communities.c, municipalities.c


@dataclass(frozen=True, slots=True)
class Followed:
    """A village where `village` is told, else a municipality. What changed from `told_until` on is told next."""

    id: int
    person_id: int
    told_until: datetime
    here: Here
    place: Place

    @property
    def kind(self) -> str:
        return "village" if self.here.village_id else "municipality"


async def follow(
    db: AsyncConnection,
    *,
    person_id: int,
    now: datetime,
    municipality_id: int | None = None,
    village_id: int | None = None,
) -> None:
    """One of the two. Who follows it again hears of what changes from now on."""
    key = {"person_id": person_id, "municipality_id": municipality_id, "village_id": village_id}
    await db.execute(insert_new(db.dialect, place_follows), [{**key, "told_until": now}])
    mine = (f.person_id == person_id, f.municipality_id == municipality_id, f.village_id == village_id)
    again = update(place_follows).where(*mine, f.ended_at.is_not(None))
    await db.execute(again.values(ended_at=None, told_until=now))


async def unfollow(db: AsyncConnection, *, follow_id: int, person_id: int, now: datetime) -> None:
    mine = update(place_follows).where(f.id == follow_id, f.person_id == person_id)
    await db.execute(mine.values(ended_at=now))


def _followed() -> Select[Any]:
    source = place_follows.outerjoin(villages, v.id == f.village_id)
    source = source.outerjoin(communities, c.id == v.community_id)
    source = source.join(municipalities, m.id == func.coalesce(f.municipality_id, c.municipality_id))
    query = select(f.id, f.person_id, f.told_until, m.id, c.id, v.id, v.name_ka, v.name_en, v.code)
    return (
        query.add_columns(m.name_ka, m.name_en, m.code).select_from(source).where(f.ended_at.is_(None)).order_by(f.id)
    )


async def of_person(db: AsyncConnection, *, person_id: int) -> list[Followed]:
    return [_read(row) for row in await db.execute(_followed().where(f.person_id == person_id))]


async def due(db: AsyncConnection, *, before: datetime, most: int) -> list[Followed]:
    """Those that were told last before this moment."""
    return [_read(row) for row in await db.execute(_followed().where(f.told_until < before).limit(most))]


def _read(row: Sequence[Any]) -> Followed:
    follow_id, person_id, told_until, over, community, village, *names = tuple(row)
    place = Place(village, *names[:3]) if village else Place(over, *names[3:])
    return Followed(follow_id, person_id, told_until, Here(over, community, village), place)


async def told(db: AsyncConnection, *, ids: Sequence[int], until: datetime) -> None:
    await db.execute(update(place_follows).where(f.id.in_(ids)).values(told_until=until))


async def forget(db: AsyncConnection, *, person_id: int) -> None:
    await db.execute(delete(place_follows).where(f.person_id == person_id))


async def count(db: AsyncConnection, *, person_id: int) -> int:
    query = select(func.count()).select_from(place_follows).where(f.person_id == person_id, f.ended_at.is_(None))
    return int((await db.execute(query)).scalar_one())
