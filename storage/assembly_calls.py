"""What the clock tells of an assembly: to women, to everybody, and to who can say what came of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Row, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.assembly import DAYS, Call, asked_for, moment, opens
from domain.people import Action, Sex
from storage import places, polls, promise_people, roles, telling
from storage.tables.assemblies import assemblies, assembly_outcomes
from storage.tables.people import people
from storage.tables.places import communities, villages

_a = assemblies.c
LASTS = timedelta(days=max(DAYS.values()) + 7)
CONVERSATIONS = {
    Call.WOMEN: "assembly_women",
    Call.NEAR: "assembly_near",
    Call.HOW: "assembly_how",
    Call.HOW_AGAIN: "assembly_how",
}


async def tell_due(db: AsyncConnection, *, now: datetime, zone: ZoneInfo) -> int:
    """Answers how many calls were due. A program that was down for days tells what is still ahead, not what is past."""
    count = 0
    for row in await _around(db, now):
        due = [call for call, at in _calls(row, zone) if at <= now]
        for call in due:
            if call >= Call.HOW or row.starts_at > now:
                await _tell(db, row, call, now)
                count += 1
        if due:
            await db.execute(update(assemblies).where(_a.id == row.id).values(told=due[-1]))
    return count


async def ask_for_days(db: AsyncConnection, *, now: datetime, zone: ZoneInfo) -> int:
    """Once a year, whoever may set the days in a municipality in which none is set yet; answers how many places ask."""
    if not asked_for(now, zone):
        return 0
    year, count = now.astimezone(zone).year, 0
    for each in await places.municipalities(db):
        if await none_set(db, municipality_id=each.id, year=year):
            ids = await roles.holders(db, action=Action.SET_ASSEMBLY, municipality_id=each.id)
            thing, args = f"assembly_season:{each.id}:{year}", {"municipality": each.id, "year": year}
            await telling.tell_all(db, people_ids=ids, thing=thing, conversation="assembly_season", args=args, now=now)
            count += 1
    return count


async def none_set(db: AsyncConnection, *, municipality_id: int, year: int) -> bool:
    joined = assemblies.join(villages, villages.c.id == _a.village_id)
    joined = joined.join(communities, communities.c.id == villages.c.community_id)
    query = select(_a.id).select_from(joined)
    query = query.where(communities.c.municipality_id == municipality_id, _a.year == year).limit(1)
    return (await db.execute(query)).first() is None


async def next_due(db: AsyncConnection, *, after: datetime, zone: ZoneInfo) -> datetime | None:
    year = after.astimezone(zone).year
    moments = [at for row in await _around(db, after) for _call, at in _calls(row, zone)]
    moments += [opens(year, zone), opens(year + 1, zone)]
    return min((at for at in moments if at > after), default=None)


async def _around(db: AsyncConnection, now: datetime) -> list[Row[Any]]:
    return list(await db.execute(select(assemblies).where(_a.starts_at > now - LASTS).order_by(_a.id)))


def _calls(row: Row[Any], zone: ZoneInfo) -> Iterator[tuple[Call, datetime]]:
    """Those not told yet."""
    for call in Call:
        if call > row.told:
            yield call, moment(row.starts_at, call, zone)


async def _tell(db: AsyncConnection, row: Row[Any], call: Call, now: datetime) -> None:
    ids = await _asked(db, row) if call >= Call.HOW else await _residents(db, row, women=call is Call.WOMEN)
    thing, args = f"assembly:{row.id}:{row.moved}:{int(call)}", {"assembly": row.id, "moved": row.moved}
    await telling.tell_all(db, people_ids=ids, thing=thing, conversation=CONVERSATIONS[call], args=args, now=now)


async def _residents(db: AsyncConnection, row: Row[Any], *, women: bool) -> list[int]:
    everybody = await polls.residents(db, villages=[row.village_id])
    if not women:
        return everybody
    query = select(people.c.id).where(people.c.village_id == row.village_id, people.c.sex == Sex.WOMAN)
    told = set((await db.execute(query)).scalars())
    return [each for each in everybody if each in told]


async def _asked(db: AsyncConnection, row: Row[Any]) -> list[int]:
    """Nobody where it is told already."""
    told = select(assembly_outcomes.c.id).where(assembly_outcomes.c.assembly_id == row.id).limit(1)
    if (await db.execute(told)).first() is not None:
        return []
    village = await places.village(db, village_id=row.village_id)
    leaders = await promise_people.leaders(db, community_id=village.community.id) if village else []
    return sorted({*leaders, *([row.set_by] if row.set_by else [])})
