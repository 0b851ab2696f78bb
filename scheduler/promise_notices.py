"""Tells an official two days before everybody reads that the day of a promise has passed."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncConnection

from domain.promise_notice import AHEAD, hardens, notice_day, shown_on
from storage import inbox, promise_asking, promise_helpers, promises
from storage.promises import Dossier

HOUR = time(10)  # local


async def sweep(db: AsyncConnection, now: datetime, zone: ZoneInfo) -> int:
    """Answers how many officials will hear of it."""
    local = now.astimezone(zone)
    if local.time() < HOUR:
        return 0
    today, told = local.date(), 0
    near = await promise_asking.nearing(db, first=today, last=today + AHEAD)
    due = {row.promise_id: row.due_on for row in near if notice_day(row.due_on) <= today}
    for dossier in await promises.dossiers(db, ids=list(due)):
        told += await _tell(db, dossier, due[dossier.id], today, now)
    return told


async def _tell(db: AsyncConnection, dossier: Dossier, due: date, today: date, now: datetime) -> int:
    if not hardens(dossier.verdict(today), dossier.verdict(shown_on(due))):
        return 0
    officials = await promise_helpers.answering(db, dossier)
    args = {"promise": dossier.id, "day": shown_on(due).isoformat()}
    told = thing(dossier.id, due)
    await inbox.tell_all(db, people_ids=officials, thing=told, conversation="promise_notice", args=args, now=now)
    return len(officials)


def thing(promise_id: int, due: date) -> str:
    return f"promise:{promise_id}:{due}:notice"


async def next_due(db: AsyncConnection, after: datetime, zone: ZoneInfo) -> datetime | None:
    local = after.astimezone(zone)
    day = local.date() if local.time() < HOUR else local.date() + timedelta(days=1)
    days = (notice_day(due) for due in await promise_asking.days(db, first=day))
    first = next((each for each in days if each >= day), None)
    return datetime.combine(first, HOUR, zone) if first else None
