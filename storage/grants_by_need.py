"""Grants that were given for surveyed needs, for everybody: which need, whose money, how much, and what came of it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.grants import PAID, Stage, Step
from storage import grant_applications, grants, needs, places
from storage.needs import Public
from storage.places import Village
from storage.tables.grants import grant_events, grant_needs
from storage.tables.places import communities, villages
from storage.tables.polls import needs as told


@dataclass(frozen=True, slots=True)
class Given:
    """One application with its needs; `granted` says the amount and the day, `stage` how far it is."""

    funder: str
    needs: list[tuple[Village, Public]]
    granted: Step
    stage: Stage

    @property
    def amount(self) -> int:
        return self.granted.amount or 0


async def given(db: AsyncConnection, *, village_ids: Collection[int]) -> list[Given]:
    """The newest first; of the needs only what was released."""
    found = []
    for one in await grant_applications.paid_in(db, village_ids=village_ids):
        granted = one.granted
        if granted is not None:
            call = await grants.call(db, call_id=one.call_id)
            found.append(Given(call.funder, await _placed(db, one.needs), granted, one.stage))
    return found


async def _placed(db: AsyncConnection, need_ids: Collection[int]) -> list[tuple[Village, Public]]:
    placed = []
    for need in await needs.public_each(db, need_ids=list(need_ids)):
        village = await places.village(db, village_id=need.village_id)
        if village is not None:
            placed.append((village, need))
    return placed


async def in_municipality(db: AsyncConnection, *, municipality_id: int) -> list[Given]:
    here = await places.villages_of(db, municipality_id=municipality_id)
    return await given(db, village_ids=[each.place.id for each in here])


async def any_near(db: AsyncConnection, *, village_id: int) -> bool:
    """In the municipality of this village: for what a menu offers."""
    within = select(communities.c.municipality_id).join(villages, villages.c.community_id == communities.c.id)
    within = within.where(villages.c.id == village_id)
    query = select(grant_events.c.id).join(grant_needs, grant_needs.c.application_id == grant_events.c.application_id)
    query = query.join(told, told.c.id == grant_needs.c.need_id).join(villages, villages.c.id == told.c.village_id)
    query = query.join(communities, communities.c.id == villages.c.community_id)
    near = communities.c.municipality_id == within.scalar_subquery()
    return (await db.execute(query.where(near, grant_events.c.stage.in_(PAID)).limit(1))).first() is not None
