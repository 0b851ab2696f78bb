"""What the gender-responsive budgeting table of a municipality and a year is made of."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain import gender_budget as rules
from domain.chosen import Result
from domain.gender_budget import First, Line, Table
from domain.people import Action
from domain.promises import due_on
from domain.refusal import Refused
from storage import heads, places, promise_markers, promise_money, promise_people, promise_reading, promises
from storage.places import Place
from storage.promises import Dossier
from storage.tables.choosings import choosings
from storage.tables.places import communities
from storage.tables.promises import promises as promises_table


async def municipalities(db: AsyncConnection, *, person_id: int) -> list[Place]:
    """Those whose table this person may make and that have promises."""
    where = await promise_people.communities_where(db, person_id=person_id, action=Action.MAKE_GENDER_TABLE)
    here = select(communities.c.municipality_id).where(communities.c.id.in_(where))
    query = select(promises_table.c.municipality_id).where(promises_table.c.municipality_id.in_(here)).distinct()
    mine = set((await db.execute(query)).scalars())
    return [one for one in await places.municipalities(db) if one.id in mine]


async def table(
    db: AsyncConnection, *, municipality_id: int, year: int, today: date, language: str, person_id: int
) -> Table:
    if municipality_id not in {one.id for one in await municipalities(db, person_id=person_id)}:
        raise Refused("not_allowed", action=Action.MAKE_GENDER_TABLE)
    query = select(promises_table.c.id).where(promises_table.c.municipality_id == municipality_id)
    found = await promises.dossiers(db, ids=list((await db.execute(query)).scalars()))
    return Table(year, [await _line(db, one, year, language) for one in found if _belongs(one, year, today)])


def _belongs(one: Dossier, year: int, today: date) -> bool:
    """Its day is in that year, or somebody has looked for its money in that year's budget."""
    due = one.verdict(today).due or due_on(one.new.promise)
    looked = any(money.year == year for money in promise_money.stages(one))
    return one.counted and (due.year == year or looked)


async def _line(db: AsyncConnection, one: Dossier, year: int, language: str) -> Line:
    around = await promise_reading.around(db, promise=one.new)
    return Line(
        promise_id=one.id,
        place=around.place.named(language),
        words=one.new.words,
        kind=(around.need.kind if around.need else one.new.kind) or "",
        marker=promise_markers.marker(one),
        money=rules.of_year(promise_money.stages(one), year),
        first=await _first(db, one.new.need_id),
    )


async def _first(db: AsyncConnection, need_id: int | None) -> First:
    if need_id is None:
        return First.UNKNOWN
    head = (await heads.each(db, need_ids=[need_id])).get(need_id)
    if head is None:
        return First.UNKNOWN
    result = await _newest(db, head.village_id)
    if result is None or head.id not in await _heads_of(db, [*result.order, *result.below]):
        return First.UNKNOWN
    women, men = [await _heads_of(db, (those or ())[:1]) for those in (result.women, result.men)]
    return rules.first(head.id, women, men)


async def _heads_of(db: AsyncConnection, need_ids: Sequence[int]) -> list[int]:
    """The lists name the needs as they were when they were made; what was joined since is one."""
    found = await heads.each(db, need_ids=need_ids)
    return [found[need].id for need in need_ids if need in found]


async def _newest(db: AsyncConnection, village_id: int) -> Result | None:
    c = choosings.c
    query = select(c.result).where(c.village_id == village_id, c.settled_at.is_not(None), c.result.is_not(None))
    kept = (await db.execute(query.order_by(c.id.desc()).limit(1))).scalar()
    return None if kept is None else Result.read(kept)
