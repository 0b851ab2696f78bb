"""Needs polls: opened for villages and days, found by those who live there, closed and settled."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Select, and_, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain import polls as rules
from domain.people import Action
from domain.polls import Poll
from domain.refusal import Refused
from storage import reach, telling
from storage.tables.people import addresses, people
from storage.tables.polls import answers, poll_villages, polls

OPENING = time(10)  # local: when people hear of a poll that was opened for a later day


@dataclass(frozen=True, slots=True)
class Kept:
    """A poll as it is kept; `rules` decides what may be done with it."""

    id: int
    rules: Poll


async def poll(db: AsyncConnection, *, poll_id: int, within: Collection[int] | None = None) -> Kept:
    """`within`: only those of its villages that are asked about, if any; a poll may be a whole country's."""
    row = (await db.execute(select(polls).where(polls.c.id == poll_id))).first()
    if row is None:
        raise Refused("gone")
    villages = await _villages(db, poll_id, within) if within is None or within else frozenset[int]()
    return Kept(row.id, Poll(row.opens, row.closes, villages, row.closed_at is not None))


async def _villages(db: AsyncConnection, poll_id: int, within: Collection[int] | None) -> frozenset[int]:
    where = select(poll_villages.c.village_id).where(poll_villages.c.poll_id == poll_id)
    where = where if within is None else where.where(poll_villages.c.village_id.in_(within))
    return frozenset((await db.execute(where)).scalars())


async def open_in(db: AsyncConnection, *, village_id: int | None, today: date) -> int | None:
    """The poll that may be answered in this village today."""
    if village_id is None:
        return None
    query = _in((village_id,)).where(polls.c.opens <= today, polls.c.closes >= today, polls.c.closed_at.is_(None))
    found: int | None = (await db.execute(query.order_by(polls.c.id.desc()))).scalar()
    return found


async def any_open_in(db: AsyncConnection, *, village_id: int | None) -> bool:
    """Whether a poll of this village is not over, whatever the day: for what a menu offers."""
    query = _in((village_id or 0,)).where(polls.c.closed_at.is_(None), polls.c.settled_at.is_(None))
    return village_id is not None and (await db.execute(query.limit(1))).first() is not None


async def open_among(db: AsyncConnection, *, villages: Collection[int], today: date) -> list[tuple[int, date]]:
    """The polls that may be answered today in any of these villages, with their last day."""
    query = _in(villages).with_only_columns(polls.c.id, polls.c.closes).distinct()
    query = query.where(polls.c.opens <= today, polls.c.closes >= today, polls.c.closed_at.is_(None))
    return [(row.id, row.closes) for row in await db.execute(query.order_by(polls.c.id))]


async def coming(db: AsyncConnection, *, village_id: int | None, today: date) -> date | None:
    """The day on which the next poll of this village opens, if one was announced."""
    if village_id is None:
        return None
    query = _in((village_id,)).with_only_columns(func.min(polls.c.opens))
    day: date | None = (await db.execute(query.where(polls.c.opens > today, polls.c.closed_at.is_(None)))).scalar()
    return day


async def open_(
    db: AsyncConnection,
    *,
    villages: Collection[int],
    opens: date,
    closes: date,
    opened_by: int,
    now: datetime,
    zone: ZoneInfo,
) -> int:
    """Opens it, and lets everybody who lives there hear of it: at once, or on the morning it begins."""
    today = now.astimezone(zone).date()
    rules.check(Poll(opens, closes, frozenset(villages)), today)
    await _require_free(db, opened_by, villages, opens, closes)
    row = {"opens": opens, "closes": closes, "opened_by": opened_by, "created_at": now}
    poll_id = int((await db.execute(insert(polls).values(**row).returning(polls.c.id))).scalar_one())
    await db.execute(insert(poll_villages), [{"poll_id": poll_id, "village_id": each} for each in sorted(villages)])
    await _tell(db, poll_id, villages, now, _morning(opens, zone) if opens > today else None)
    return poll_id


async def _tell(
    db: AsyncConnection, poll_id: int, villages: Collection[int], now: datetime, due_at: datetime | None
) -> None:
    await telling.tell_all(
        db,
        people_ids=await residents(db, villages=villages),
        thing=f"poll:{poll_id}:open",
        conversation="needs_poll",
        args={"poll": poll_id},
        now=now,
        due_at=due_at,
    )


def _morning(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, OPENING, zone).astimezone(UTC)


async def _require_free(
    db: AsyncConnection, person_id: int, villages: Collection[int], opens: date, closes: date
) -> None:
    if not set(villages) <= await reach.reach(db, person_id=person_id, action=Action.OPEN_POLL):
        raise Refused("not_allowed", action=Action.OPEN_POLL)
    same_days = and_(polls.c.opens <= closes, polls.c.closes >= opens, polls.c.closed_at.is_(None))
    if (await db.execute(_in(villages).where(same_days))).first() is not None:
        raise Refused("poll_overlaps")


async def residents(db: AsyncConnection, *, villages: Collection[int]) -> list[int]:
    """Everybody who was welcomed, lives in one of these villages, and has not shut the door on us."""
    return list((await db.execute(_residents(villages).order_by(people.c.id))).scalars())


async def residents_on_viber(db: AsyncConnection, *, villages: Collection[int]) -> int:
    """How many of them we write to where writing may cost money."""
    there = select(addresses.c.id).where(addresses.c.channel == "viber")
    found = _residents(villages).where(people.c.address_id.in_(there))
    return int((await db.execute(select(func.count()).select_from(found.subquery()))).scalar_one())


def _residents(villages: Collection[int]) -> Select[Any]:
    open_doors = select(addresses.c.id).where(addresses.c.left_at.is_(None))
    here = (people.c.village_id.in_(villages), people.c.welcomed_at.is_not(None), people.c.erased_at.is_(None))
    return select(people.c.id).where(*here, people.c.address_id.in_(open_doors))


async def reached(db: AsyncConnection, *, villages: Iterable[int]) -> list[Kept]:
    """The polls of these villages, the newest first."""
    ids = (await db.execute(_in(list(villages)).distinct().order_by(polls.c.id.desc()))).scalars().all()
    return [await poll(db, poll_id=poll_id) for poll_id in ids]


async def close(db: AsyncConnection, *, poll_id: int, closed_by: int, now: datetime) -> None:
    """Before its last day. The clock then settles it: unfinished answers are kept as partial, people are thanked."""
    kept = await poll(db, poll_id=poll_id)
    if not kept.rules.villages <= await reach.reach(db, person_id=closed_by, action=Action.CLOSE_POLL):
        raise Refused("not_allowed", action=Action.CLOSE_POLL)
    still_open = polls.c.closed_at.is_(None)
    await db.execute(update(polls).where(polls.c.id == poll_id, still_open).values(closed_at=now))


async def to_settle(db: AsyncConnection, *, today: date) -> list[int]:
    over = or_(polls.c.closed_at.is_not(None), polls.c.closes < today)
    return list((await db.execute(select(polls.c.id).where(over, polls.c.settled_at.is_(None)))).scalars())


async def settled(db: AsyncConnection, *, poll_id: int, now: datetime) -> None:
    await db.execute(update(polls).where(polls.c.id == poll_id).values(settled_at=now))


async def answered_by(db: AsyncConnection, *, poll_id: int) -> list[int]:
    """The people whose own answers are in this poll."""
    query = select(answers.c.person_id).where(answers.c.poll_id == poll_id, answers.c.person_id.is_not(None))
    return list((await db.execute(query)).scalars())


async def last_day(db: AsyncConnection) -> date | None:
    """The nearest last day of a poll that nobody has settled."""
    query = select(func.min(polls.c.closes)).where(polls.c.settled_at.is_(None))
    day: date | None = (await db.execute(query)).scalar()
    return day


async def to_count(db: AsyncConnection, *, today: date) -> list[int]:
    """Those that began, and their closed ones for a month more, so that the last answers are counted too."""
    query = select(polls.c.id).where(polls.c.opens <= today, polls.c.closes >= today - timedelta(days=31))
    return list((await db.execute(query.order_by(polls.c.id))).scalars())


def _in(villages: Collection[int]) -> Select[Any]:
    return select(polls.c.id).join(poll_villages).where(poll_villages.c.village_id.in_(villages))
