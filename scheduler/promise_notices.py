"""Tells an official two days before everybody reads that the day of a promise has passed."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncConnection

from domain.promise_notice import AHEAD, hardens, notice_day, shown_on
from storage import inbox, promise_asking, promise_people, promises
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
    officials = await promise_people.officials(db, promise=dossier.new, municipality_id=dossier.municipality_id)
    args = {"promise": dossier.id, "day": shown_on(due).isoformat()}
    thing = f"promise:{dossier.id}:{due}:notice"
    await inbox.tell_all(db, people_ids=officials, thing=thing, conversation="promise_notice", args=args, now=now)
    return len(officials)


async def next_due(db: AsyncConnection, after: datetime, zone: ZoneInfo) -> datetime | None:
    """Tomorrow at the same hour it looks again, which is soon enough for what is told two days ahead."""
    local = after.astimezone(zone)
    day = local.date() if local.time() < HOUR else local.date() + timedelta(days=1)
    near = await promise_asking.nearing(db, first=day, last=day + AHEAD)
    return datetime.combine(day, HOUR, zone) if any(notice_day(row.due_on) == day for row in near) else None
