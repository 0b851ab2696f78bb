"""Asks the group and the office of a promise as its day nears and after it.

Who was not asked while the program was down is asked once, by the last reminder that fell into the pause.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Row
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.promise_asking import APART, following, looked_after, over, weekly
from domain.reminders import snoozed
from scheduler import group_questions, promise_notices
from storage import group_chats, promise_asking, promise_helpers, promise_people, telling
from storage.group_chats import GroupChat
from storage.promise_asking import Due
from storage.promise_people import Official
from storage.telling import Telling


@dataclass(frozen=True, slots=True)
class Askable:
    """Whom to ask: the group by promise, who holds an office by municipality, a group's chats by community."""

    watchers: Mapping[int, Sequence[int]]
    officials: Mapping[int, Sequence[Official]]
    chats: Mapping[int, Sequence[GroupChat]]
    helpers: Mapping[int, Row[Any]]  # colleagues who follow one for an office, by promise
    noticed: Collection[str] = ()  # who heard of its day two days ahead was asked with that how it stands


async def sweep(db: AsyncConnection, now: datetime, zone: ZoneInfo) -> int:
    """Answers how many people will be asked."""
    told, ahead = 0, _Ahead(now, zone)
    while rows := await promise_asking.due(db, now=now):
        askable = await _askable(db, rows, now.astimezone(zone).date())
        for office in (False, True):
            told += await _ask_all(db, rows, askable, ahead, office=office)
    return told


async def next_due(db: AsyncConnection, after: datetime, zone: ZoneInfo) -> datetime | None:
    return await promise_asking.next_due(db, after=after)


async def _askable(db: AsyncConnection, rows: Sequence[Due], today: date) -> Askable:
    where = [(row.promise_id, row.community_id) for row in rows]
    officials = {
        municipality_id: await promise_people.officials_of(db, municipality_id=municipality_id)
        for municipality_id in {row.municipality_id for row in rows}
    }
    watchers = await promise_people.watchers_of_each(db, promises=where)
    helpers = await promise_helpers.of_each(db, promise_ids=[row.promise_id for row in rows])
    askable = Askable(watchers, officials, await group_chats.by_community(db), helpers)
    near = (row for row in rows if timedelta() <= today - row.due_on <= APART)
    names = [_noticed(row, person_id) for row in near for person_id in _answering(row, askable)]
    return replace(askable, noticed=await telling.known(db, external_ids=names))


class _Ahead:
    """When the next reminder is: the same for all that are due on one day."""

    def __init__(self, now: datetime, zone: ZoneInfo) -> None:
        self.now, self.zone, self._today = now, zone, now.astimezone(zone).date()
        self._following = cache(self._reckoned)

    def of(self, row: Due, *, office: bool) -> datetime:
        since = max(row.made_on, self._today)  # what lies behind us is not ahead
        return self._following(row.due_on, since, office, not office and weekly(row.kind, row.verdict))

    def _reckoned(self, due: date, since: date, office: bool, week: bool) -> datetime:
        return following(due, since, self.now + APART, self.zone, office=office, week=week)


async def _ask_all(db: AsyncConnection, rows: Sequence[Due], askable: Askable, ahead: _Ahead, *, office: bool) -> int:
    tellings: list[Telling] = []
    after: dict[datetime | None, list[int]] = defaultdict(list)
    for row in rows:
        at = row.asks(ahead.now, office=office)
        if at is None:
            continue
        goes_on = not over(row.verdict) if office else looked_after(row.verdict)
        if row.counted and goes_on:  # a candidate holds no office yet
            ask = _officials if office else _group
            tellings += await ask(db, row, askable, at, ahead)
            after[ahead.of(row, office=office)].append(row.promise_id)
        else:
            after[None].append(row.promise_id)
    await telling.tell_each(db, tellings, now=ahead.now)
    for following_at, ids in after.items():
        await promise_asking.asked(db, promise_ids=ids, office=office, following_at=following_at)
    return len(tellings)


def _thing(row: Due, who: str, at: datetime, zone: ZoneInfo) -> str:
    """The moment that it is due names the reminder, so that two clocks tell it once."""
    return f"promise:{row.promise_id}:{who}:{at.astimezone(zone).date()}"


async def _officials(_db: AsyncConnection, row: Due, askable: Askable, at: datetime, ahead: _Ahead) -> list[Telling]:
    thing, args = _thing(row, "office", at, ahead.zone), {"promise": row.promise_id}
    people = [each for each in _answering(row, askable) if _noticed(row, each) not in askable.noticed]
    return [Telling(person_id, thing, "promise_report", args) for person_id in people]


def _noticed(row: Due, person_id: int) -> str:
    return telling.name(promise_notices.thing(row.promise_id, row.due_on), person_id)


def _answering(row: Due, askable: Askable) -> list[int]:
    """The colleague alone, where one follows it for the office."""
    helper = promise_helpers.still(askable.helpers.get(row.promise_id), row.answerer.office)
    if helper is not None:
        return [helper.person_id]
    holders = askable.officials[row.municipality_id]
    return promise_people.answering(holders, row.answerer.speaker, row.answerer.office)


async def _group(db: AsyncConnection, row: Due, askable: Askable, at: datetime, ahead: _Ahead) -> list[Telling]:
    """Who is asked in the group's chat hears of it there first, and by themselves on the next day."""
    thing, args = _thing(row, "group", at, ahead.zone), {"promise": row.promise_id}
    chats = askable.chats.get(row.community_id, ())
    first = await group_questions.promise(db, chats, promise_id=row.promise_id, thing=thing, now=ahead.now)
    later = snoozed(ahead.now, 1, ahead.zone)
    return [
        Telling(person_id, thing, "promise_check", args, later if person_id in first else None)
        for person_id in askable.watchers[row.promise_id]
    ]
