"""When a person may be written to: never at night, never more than one reminder a day."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

MORNING, NIGHT = time(9), time(21)


def next_allowed(now: datetime, last_reminder: datetime | None, zone: ZoneInfo) -> datetime:
    """`now` when it is allowed now, else the first moment that is; `last_reminder` None: only the night counts."""
    here = now.astimezone(zone)
    if last_reminder is not None and last_reminder.astimezone(zone).date() >= here.date():
        here = datetime.combine(last_reminder.astimezone(zone).date() + timedelta(days=1), MORNING, zone)
    if here.time() < MORNING:
        here = datetime.combine(here.date(), MORNING, zone)
    elif here.time() >= NIGHT:
        here = datetime.combine(here.date() + timedelta(days=1), MORNING, zone)
    return now if here <= now else here.astimezone(now.tzinfo)
