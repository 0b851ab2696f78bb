"""In election weeks statuses go on, but nobody is praised or blamed by name, and no vote on a mandate runs."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from domain.refusal import Refused

LONGEST = timedelta(days=120)


@dataclass(frozen=True)
class Weeks:
    """Both days belong to them."""

    first: date
    last: date


def check(weeks: Weeks) -> Weeks:
    if weeks.last < weeks.first:
        raise Refused("poll_ends_before_it_begins")
    if weeks.last - weeks.first > LONGEST:
        raise Refused("election_too_long", days=LONGEST.days)
    return weeks


def quiet(every: Iterable[Weeks], today: date) -> bool:
    """No message names who made or keeps a promise, no mandate is voted on."""
    return any(weeks.first <= today <= weeks.last for weeks in every)
