"""Where people live: municipality, community, village, found by steps or by the code of a link."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, Select, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.tables.places import communities as communities_
from storage.tables.places import municipalities as municipalities_
from storage.tables.places import villages as villages_


@dataclass(frozen=True, slots=True)
class Place:
    """`code` stands for a municipality or a village in links; a community has none."""

    id: int
    ka: str
    en: str
    code: str = ""

    def named(self, language: str) -> str:
        """Georgian letters for those who read Georgian, Latin ones for everybody else."""
        return self.ka if language == "ka" else self.en


@dataclass(frozen=True, slots=True)
class Village:
    """A village with the places it lies in."""

    place: Place
    community: Place
    municipality: Place


async def municipalities(db: AsyncConnection) -> list[Place]:
    m = municipalities_.c
    return [Place(*row) for row in await db.execute(select(m.id, m.name_ka, m.name_en, m.code).order_by(m.name_ka))]


async def communities(db: AsyncConnection, *, municipality_id: int) -> list[Place]:
    c = communities_.c
    query = select(c.id, c.name_ka, c.name_en).where(c.municipality_id == municipality_id)
    return [Place(*row) for row in await db.execute(query.order_by(c.name_ka))]


async def villages(db: AsyncConnection, *, community_id: int) -> list[Place]:
    v = villages_.c
    query = select(v.id, v.name_ka, v.name_en, v.code).where(v.community_id == community_id)
    return [Place(*row) for row in await db.execute(query.order_by(v.name_ka))]


async def villages_of(db: AsyncConnection, *, municipality_id: int) -> list[Village]:
    """All villages of a municipality, community by community."""
    query = _villages().where(municipalities_.c.id == municipality_id)
    rows = await db.execute(query.order_by(communities_.c.name_ka, villages_.c.name_ka))
    return [_village(row) for row in rows]


async def villages_named(db: AsyncConnection, *, village_ids: Collection[int]) -> list[Village]:
    """In the order of their names."""
    rows = await db.execute(_villages().where(villages_.c.id.in_(village_ids)).order_by(villages_.c.name_ka))
    return [_village(row) for row in rows]


async def village_by_code(db: AsyncConnection, *, code: str) -> Village | None:
    return await _one(db, _villages().where(villages_.c.code == code))


async def village(db: AsyncConnection, *, village_id: int) -> Village | None:
    return await _one(db, _villages().where(villages_.c.id == village_id))


async def population(db: AsyncConnection, *, village_id: int) -> int | None:
    """None where the list of places did not say."""
    query = select(villages_.c.population).where(villages_.c.id == village_id)
    counted: int | None = (await db.execute(query)).scalar()
    return counted


async def municipality(db: AsyncConnection, *, municipality_id: int) -> Place | None:
    return next((place for place in await municipalities(db) if place.id == municipality_id), None)


async def municipality_named(db: AsyncConnection, *, name: str) -> int | None:
    """By its name in either alphabet, or its code."""
    wanted = name.casefold().strip()
    for place in await municipalities(db):
        if wanted in (place.ka.casefold(), place.en.casefold(), place.code):
            return place.id
    return None


async def community_named(db: AsyncConnection, *, name: str) -> int | None:
    """By its name in either alphabet; the first where two are called alike."""
    wanted = name.casefold().strip()
    for place in await municipalities(db):
        for one in await communities(db, municipality_id=place.id):
            if wanted in (one.ka.casefold(), one.en.casefold()):
                return one.id
    return None


async def municipality_of(db: AsyncConnection, *, community_id: int) -> int | None:
    query = select(communities_.c.municipality_id).where(communities_.c.id == community_id)
    return (await db.execute(query)).scalar()


async def communities_named(db: AsyncConnection, *, community_ids: Sequence[int]) -> list[Place]:
    c = communities_.c
    query = select(c.id, c.name_ka, c.name_en).where(c.id.in_(community_ids))
    return [Place(*row) for row in await db.execute(query.order_by(c.name_ka))]


def _villages() -> Select[Any]:
    source = villages_.join(communities_, communities_.c.id == villages_.c.community_id)
    source = source.join(municipalities_, municipalities_.c.id == communities_.c.municipality_id)
    v, c, m = villages_.c, communities_.c, municipalities_.c
    return select(
        v.id, v.name_ka, v.name_en, v.code, c.id, c.name_ka, c.name_en, m.id, m.name_ka, m.name_en, m.code
    ).select_from(source)


async def _one(db: AsyncConnection, query: Select[Any]) -> Village | None:
    row = (await db.execute(query)).first()
    return None if row is None else _village(row)


def _village(row: Row[Any]) -> Village:
    values = tuple(row)
    return Village(Place(*values[:4]), Place(*values[4:7]), Place(*values[7:]))
