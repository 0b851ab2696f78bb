"""Lays the rules of domain/flags.py on what came in since they last looked."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Row, and_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain import flags as rules
from domain.flags import Seen, digest_of_words
from domain.polls import Origin
from storage import flags
from storage.answers import COMPLETE
from storage.tables.honesty import web_devices
from storage.tables.people import addresses
from storage.tables.polls import answers, needs, polls, supports


async def unseen(db: AsyncConnection) -> bool:
    """Whether anything came in that the rules have not looked at."""
    return (await db.execute(_unseen(answers.c.id).limit(1))).first() is not None


async def watch(db: AsyncConnection, *, now: datetime, zone: ZoneInfo) -> int:
    """Looks at every village where something is new, at all its answers; answers on how many it laid a flag."""
    new = (await db.execute(_unseen(answers.c.poll_id, answers.c.village_id).distinct())).all()
    laid = 0
    for poll_id, village_id in sorted((row.poll_id, row.village_id) for row in new):
        laid += await _village(db, poll_id, village_id, now, zone)
    return laid


async def _village(db: AsyncConnection, poll_id: int, village_id: int, now: datetime, zone: ZoneInfo) -> int:
    # Two who look at once would lay the same flag twice; the poll's row is the turnstile.
    poll = (await db.execute(select(polls).where(polls.c.id == poll_id).with_for_update())).one()
    seen = await _seen(db, poll_id, village_id, zone)
    people = await flags.people_of(db, village_id=village_id)
    opened = max(poll.created_at, datetime.combine(poll.opens, time(0), zone).astimezone(UTC))
    where = {"poll_id": poll_id, "village_id": village_id}
    laid = 0
    for one in rules.find(seen, people=people, opened=opened):
        laid += await flags.raise_(db, **where, rule=one.rule, subject=one.subject, answer_ids=one.answers, now=now)
    here = (answers.c.poll_id == poll_id, answers.c.village_id == village_id, answers.c.looked_at.is_(None))
    await db.execute(update(answers).where(*here, answers.c.state == COMPLETE).values(looked_at=now))
    return laid


async def _seen(db: AsyncConnection, poll_id: int, village_id: int, zone: ZoneInfo) -> list[Seen]:
    here = (answers.c.poll_id == poll_id, answers.c.village_id == village_id, answers.c.state == COMPLETE)
    rows = (await db.execute(select(answers).where(*here).order_by(answers.c.id))).all()
    devices, words = await _devices(db, here, rows, zone), await _words(db, here)
    return [_one(row, devices.get(row.id), words.get(row.id, set())) for row in rows]


def _one(row: Row[Any], device: str | None, words: set[str]) -> Seen:
    return Seen(row.id, row.answered_at, Origin(row.origin), row.entered_by, device, frozenset(words))


async def _devices(db: AsyncConnection, here: Any, rows: Any, zone: ZoneInfo) -> dict[int, str]:
    """The device of the day on which the answer was given."""
    same = and_(web_devices.c.channel == addresses.c.channel, web_devices.c.external == addresses.c.external)
    source = answers.join(addresses, addresses.c.person_id == answers.c.person_id).join(web_devices, same)
    query = select(answers.c.id, web_devices.c.day, web_devices.c.device).select_from(source).where(*here)
    days = {row.id: row.answered_at.astimezone(zone).date() for row in rows}
    found = (await db.execute(query)).all()
    # Begun before midnight, ended after it: the day before is as good.
    return {row.id: row.device for row in found if days[row.id] - row.day in (timedelta(0), timedelta(days=1))}


async def _words(db: AsyncConnection, here: Any) -> dict[int, set[str]]:
    """Of each answer, the digests of its own words: those of a need that somebody only stands behind are another's."""
    source = supports.join(answers, answers.c.id == supports.c.answer_id).join(needs, needs.c.id == supports.c.need_id)
    query = select(answers.c.id, supports.c.words, needs.c.words.label("need_words"), needs.c.id.label("need_id"))
    query = query.select_from(source).where(*here).order_by(supports.c.id)
    found: dict[int, set[str]] = defaultdict(set)
    told: set[int] = set()
    for row in await db.execute(query):
        own = row.words or (row.need_words if row.need_id not in told else None)
        told.add(row.need_id)
        if own and (digest := digest_of_words(own)):
            found[row.id].add(digest)
    return found


def _unseen(*columns: Any) -> Any:
    return select(*columns).where(answers.c.looked_at.is_(None), answers.c.state == COMPLETE)
