"""Asks the group and the office of a promise as its day nears and after it.

Who was not asked while the program was down is asked once, by the last reminder that fell into the pause.
"""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncConnection

from domain.promise_asking import following, latest, over
from storage import inbox, promise_asking, promise_people, promises
from storage.promises import Dossier


async def sweep(db: AsyncConnection, now: datetime, zone: ZoneInfo) -> int:
    """Answers how many people will be asked."""
    told = 0
    for row in await promise_asking.due(db, now=now):
        dossier = await promises.dossier(db, promise_id=row.promise_id)
        finished = over(dossier.verdict(now.astimezone(zone).date()))
        for office, at in ((False, row.group_at), (True, row.office_at)):
            if at is not None and at <= now:
                told += 0 if finished else await _ask(db, dossier, now, zone, office=office)
                after = None if finished else following(row.due_on, dossier.new.made_on, now, zone, office=office)
                await promise_asking.asked(db, promise_id=row.promise_id, office=office, following_at=after)
    return told


async def next_due(db: AsyncConnection, after: datetime, zone: ZoneInfo) -> datetime | None:
    return await promise_asking.next_due(db, after=after)


async def _ask(db: AsyncConnection, dossier: Dossier, now: datetime, zone: ZoneInfo, *, office: bool) -> int:
    due = dossier.verdict(now.astimezone(zone).date()).due
    reminder = latest(due, dossier.new.made_on, now, zone, office=office) if due else None
    if reminder is None:
        return 0
    people = await _officials(db, dossier) if office else await _watchers(db, dossier)
    who, conversation = ("office", "promise_report") if office else ("group", "promise_check")
    await inbox.tell_all(
        db,
        people_ids=people,
        thing=f"promise:{dossier.id}:{due}:{who}:{reminder.number}",
        conversation=conversation,
        args={"promise": dossier.id},
        now=now,
    )
    return len(people)


async def _officials(db: AsyncConnection, dossier: Dossier) -> list[int]:
    return await promise_people.officials(db, promise=dossier.new, municipality_id=dossier.municipality_id)


async def _watchers(db: AsyncConnection, dossier: Dossier) -> list[int]:
    return await promise_people.watchers(db, promise_id=dossier.id, community_id=dossier.new.community_id)
