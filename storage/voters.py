"""How many voters a village and its municipality have, as far as the list of places says."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.tables.places import communities, villages


@dataclass(frozen=True, slots=True)
class Voters:
    """None where it is not known; the municipality's only when it is known of every village."""

    village: int | None = None
    municipality: int | None = None


async def voters(db: AsyncConnection, *, village_id: int | None) -> Voters:
    if village_id is None:
        return Voters()
    v, c = villages.c, communities.c
    here = (await db.execute(select(v.voters, v.community_id).where(v.id == village_id))).first()
    if here is None:
        return Voters()
    within = select(c.municipality_id).where(c.id == here.community_id).scalar_subquery()
    every = select(func.sum(v.voters), func.count(), func.count(v.voters))
    every = every.select_from(villages.join(communities, c.id == v.community_id)).where(c.municipality_id == within)
    total, all_, told = (await db.execute(every)).one()
    return Voters(here.voters, int(total) if all_ == told else None)
