"""The list of urgent needs as the village agreed on it, in order."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import func, insert, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.people import Action
from domain.refusal import Refused
from storage import heads, reach, telling
from storage import needs as needs_of
from storage.tables.doors import follows
from storage.tables.polls import agreed_items, agreed_lists, answers

LONGEST_THING = 150  # characters of the name that a message to oneself is known by


async def record(
    db: AsyncConnection, *, poll_id: int, village_id: int, need_ids: Sequence[int], by: int, now: datetime
) -> int:
    """The first is the most urgent. Everybody who stands behind one of them hears of it."""
    await reach.require(db, person_id=by, action=Action.CLOSE_POLL, village_id=village_id)
    await _require_here(db, poll_id, village_id, need_ids)
    list_id = await keep(db, poll_id=poll_id, village_id=village_id, need_ids=need_ids, by=by, now=now)
    await _tell(db, poll_id, village_id, need_ids, now)
    return list_id


async def keep(
    db: AsyncConnection, *, poll_id: int, village_id: int, need_ids: Sequence[int], by: int, now: datetime
) -> int:
    """Nobody is told: a dialogue tells the whole village by itself."""
    row = {"poll_id": poll_id, "village_id": village_id, "recorded_by": by, "recorded_at": now}
    list_id = int((await db.execute(insert(agreed_lists).values(**row).returning(agreed_lists.c.id))).scalar_one())
    items = [{"list_id": list_id, "place": place, "need_id": each} for place, each in enumerate(need_ids, start=1)]
    await db.execute(insert(agreed_items), items)
    return list_id


async def _tell(db: AsyncConnection, poll_id: int, village_id: int, need_ids: Sequence[int], now: datetime) -> None:
    """One message to a person, whatever they stand behind; the same needs in another order are no news."""
    await telling.tell_all(
        db,
        people_ids=await needs_of.supporters(db, need_ids=need_ids),
        thing=f"list:{poll_id}:{village_id}:{','.join(map(str, sorted(need_ids)))}"[:LONGEST_THING],
        conversation="need_on_list",
        args={"poll": poll_id, "village": village_id},
        now=now,
    )


async def _require_here(db: AsyncConnection, poll_id: int, village_id: int, need_ids: Sequence[int]) -> None:
    """Each is a need of the village as it is sorted now, so that no two places of a list are the same need."""
    standing = {head.id for head in await heads.listed(db, poll_id=poll_id, village_id=village_id)}
    if not need_ids or len(need_ids) != len(set(need_ids)) or not set(need_ids) <= standing:
        raise Refused("gone")


async def supported(db: AsyncConnection, *, poll_id: int, village_id: int, person_id: int) -> list[tuple[int, int]]:
    """(place, need id) of what this person stands behind or follows, in the newest list of the village."""
    followed = select(follows.c.answer_id).where(follows.c.person_id == person_id)
    query = select(answers.c.id).where(or_(answers.c.person_id == person_id, answers.c.id.in_(followed)))
    mine = set((await db.execute(query)).scalars())
    items = await _newest(db, poll_id, village_id)
    found = await heads.each(db, need_ids=[need_id for _place, need_id in items])
    return [(place, need_id) for place, need_id in items if need_id in found and found[need_id].answers & mine]


async def place_of(db: AsyncConnection, *, need_id: int, poll_id: int, village_id: int) -> int | None:
    """In the newest list of its village, by what it was joined with too; None where it is not on it."""
    family = await heads.family(db, need_id=need_id)
    return next((place for place, each in await _newest(db, poll_id, village_id) if each in family), None)


async def _newest(db: AsyncConnection, poll_id: int, village_id: int) -> list[tuple[int, int]]:
    here = agreed_lists.c.poll_id == poll_id, agreed_lists.c.village_id == village_id
    newest = select(func.max(agreed_lists.c.id)).where(*here).scalar_subquery()
    query = select(agreed_items.c.place, agreed_items.c.need_id).where(agreed_items.c.list_id == newest)
    return [(place, need_id) for place, need_id in await db.execute(query.order_by(agreed_items.c.place))]


async def latest(db: AsyncConnection, *, village_id: int) -> list[int]:
    """The need ids of the newest agreed list of this village, most urgent first."""
    return await latest_each(db, village_ids=[village_id])


async def latest_each(db: AsyncConnection, *, village_ids: Collection[int]) -> list[int]:
    """The same for many villages, one village after the other."""
    here = agreed_lists.c.village_id.in_(village_ids)
    newest = select(func.max(agreed_lists.c.id)).where(here).group_by(agreed_lists.c.village_id)
    query = select(agreed_items.c.need_id).join(agreed_lists, agreed_lists.c.id == agreed_items.c.list_id)
    query = query.where(agreed_items.c.list_id.in_(newest))
    return list((await db.execute(query.order_by(agreed_lists.c.village_id, agreed_items.c.place))).scalars())
