"""An official is never surprised: what the calendar alone will change is told two days before everybody reads it."""

from datetime import date, timedelta

from domain.promises import Status, Verdict
from domain.reminders import working

DAY = timedelta(days=1)
AHEAD = timedelta(days=12)  # no holidays last longer
# What nobody likes to read of themselves without having been told.
HARD = frozenset({Status.OVERDUE, Status.STALLED, Status.BROKEN, Status.DISPUTED})


def shown_on(due: date) -> date:
    """The first day on which everybody reads that its day has passed."""
    return due + DAY


def notice_day(due: date) -> date:
    """Two days before that, or the last day before on which the office is open."""
    day = shown_on(due) - 2 * DAY
    while not working(day):
        day -= DAY
    return day


def hardens(now: Verdict, then: Verdict) -> bool:
    return then.status in HARD and now.status != then.status
