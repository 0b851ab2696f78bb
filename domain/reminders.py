"""When a person may be reminded, and when a promise or a training is due to be spoken of.

A reminder is (number, moment): the number is its place in its own series and never changes, so that thing + number
names it for ever and it is sent once. All moments are UTC; days and hours are local to `tz`.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import count
from typing import NamedTuple
from zoneinfo import ZoneInfo

from holidays import HolidayBase, country_holidays

from domain.months import later

QUIET_FROM, QUIET_UNTIL = time(21), time(9)
MORNING, EVENING = time(10), time(19)
DAY = timedelta(days=1)


class Reminder(NamedTuple):
    number: int
    at: datetime


def _local(day: date, hour: time, tz: ZoneInfo) -> datetime:
    return datetime.combine(day, hour, tz).astimezone(UTC)


def morning(day: date, tz: ZoneInfo) -> datetime:
    """When people are reminded on that day."""
    return _local(day, MORNING, tz)


def quiet(moment: datetime, tz: ZoneInfo) -> bool:
    hour = moment.astimezone(tz).time()
    return hour >= QUIET_FROM or hour < QUIET_UNTIL


def _after_quiet(moment: datetime, tz: ZoneInfo) -> datetime:
    if not quiet(moment, tz):
        return moment
    local = moment.astimezone(tz)
    late = local.time() >= QUIET_FROM
    return _local(local.date() + DAY if late else local.date(), QUIET_UNTIL, tz)


def next_allowed(now: datetime, last_reminder: datetime | None, tz: ZoneInfo, *, office: bool = False) -> datetime:
    """The first moment from now on that is not quiet and not on the (local) day of the last reminder; where it goes to
    an office, on a day on which it works."""
    first = now
    if last_reminder is not None:
        next_day = last_reminder.astimezone(tz).date() + DAY
        first = max(now, _local(next_day, QUIET_UNTIL, tz))
    allowed = _after_quiet(first, tz)
    day = allowed.astimezone(tz).date()
    return _local(working_day(day), QUIET_UNTIL, tz) if office and not working(day) else allowed


def snoozed(now: datetime, days: int, tz: ZoneInfo) -> datetime:
    """So many days on, in the morning."""
    return _local(now.astimezone(tz).date() + days * DAY, MORNING, tz)


@cache
def _calendar(country: str) -> HolidayBase:
    return country_holidays(country)


def working(day: date, country: str = "GE") -> bool:
    return day.weekday() < 5 and day not in _calendar(country)


def working_day(day: date, country: str = "GE") -> date:
    """That day, or the next on which an office is open."""
    return next(then for ahead in count() if working(then := day + ahead * DAY, country))


def _around(due: date) -> Iterator[date]:
    """Before, on and after the day, then every month for as long as it takes."""
    yield from (due + days * DAY for days in (-14, 0, 7, 30))
    yield from (later(due, months) for months in count(2))


def of_promise(due: date, *, since: date, until: date, tz: ZoneInfo, office: bool = False) -> list[Reminder]:
    """What falls on the days from `since` (when the promise was made) through `until`. An office is asked on its
    working days. When the due day is changed by agreement a new series begins: name it by its due day."""
    found: list[Reminder] = []
    for number, day in enumerate(_around(due), start=1):
        asked = working_day(day) if office else day
        if asked > until:
            return found
        if asked >= since:
            found.append(Reminder(number, _local(asked, MORNING, tz)))
    return found


def of_training(starts_at: datetime, tz: ZoneInfo) -> list[Reminder]:
    """The day before at ten, and two hours before; where that would be in quiet hours, the evening before it instead.
    When both fall on one day the later one stands alone: nobody is reminded twice a day."""
    starts = starts_at.astimezone(tz)
    before = Reminder(1, _local(starts.date() - DAY, MORNING, tz))
    last = Reminder(2, _last_call(starts_at, tz))
    alone = last.at.astimezone(tz).date() == before.at.astimezone(tz).date()
    return [last] if alone else [before, last]


def _last_call(starts_at: datetime, tz: ZoneInfo) -> datetime:
    wanted = (starts_at - timedelta(hours=2)).astimezone(UTC)
    if not quiet(wanted, tz):
        return wanted
    local = wanted.astimezone(tz)
    early = local.time() < QUIET_UNTIL
    return _local(local.date() - DAY if early else local.date(), EVENING, tz)
