"""Asks the group and the office of a promise as its day nears and after it.

Who was not asked while the program was down is asked once, by the last reminder that fell into the pause.
"""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncConnection

from domain.promise_asking import APART, following, looked_after, over, weekly
from domain.reminders import snoozed
from scheduler import group_questions, promise_notices
from storage import inbox, promise_asking, promise_helpers, promise_people, promise_states, promises
from storage.promises import Dossier


async def sweep(db: AsyncConnection, now: datetime, zone: ZoneInfo) -> int:
    """Answers how many people will be asked."""
    told = 0
    for row in await promise_asking.due(db, now=now):
        dossier = await promises.dossier(db, promise_id=row.promise_id)
        verdict = dossier.verdict(now.astimezone(zone).date())
        week = weekly(await promise_states.kind_of(db, promise_id=row.promise_id), verdict)
        for office, at in ((False, row.group_at), (True, row.office_at)):
            if at is not None and at <= now:
                after = None
                goes_on = not over(verdict) if office else looked_after(verdict)
                if dossier.counted and goes_on:  # a candidate holds no office yet
                    told += await _ask(db, dossier, at, now, zone, office=office)
                    pace = {"office": office, "week": week and not office}
                    after = following(row.due_on, dossier.new.made_on, now + APART, zone, **pace)
                await promise_asking.asked(db, promise_id=row.promise_id, office=office, following_at=after)
    return told


async def next_due(db: AsyncConnection, after: datetime, zone: ZoneInfo) -> datetime | None:
    return await promise_asking.next_due(db, after=after)


async def _ask(
    db: AsyncConnection, dossier: Dossier, at: datetime, now: datetime, zone: ZoneInfo, *, office: bool
) -> int:
    """The moment that it is due names the reminder, so that two clocks tell it once."""
    people = await _officials(db, dossier, at.astimezone(zone).date()) if office else await _watchers(db, dossier)
    who, conversation = ("office", "promise_report") if office else ("group", "promise_check")
    thing, args = f"promise:{dossier.id}:{who}:{at.astimezone(zone).date()}", {"promise": dossier.id}
    first = [] if office else await group_questions.promise(db, dossier, thing, now)
    for ids, due_at in (
        ([each for each in people if each not in first], None),
        ([each for each in people if each in first], snoozed(now, 1, zone)),  # who answers there is not asked again
    ):
        await inbox.tell_all(
            db, people_ids=ids, thing=thing, conversation=conversation, args=args, now=now, due_at=due_at
        )
    return len(people)


async def _officials(db: AsyncConnection, dossier: Dossier, day: date) -> list[int]:
    """Who was told two days ahead that the day nears was asked with it how it stands."""
    people = await promise_helpers.asked(db, dossier)
    told = await inbox.told(db, thing=promise_notices.thing(dossier.id, day), people_ids=people)
    return [each for each in people if each not in told]


async def _watchers(db: AsyncConnection, dossier: Dossier) -> list[int]:
    return await promise_people.watchers(db, promise_id=dossier.id, community_id=dossier.new.community_id)
