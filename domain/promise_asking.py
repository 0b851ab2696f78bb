"""When a promise is spoken of again: the group is asked what it sees, the office how it stands."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from domain.promises import Reason, Status, Verdict
from domain.reminders import Reminder, of_promise

# The longest time between two reminders is a month, and an office may be closed for some days after it.
AHEAD = timedelta(days=50)
# Who has just told us is not asked again at once.
FRESH = timedelta(days=3)

_OVER = frozenset({Status.KEPT, Status.KEPT_LATE, Status.BROKEN})


def over(verdict: Verdict) -> bool:
    """Nobody is reminded any more; what somebody tells by themselves still counts."""
    return verdict.due is None or verdict.status in _OVER or verdict.reason is Reason.SPLIT


def latest(due: date, made_on: date, now: datetime, zone: ZoneInfo, *, office: bool = False) -> Reminder | None:
    """The reminder that is due now. After a pause only the last one is: those before it ask the same."""
    past = of_promise(due, since=made_on, until=now.astimezone(zone).date(), tz=zone, office=office)
    return next((reminder for reminder in reversed(past) if reminder.at <= now), None)


def following(due: date, made_on: date, now: datetime, zone: ZoneInfo, *, office: bool = False) -> datetime:
    """When the next one is."""
    until = max(due, now.astimezone(zone).date()) + AHEAD
    ahead = of_promise(due, since=made_on, until=until, tz=zone, office=office)
    return next(reminder.at for reminder in ahead if reminder.at > now)
