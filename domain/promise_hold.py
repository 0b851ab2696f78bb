"""An official is never surprised: a fresh look that worsens what everybody reads is told to the office first.

Until it shows, the public reads what it read before; a word of the official in between shows it at once.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from domain.promise_status import status
from domain.promises import Event, Found, Promise, Status, Voice
from domain.reminders import working_day

HELD = timedelta(days=2)  # from the day on which the office hears of it
_HARDER = {Status.OVERDUE: 1, Status.STALLED: 1, Status.DISPUTED: 2, Status.BROKEN: 3}
_KEPT = frozenset({Status.KEPT, Status.KEPT_LATE})


def shown_from(on: date) -> date:
    """The first day on which everybody reads what was seen on that day, where it worsens the status."""
    return working_day(on) + HELD


def held(promise: Promise, events: Sequence[Event], today: date) -> int:
    """How many of the last events wait: the fewest looks and voices, all of them fresh and told since the official's
    last word, without which it stands better."""
    now: Status | None = None
    for waiting, one in enumerate(reversed(events), start=1):
        if not isinstance(one, Found | Voice) or today >= shown_from(one.on):
            break
        now = now or status(promise, events, today).status
        if worse(status(promise, events[:-waiting], today).status, now):
            return waiting
    return 0


def worse(before: Status, after: Status) -> bool:
    if before in _KEPT and after is Status.KEPT_IN_PART:
        return True
    return _HARDER.get(after, 0) > _HARDER.get(before, 0)
