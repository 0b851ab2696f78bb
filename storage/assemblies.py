"""Village support assemblies: set, moved, told of around their day, and what came of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Row, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.assembly import Outcome, require_in_season
from domain.people import Action
from domain.refusal import Refused
from storage import agreed, choosings, chosen, heads, polls, reach, telling
from storage.heads import Head
from storage.tables.assemblies import assemblies, assembly_outcomes

_a, _o = assemblies.c, assembly_outcomes.c


@dataclass(frozen=True, slots=True)
class Assembly:
    """`moved` counts how often its day or place changed; `outcome` is None until somebody told it."""

    id: int
    village_id: int
    starts_at: datetime
    place: str
    moved: int
    set_by: int | None
    outcome: Outcome | None

    def over(self, now: datetime) -> bool:
        return self.starts_at <= now


async def read(db: AsyncConnection, *, assembly_id: int) -> Assembly:
    row = (await db.execute(select(assemblies).where(_a.id == assembly_id))).first()
    if row is None:
        raise Refused("gone")
    return await _assembly(db, row)


async def newest(db: AsyncConnection, *, village_id: int | None) -> Assembly | None:
    """The coming one, or the last there was."""
    query = select(assemblies).where(_a.village_id == village_id).order_by(_a.year.desc()).limit(1)
    row = None if village_id is None else (await db.execute(query)).first()
    return None if row is None else await _assembly(db, row)


async def _assembly(db: AsyncConnection, row: Row[Any]) -> Assembly:
    query = select(_o.women, _o.men, _o.need_id, _o.place, _o.words).where(_o.assembly_id == row.id)
    told = (await db.execute(query.order_by(_o.id.desc()).limit(1))).first()
    outcome = None if told is None else Outcome(*told)
    return Assembly(row.id, row.village_id, row.starts_at, row.place, row.moved, row.set_by, outcome)


async def set_(
    db: AsyncConnection, *, village_id: int, starts_at: datetime, place: str, by: int, now: datetime, zone: ZoneInfo
) -> int:
    """Its day and place, or other ones; everybody who lives there hears of it. Answers how many."""
    await reach.require(db, person_id=by, action=Action.SET_ASSEMBLY, village_id=village_id)
    day = starts_at.astimezone(zone).date()
    require_in_season(day, now.astimezone(zone).date())
    if starts_at <= now:
        raise Refused("assembly_is_past")
    known = select(assemblies).where(_a.village_id == village_id, _a.year == day.year)
    row = (await db.execute(known.with_for_update())).first()
    if row is None:
        return await _call(db, village_id, day.year, starts_at, place, by, now)
    before = await _assembly(db, row)
    if before.over(now) or before.outcome is not None:
        raise Refused("assembly_over")
    return await _move(db, before, starts_at, place, by, now)


async def _call(
    db: AsyncConnection, village_id: int, year: int, starts_at: datetime, place: str, by: int, now: datetime
) -> int:
    row = {"village_id": village_id, "year": year, "starts_at": starts_at, "place": place, "set_by": by}
    new = int((await db.execute(insert(assemblies).values(**row).returning(_a.id))).scalar_one())
    return await _tell(db, new, village_id, "assembly_called", 0, now)


async def _move(db: AsyncConnection, before: Assembly, starts_at: datetime, place: str, by: int, now: datetime) -> int:
    """Reminders begin anew with the day."""
    moved = before.moved + 1
    values = {"starts_at": starts_at, "place": place, "set_by": by, "moved": moved, "told": 0}
    await db.execute(update(assemblies).where(_a.id == before.id).values(**values))
    return await _tell(db, before.id, before.village_id, "assembly_moved", moved, now)


async def _tell(
    db: AsyncConnection, assembly_id: int, village_id: int, conversation: str, number: int, now: datetime
) -> int:
    people = await polls.residents(db, villages=[village_id])
    thing, args = f"{conversation}:{assembly_id}:{number}", {"assembly": assembly_id, "moved": number}
    await telling.tell_all(db, people_ids=people, thing=thing, conversation=conversation, args=args, now=now)
    return len(people)


async def tell_outcome(db: AsyncConnection, *, assembly_id: int, outcome: Outcome, by: int, now: datetime) -> int:
    """Once the assembly has begun; told anew, the later word stands. Answers how many hear of it."""
    assembly = await read(db, assembly_id=assembly_id)
    await reach.require(db, person_id=by, action=Action.TELL_ASSEMBLY, village_id=assembly.village_id)
    if not assembly.over(now):
        raise Refused("assembly_ahead")
    row: dict[str, Any] = {
        "assembly_id": assembly_id,
        "women": outcome.women,
        "men": outcome.men,
        "need_id": outcome.need,
    }
    row |= {"place": outcome.place, "words": outcome.words, "told_by": by, "told_at": now}
    number = int((await db.execute(insert(assembly_outcomes).values(**row).returning(_o.id))).scalar_one())
    return await _tell(db, assembly_id, assembly.village_id, "assembly_chose", number, now)


async def listed(db: AsyncConnection, *, village_id: int) -> list[Head]:
    """The village's list, the most urgent first: the one that was agreed on, else the one its people chose."""
    needs = await agreed.latest(db, village_id=village_id)
    choosing_id = None if needs else await choosings.latest(db, village_id=village_id)
    if choosing_id is not None:
        result = await chosen.of_choosing(db, choosing_id=choosing_id)
        needs = result.order if result else []
    return await _standing(db, needs)


async def womens(db: AsyncConnection, *, village_id: int) -> list[Head]:
    """The women's list of the newest choosing; empty where it may not be shown."""
    choosing_id = await choosings.latest(db, village_id=village_id)
    result = None if choosing_id is None else await chosen.of_choosing(db, choosing_id=choosing_id)
    return await _standing(db, (result.women or ()) if result else ())


async def _standing(db: AsyncConnection, need_ids: Sequence[int]) -> list[Head]:
    """As they are sorted by now: what was joined since stands once, what is private no more."""
    found = await heads.each(db, need_ids=need_ids)
    each = {found[need].id: found[need] for need in need_ids if need in found and found[need].open}
    return list(each.values())


async def head(db: AsyncConnection, *, need_id: int) -> Head | None:
    return (await heads.each(db, need_ids=[need_id])).get(need_id)
