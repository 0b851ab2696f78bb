"""How bad the members of a group find each need of their village, and for how many."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain import severity as rules
from domain.people import Action
from domain.severity import Said, Spot
from storage import heads, reach
from storage.heads import Head
from storage.tables.choosings import severities
from storage.tables.polls import needs


async def say(db: AsyncConnection, *, need_id: int, person_id: int, severity: int, reach_: int, now: datetime) -> None:
    """In place of what this member said before."""
    rules.check(severity, reach_)
    village = select(needs.c.village_id).where(needs.c.id == need_id)
    village_id = int((await db.execute(village)).scalar_one())
    await reach.require(db, person_id=person_id, action=Action.WEIGH_NEEDS, village_id=village_id)
    mine = (severities.c.need_id == need_id, severities.c.person_id == person_id)
    await db.execute(delete(severities).where(*mine))
    row = {"need_id": need_id, "person_id": person_id, "severity": severity, "reach": reach_, "said_at": now}
    await db.execute(insert(severities), [row])


async def spots(
    db: AsyncConnection, *, poll_id: int, village_id: int, person_id: int
) -> tuple[list[Spot], dict[int, Head]]:
    """The group's own view, for its members; with the needs that it names."""
    await reach.require(db, person_id=person_id, action=Action.WEIGH_NEEDS, village_id=village_id)
    listed = {head.id: head for head in await heads.listed(db, poll_id=poll_id, village_id=village_id)}
    head_of = {need: head.id for head in listed.values() for need in head.needs}
    rows = await db.execute(select(severities).where(severities.c.need_id.in_(head_of)))
    said = [Said(row.need_id, row.person_id, row.severity, row.reach) for row in rows]
    return rules.spots(said, head_of), listed


async def unsaid(db: AsyncConnection, *, poll_id: int, village_id: int, person_id: int) -> list[int]:
    """The needs of which this member has said nothing, in the order in which they were told."""
    listed = await heads.listed(db, poll_id=poll_id, village_id=village_id)
    mine = select(severities.c.need_id).where(severities.c.person_id == person_id)
    said = set((await db.execute(mine)).scalars())
    return [head.id for head in listed if not said.intersection(head.needs)]
