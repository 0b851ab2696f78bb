"""Votes that are over, lists whose set time has passed, roads that nobody waits for longer; and who is silent.

Who has not answered hears of it three days before the time is over, and on the day before.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncConnection

from domain import roads
from domain.dialogue import Party, Stand, Verb
from storage import dialogue_course, dialogue_news, dialogues, telling
from storage.dialogues import Dialogue

BEFORE = (3, 1)  # days
HOUR, DAY = time(10), timedelta(days=1)  # local


async def sweep(db: AsyncConnection, now: datetime, zone: ZoneInfo) -> int:
    """Answers how many things were done, and people told."""
    number = 0
    for dialogue_id in await dialogues.running(db):
        before = await dialogues.read(db, dialogue_id=dialogue_id)
        after = await dialogue_course.go_on(db, dialogue_id=dialogue_id, now=now, zone=zone)
        number += len(after.events) - len(before.events)
        number += await _remind(db, after, now, zone)
    return number


async def _remind(db: AsyncConnection, kept: Dialogue, now: datetime, zone: ZoneInfo) -> int:
    due = [days for days in BEFORE if _moment(kept.talk.until - days * DAY, HOUR, zone) <= now]
    if kept.talk.closed or not due:
        return 0
    thing, args = f"dialogue:{kept.id}:{kept.talk.until}:{min(due)}", {"dialogue": kept.id}
    silent = [party for party in Party if kept.talk.stand(party, vacant=party in kept.vacant) is Stand.SILENT]
    people = {each for party in silent for each in await dialogue_news.of_party(db, kept=kept, party=party)}
    await telling.tell_all(
        db, people_ids=sorted(people), thing=thing, conversation="dialogue_reminder", args=args, now=now
    )
    return len(people)


async def next_due(db: AsyncConnection, after: datetime, zone: ZoneInfo) -> datetime | None:
    moments = [
        moment
        for dialogue_id in await dialogues.running(db)
        for moment in _moments(await dialogues.read(db, dialogue_id=dialogue_id), zone)
    ]
    return min((moment for moment in moments if moment > after), default=None)


def _moments(kept: Dialogue, zone: ZoneInfo) -> Iterator[datetime]:
    talk = kept.talk
    if talk.closed:
        yield from [event.at + roads.LASTS for event in kept.events if event.verb is Verb.ROADS][:1]
        return
    if talk.vote_until is not None:
        yield _moment(talk.vote_until + DAY, time(), zone)
    yield _moment(talk.until + DAY, time(), zone)
    for days in BEFORE:
        yield _moment(talk.until - days * DAY, HOUR, zone)


def _moment(day: date, hour: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, hour, zone).astimezone(UTC)
