"""What a group is reminded of in its own chat, and the end of what was asked there.

A promise to look at is asked by promise_reminders, with the people; here are trainings, words to read and open polls.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime, time, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncConnection

from domain.group_posts import PROMISE_LASTS, WORDS_LAST, Kind
from domain.reminders import of_training
from storage import group_chats, group_posts, groups, polls, roles, training_calendar, unread_needs
from storage.group_chats import GroupChat

HOUR = time(10)  # local
NEW = timedelta(days=3)  # words left unread that long are not asked about any more
NOBODY = 0


class Due(NamedTuple):
    """Something that a group is to hear of, once."""

    kind: Kind
    thing: str
    args: dict[str, Any]
    closes_at: datetime


async def sweep(db: AsyncConnection, now: datetime, zone: ZoneInfo) -> int:
    done = await group_posts.settle_due(db, now=now, zone=zone)
    done += await group_posts.close_due(db, now=now)
    if now.astimezone(zone).time() < HOUR:
        return done
    for chat in await group_chats.every(db):
        async for due in _due(db, chat.group_id, now, zone):
            done += await group_posts.make(db, group_id=chat.group_id, now=now, **due._asdict()) is not None
    return done


async def promise(
    db: AsyncConnection, chats: Sequence[GroupChat], *, promise_id: int, thing: str, now: datetime
) -> list[int]:
    """Asks the groups of this promise in their chats; answers who is in those groups: they are asked there first."""
    asked: list[int] = []
    for chat in chats:
        args, closes_at = {"promise": promise_id}, now + PROMISE_LASTS
        await group_posts.make(
            db, group_id=chat.group_id, kind=Kind.PROMISE, thing=thing, args=args, closes_at=closes_at, now=now
        )
        if chat.speaks:
            asked += [person_id for person_id, _name in await roles.group_of(db, group_id=chat.group_id)]
    return asked


async def _due(db: AsyncConnection, group_id: int, now: datetime, zone: ZoneInfo) -> AsyncIterator[Due]:
    for row in await training_calendar.for_group(db, group_id=group_id, now=now):
        if of_training(row.starts_at, zone)[0].at <= now:
            args = {"training": row.id, "moved": row.moved}
            yield Due(Kind.TRAINING, f"training:{row.id}:{row.moved}", args, row.starts_at)
    villages = await groups.villages_of(db, group_id=group_id)
    today = now.astimezone(zone).date()
    for poll_id, closes in await polls.open_among(db, villages=villages, today=today):
        last = datetime.combine(closes, time(20), zone).astimezone(UTC)
        if last > now:
            yield Due(Kind.POLL, f"poll:{poll_id}", {"poll": poll_id}, last)
    waiting = await unread_needs.waiting(db, villages=villages, reader_id=NOBODY, since=now - NEW)
    if waiting:
        yield Due(Kind.WORDS, f"words:{max(waiting)}", {}, now + WORDS_LAST)


async def next_due(db: AsyncConnection, after: datetime, zone: ZoneInfo) -> datetime | None:
    moments = [await group_posts.next_close(db, after=after)]
    local = after.astimezone(zone)
    day = local.date() if local.time() < HOUR else local.date() + timedelta(days=1)
    morning = datetime.combine(day, HOUR, zone).astimezone(UTC)
    for chat in await group_chats.every(db):
        things = [due.thing async for due in _due(db, chat.group_id, morning, zone)]
        if await group_posts.unasked(db, group_id=chat.group_id, things=things):
            moments.append(morning)
    return min((each for each in moments if each is not None), default=None)
