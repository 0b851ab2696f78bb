"""Once a week, on Friday at eleven, who follows a village or municipality hears what changed there: one message."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncConnection

from storage import board, place_follows, telling
from storage.board import Here
from storage.place_follows import Followed

DAY, HOUR = 4, time(11)  # Friday, local
WEEK = timedelta(days=7)
MOST = 1000  # at once


async def sweep(db: AsyncConnection, now: datetime, zone: ZoneInfo) -> int:
    """Answers how many people will hear something. A Friday that was missed is made up for when the clock goes on."""
    friday, told = last(now, zone), 0
    while due := await place_follows.due(db, before=friday, most=MOST):
        told += await _tell(db, due, friday, now)
        await place_follows.told(db, ids=[one.id for one in due], until=friday)
    return told


async def _tell(db: AsyncConnection, due: list[Followed], friday: datetime, now: datetime) -> int:
    """Nobody hears that nothing happened."""
    people: dict[int, dict[str, str]] = {}
    newest: dict[tuple[Here, datetime], bool] = {}
    for one in due:
        key = (one.here, one.told_until)
        if key not in newest:
            newest[key] = bool(await board.changed(db, here=one.here, most=1, since=one.told_until, until=friday))
        if newest[key]:
            people.setdefault(one.person_id, {})[str(one.id)] = one.told_until.isoformat()
    for person_id, places in people.items():
        args = {"since": places, "until": friday.isoformat()}
        thing = f"board:{friday.date()}:{min(places, key=int)}"
        await telling.tell(db, person_id=person_id, thing=thing, conversation="board_news", args=args, now=now)
    return len(people)


def last(now: datetime, zone: ZoneInfo) -> datetime:
    """The last Friday at eleven."""
    local = now.astimezone(zone)
    day = local.date() - timedelta(days=(local.weekday() - DAY) % 7)
    at = datetime.combine(day, HOUR, zone)
    return (at if at <= local else at - WEEK).astimezone(UTC)


async def next_due(db: AsyncConnection, after: datetime, zone: ZoneInfo) -> datetime | None:
    friday = last(after, zone) + WEEK
    return friday if await place_follows.due(db, before=friday, most=1) else None
