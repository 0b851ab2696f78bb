"""Two ballots of one person: the later counts, the other rests; and what they said of a need as a member."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.polls import Origin
from storage.link_trace import Trace
from storage.tables.choosings import ballots, severities


async def bring(db: AsyncConnection, trace: Trace, *, stays_id: int, sleeps_id: int) -> None:
    mine = {row.choosing_id: row for row in await _of(db, stays_id)}
    for brought in await _of(db, sleeps_id):
        twin = mine.get(brought.choosing_id)
        if twin is None:
            await trace.change(ballots.c.person_id, {"id": brought.id}, sleeps_id, stays_id)
        else:
            await _unite(trace, twin, brought)
    await _severities(db, trace, stays_id, sleeps_id)


async def _of(db: AsyncConnection, person_id: int) -> list[Row[Any]]:
    query = select(ballots).where(ballots.c.person_id == person_id, ~ballots.c.rests).order_by(ballots.c.id)
    return list(await db.execute(query))


async def _unite(trace: Trace, mine: Row[Any], brought: Row[Any]) -> None:
    """One that counts goes before one of the open web; of two alike the later."""
    counts = max((mine, brought), key=lambda row: (row.origin != Origin.OPEN_WEB, row.chosen_at))
    if counts is brought:  # the one that rests goes to the sleeper: one ballot for each of the two
        await trace.change(ballots.c.person_id, {"id": mine.id}, mine.person_id, None)
        await trace.change(ballots.c.person_id, {"id": brought.id}, brought.person_id, mine.person_id)
        await trace.change(ballots.c.person_id, {"id": mine.id}, None, brought.person_id)
    rests = brought if counts is mine else mine
    await trace.change(ballots.c.rests, {"id": rests.id}, False, True)


async def _severities(db: AsyncConnection, trace: Trace, stays_id: int, sleeps_id: int) -> None:
    """What the one who stays said of a need stands."""
    query = select(severities.c.need_id).where(severities.c.person_id == stays_id)
    said = set((await db.execute(query)).scalars())
    theirs = select(severities).where(severities.c.person_id == sleeps_id).order_by(severities.c.need_id)
    for row in (await db.execute(theirs)).all():
        if row.need_id not in said:
            await trace.change(severities.c.person_id, {"need_id": row.need_id}, sleeps_id, stays_id)
