"""When a promise is spoken of again: the group is asked what it sees, the office how it stands."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from domain.needs import Kind
from domain.promises import Reason, Status, Verdict
from domain.reminders import morning, of_promise

# The longest time between two reminders is a month, and an office may be closed for some days after it.
AHEAD = timedelta(days=50)
# Who has just told us is not asked again at once.
FRESH = timedelta(days=3)

# Nobody is asked about one promise twice within these days, where a pause of the program has moved the first time.
APART = timedelta(days=4)

A_WEEK = timedelta(days=7)
_BEGUN = frozenset({Reason.SAID_UNDER_WAY, Reason.SEEN_UNDER_WAY})
_A_LOOK_SETTLES = frozenset(
    {
        Reason.SAID_DONE_NOT_CHECKED,
        Reason.SAID_DONE_SEEN_OTHERWISE,
        Reason.SEEN_DONE_ONCE,
        Reason.SEEN_DIFFERENTLY,
        Reason.NEIGHBOURS_DISAGREE,
    }
)
_OVER = frozenset({Status.KEPT, Status.KEPT_LATE, Status.BROKEN})


def over(verdict: Verdict) -> bool:
    """Nobody is reminded any more; what somebody tells by themselves still counts."""
    return verdict.due is None or verdict.status in _OVER or verdict.reason is Reason.SPLIT


def looked_after(verdict: Verdict) -> bool:
    """The group is asked: also where it is over, and a neighbour has seen it otherwise."""
    return verdict.doubted or not over(verdict)


def weekly(kind: str | None, verdict: Verdict) -> bool:
    """The group is asked every week while a road is being made, and where only a new look settles how it stands."""
    return verdict.doubted or verdict.reason in _A_LOOK_SETTLES or (kind == Kind.ROADS and verdict.reason in _BEGUN)


def following(
    due: date, made_on: date, now: datetime, zone: ZoneInfo, *, office: bool = False, week: bool = False
) -> datetime:
    """When the next one is, where one is asked at this moment; with `week` in a week at the latest."""
    today = now.astimezone(zone).date()
    ahead = of_promise(due, since=made_on, until=max(due, today) + AHEAD, tz=zone, office=office)
    usual = next(reminder.at for reminder in ahead if reminder.at > now)
    return min(usual, morning(today + A_WEEK, zone)) if week else usual
