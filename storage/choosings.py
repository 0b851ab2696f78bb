"""Choosings: opened for a village's sorted needs, closed, and settled; what people pick is in ballots.py."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from secrets import SystemRandom
from typing import Any

from sqlalchemy import Row, Select, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain import choosing as rules
from domain.choosing import REMIND_BEFORE, Choosing, Offered
from domain.people import Action
from domain.refusal import Refused
from storage import heads, polls, reach, telling
from storage.heads import Head
from storage.tables.choosings import ballots, choosing_needs, choosings
from storage.tables.polls import needs
from storage.tables.turns import media


@dataclass(frozen=True, slots=True)
class Kept:
    """A choosing as it is kept; `rules` decides what may be done with it."""

    id: int
    poll_id: int
    rules: Choosing
    money: int | None
    costs: Mapping[int, int]
    settled: bool

    @property
    def village_id(self) -> int:
        return self.rules.village_id


async def read(db: AsyncConnection, *, choosing_id: int) -> Kept:
    row = (await db.execute(select(choosings).where(choosings.c.id == choosing_id))).first()
    if row is None:
        raise Refused("gone")
    query = select(choosing_needs).where(choosing_needs.c.choosing_id == choosing_id).order_by(choosing_needs.c.place)
    rows = (await db.execute(query)).all()
    own = tuple(each.need_id for each in rows)
    kept = Choosing(row.village_id, row.opens, row.closes, own, row.closed_at is not None)
    costs = {each.need_id: each.cost for each in rows if each.cost is not None}
    return Kept(row.id, row.poll_id, kept, row.money, costs, row.settled_at is not None)


async def held_open(db: AsyncConnection, *, choosing_id: int) -> Kept:
    """`read`, and whoever counts waits until what is picked now is there."""
    await db.execute(select(choosings.c.id).where(choosings.c.id == choosing_id).with_for_update(read=True))
    return await read(db, choosing_id=choosing_id)


async def held_to_count(db: AsyncConnection, *, choosing_id: int) -> Kept:
    """`read`, once everything that was being picked is there."""
    await db.execute(select(choosings.c.id).where(choosings.c.id == choosing_id).with_for_update())
    return await read(db, choosing_id=choosing_id)


async def candidates(db: AsyncConnection, *, poll_id: int, village_id: int) -> tuple[list[int], list[int]]:
    """(what a village would choose among, what is left out since it could not be told from others)."""
    listed = await heads.listed(db, poll_id=poll_id, village_id=village_id)
    return rules.candidates(Offered(head.id, head.kind, head.name is not None) for head in listed)


async def to_open(db: AsyncConnection, *, person_id: int) -> list[tuple[int, int]]:
    """(poll, village) where this person may open one: the newest poll of each village in which something was told,
    while no choosing is under way there."""
    villages = await reach.reach(db, person_id=person_id, action=Action.OPEN_CHOOSING)
    here = needs.c.village_id.in_(villages)
    query = select(func.max(needs.c.poll_id), needs.c.village_id).where(here).group_by(needs.c.village_id)
    busy = set((await db.execute(_waiting().with_only_columns(choosings.c.village_id))).scalars())
    rows = await db.execute(query.order_by(needs.c.village_id))
    return [(poll_id, village_id) for poll_id, village_id in rows if village_id not in busy]


async def any_told(db: AsyncConnection, *, village_ids: Collection[int]) -> bool:
    """Whether there is anything to choose among in one of them: for what a menu offers."""
    query = select(needs.c.id).where(needs.c.village_id.in_(village_ids)).limit(1)
    return bool(village_ids) and (await db.execute(query)).first() is not None


async def open_(
    db: AsyncConnection,
    *,
    poll_id: int,
    village_id: int,
    days: int,
    opened_by: int,
    now: datetime,
    today: date,
) -> int:
    """Its needs are fixed from here on, and everybody who lives there is asked."""
    await reach.require(db, person_id=opened_by, action=Action.OPEN_CHOOSING, village_id=village_id)
    if (poll_id, village_id) not in await to_open(db, person_id=opened_by):
        raise Refused("already_decided")
    own, _left_out = await candidates(db, poll_id=poll_id, village_id=village_id)
    closes = today + timedelta(days=days)
    rules.check(Choosing(village_id, today, closes, tuple(own)))
    row = {"poll_id": poll_id, "village_id": village_id, "opens": today, "closes": closes}
    new = insert(choosings).values(**row, opened_by=opened_by, opened_at=now).returning(choosings.c.id)
    choosing_id = int((await db.execute(new)).scalar_one())
    rows = [{"choosing_id": choosing_id, "need_id": need, "place": at} for at, need in enumerate(own, start=1)]
    await db.execute(insert(choosing_needs), rows)
    people = await polls.residents(db, villages=[village_id])
    await _tell(db, choosing_id, people, "choose", "open", now)
    return choosing_id


async def _tell(
    db: AsyncConnection, choosing_id: int, people: Sequence[int], conversation: str, what: str, now: datetime
) -> None:
    thing, args = f"choosing:{choosing_id}:{what}", {"choosing": choosing_id}
    await telling.tell_all(db, people_ids=people, thing=thing, conversation=conversation, args=args, now=now)


async def open_in(db: AsyncConnection, *, village_id: int | None, today: date) -> int | None:
    """The one in which this village chooses today."""
    if village_id is None:
        return None
    row = await _newest(db, village_id, choosings.c.closed_at.is_(None), choosings.c.closes >= today)
    return None if row is None else int(row.id)


async def any_open_in(db: AsyncConnection, *, village_ids: Collection[int]) -> bool:
    """Whether one of these villages chooses, whatever the day: for what a menu offers."""
    here = choosings.c.village_id.in_(village_ids)
    query = select(choosings.c.id).where(here, choosings.c.closed_at.is_(None), choosings.c.settled_at.is_(None))
    return bool(village_ids) and (await db.execute(query.limit(1))).first() is not None


async def under_way(db: AsyncConnection, *, person_id: int) -> list[Kept]:
    """The newest of each village that this person looks after, settled or not."""
    villages = await reach.reach(db, person_id=person_id, action=Action.OPEN_CHOOSING)
    here = choosings.c.village_id.in_(villages)
    query = select(func.max(choosings.c.id)).where(here).group_by(choosings.c.village_id)
    found = (await db.execute(query.order_by(choosings.c.village_id))).scalars().all()
    return [await read(db, choosing_id=choosing_id) for choosing_id in found]


async def latest(db: AsyncConnection, *, village_id: int | None) -> int | None:
    """The newest one of this village that was counted."""
    row = None if village_id is None else await _newest(db, village_id, choosings.c.settled_at.is_not(None))
    return None if row is None else int(row.id)


async def _newest(db: AsyncConnection, village_id: int, *which: Any) -> Row[Any] | None:
    query = select(choosings.c.id).where(choosings.c.village_id == village_id, *which)
    return (await db.execute(query.order_by(choosings.c.id.desc()).limit(1))).first()


async def required(db: AsyncConnection, choosing_id: int, person_id: int, today: date) -> Kept:
    """One that is open, for who looks after it."""
    kept = await read(db, choosing_id=choosing_id)
    await reach.require(db, person_id=person_id, action=Action.OPEN_CHOOSING, village_id=kept.village_id)
    if not kept.rules.is_open(today):
        raise Refused("choosing_closed")
    return kept


async def close(db: AsyncConnection, *, choosing_id: int, closed_by: int, today: date, now: datetime) -> None:
    """Before its last day; the clock then counts it."""
    await required(db, choosing_id, closed_by, today)
    await db.execute(update(choosings).where(choosings.c.id == choosing_id).values(closed_at=now))


@dataclass(frozen=True, slots=True)
class Shown:
    """A need as those who choose see it: what others may know of it, and its title as a recording."""

    id: int
    kind: str
    name: str | None
    photo: str | None
    voice: str | None


async def shown(db: AsyncConnection, *, choosing_id: int) -> list[Shown]:
    """In the order in which they were told; what has become private or out of scope is left out."""
    query = select(choosing_needs.c.need_id, choosing_needs.c.voice_id).order_by(choosing_needs.c.place)
    rows = (await db.execute(query.where(choosing_needs.c.choosing_id == choosing_id))).all()
    found = await heads.each(db, need_ids=[row.need_id for row in rows])
    spoken = await _ready(db, [row.voice_id for row in rows if row.voice_id])
    return [
        _shown(row.need_id, found[row.need_id], row.voice_id if row.voice_id in spoken else None)
        for row in rows
        if row.need_id in found and found[row.need_id].open
    ]


def _shown(need_id: int, head: Head, voice_id: str | None) -> Shown:
    return Shown(need_id, head.kind, head.name, head.photo, voice_id)


async def _ready(db: AsyncConnection, media_ids: Collection[str]) -> set[str]:
    query = select(media.c.id).where(media.c.id.in_(media_ids), media.c.state.in_(("waiting", "ready")))
    return set((await db.execute(query)).scalars())


async def in_chance_order(db: AsyncConnection, *, choosing_id: int) -> list[int]:
    """What may be picked, drawn for one person."""
    found = [need.id for need in await shown(db, choosing_id=choosing_id)]
    return rules.drawn(found, SystemRandom().shuffle)


async def to_settle(db: AsyncConnection, *, today: date) -> list[int]:
    over = or_(choosings.c.closed_at.is_not(None), choosings.c.closes < today)
    return list((await db.execute(_waiting().where(over).order_by(choosings.c.id))).scalars())


async def to_remind(db: AsyncConnection, *, today: date) -> list[int]:
    """Those whose last days have come, and whose people were not asked once more yet."""
    soon = (choosings.c.closes <= today + REMIND_BEFORE, choosings.c.closes >= today)
    query = _waiting().where(*soon, choosings.c.closed_at.is_(None), choosings.c.reminded_at.is_(None))
    return list((await db.execute(query.order_by(choosings.c.id))).scalars())


async def remind(db: AsyncConnection, *, choosing_id: int, now: datetime) -> int:
    """Asks everybody of the village who has not chosen; answers how many."""
    kept = await read(db, choosing_id=choosing_id)
    chose = select(ballots.c.person_id).where(ballots.c.choosing_id == choosing_id, ballots.c.person_id.is_not(None))
    done = set((await db.execute(chose)).scalars())
    people = [each for each in await polls.residents(db, villages=[kept.village_id]) if each not in done]
    await _tell(db, choosing_id, people, "choose_soon", "soon", now)
    await db.execute(update(choosings).where(choosings.c.id == choosing_id).values(reminded_at=now))
    return len(people)


async def last_day(db: AsyncConnection, *, unreminded: bool = False) -> date | None:
    """The nearest last day of one that nobody has settled."""
    query = _waiting().with_only_columns(func.min(choosings.c.closes))
    if unreminded:
        query = query.where(choosings.c.reminded_at.is_(None), choosings.c.closed_at.is_(None))
    day: date | None = (await db.execute(query)).scalar()
    return day


def _waiting() -> Select[Any]:
    return select(choosings.c.id).where(choosings.c.settled_at.is_(None))
