"""Places as the public board looks for them: by number, and villages by their name in any spelling."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Row, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.words import letters
from domain.words.meaning import in_georgian
from storage.places import Place, Village
from storage.promises import NewPromise
from storage.tables.places import communities, municipalities, villages

MOST = 20
SHORTEST = 2  # letters of a name


async def community(db: AsyncConnection, *, community_id: int) -> tuple[Place, Place] | None:
    """With its municipality."""
    c, m = communities.c, municipalities.c
    query = select(c.id, c.name_ka, c.name_en, m.id, m.name_ka, m.name_en, m.code)
    query = query.join_from(communities, municipalities, m.id == c.municipality_id).where(c.id == community_id)
    row = (await db.execute(query)).first()
    return None if row is None else (Place(*tuple(row)[:3]), Place(*tuple(row)[3:]))


async def names(db: AsyncConnection, *, promises: Sequence[NewPromise]) -> dict[tuple[int | None, int], Place]:
    """By village and community: the village, or the community where it is for all of it."""
    v, c = villages.c, communities.c
    ids = {one.village_id for one in promises if one.village_id}
    over = {one.community_id for one in promises if not one.village_id}
    found: dict[tuple[int | None, int], Place] = {}
    if ids:
        query = select(v.community_id, v.id, v.name_ka, v.name_en, v.code).where(v.id.in_(ids))
        found |= {(row.id, row.community_id): Place(*tuple(row)[1:]) for row in await db.execute(query)}
    if over:
        query = select(c.id, c.name_ka, c.name_en).where(c.id.in_(over))
        found |= {(None, row.id): Place(*row) for row in await db.execute(query)}
    return found


async def villages_named(db: AsyncConnection, *, words: str, municipality_id: int | None) -> list[Village]:
    plain = letters.plain(words)
    if len(plain) < SHORTEST:
        return []
    v, c, m = villages.c, communities.c, municipalities.c
    source = villages.join(communities, c.id == v.community_id).join(municipalities, m.id == c.municipality_id)
    query = select(v.id, v.name_ka, v.name_en, v.code, c.id, c.name_ka, c.name_en, m.id, m.name_ka, m.name_en, m.code)
    georgian = {plain, letters.plain(in_georgian(plain)), letters.plain(letters.from_acad(words))}
    named = [v.name_ka.contains(each, autoescape=True) for each in sorted(georgian)]
    named.append(func.lower(v.name_en).contains(plain, autoescape=True))
    query = query.select_from(source).where(or_(*named))
    query = query.where(m.id == municipality_id) if municipality_id else query
    return [_village(row) for row in await db.execute(query.order_by(v.name_ka, v.id).limit(MOST))]


def _village(row: Row[tuple[object, ...]] | Sequence[object]) -> Village:
    values = tuple(row)
    return Village(Place(*values[:4]), Place(*values[4:7]), Place(*values[7:]))  # type: ignore[arg-type]
