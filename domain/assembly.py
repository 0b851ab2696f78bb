"""The village's support assembly: between January and March the village chooses one project by show of hands.

How many came is told to everybody, and guarded as every number is: one to four women, or men, are "fewer than five".
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import IntEnum
from zoneinfo import ZoneInfo

from domain.counts import K
from domain.refusal import Refused
from domain.reminders import MORNING

MOST = 20_000  # people: more than any village has
LONGEST_PLACE, LONGEST_PROJECT = 150, 200


class Call(IntEnum):
    """What is told around the day, in order."""

    WOMEN = 1  # to women: what is first on their list
    NEAR = 2  # to everybody
    HOW = 3  # to who set the day, and the group's leaders: what came of it
    HOW_AGAIN = 4


OPENS, ASKED_UNTIL = (1, 8), (1, 22)  # month and day: when the days of the year's assemblies are asked for
DAYS = {Call.WOMEN: -3, Call.NEAR: -1, Call.HOW: 1, Call.HOW_AGAIN: 8}  # from the day of the assembly


@dataclass(frozen=True)
class Outcome:
    """Who came and what was chosen: a need of the list with its `place` there, another project in words, or nothing."""

    women: int
    men: int
    need: int | None = None
    place: int | None = None
    words: str | None = None

    def __post_init__(self) -> None:
        if not (0 <= self.women <= MOST and 0 <= self.men <= MOST):
            raise ValueError(f"{self.women} women and {self.men} men are no assembly")
        if self.need is not None and self.words is not None:
            raise ValueError("one project is chosen")

    @property
    def nothing(self) -> bool:
        return self.need is None and self.words is None


def season(today: date) -> tuple[date, date]:
    """The first and last day on which the next assembly may be: this year's months, or the next year's."""
    year = today.year if today <= date(today.year, 3, 31) else today.year + 1
    return max(today, date(year, 1, 1)), date(year, 3, 31)


def require_in_season(day: date, today: date) -> None:
    first, last = season(today)
    if not first <= day <= last:
        raise Refused("assembly_season", first=first.isoformat(), last=last.isoformat())


def opens(year: int, zone: ZoneInfo) -> datetime:
    """When those who set the days are asked for them."""
    return datetime.combine(date(year, *OPENS), MORNING, zone).astimezone(UTC)


def asked_for(now: datetime, zone: ZoneInfo) -> bool:
    local = now.astimezone(zone)
    return opens(local.year, zone) <= now and local.date() < date(local.year, *ASKED_UNTIL)


def moment(starts_at: datetime, call: Call, zone: ZoneInfo) -> datetime:
    """When this is told: in the morning of its day."""
    day = starts_at.astimezone(zone).date() + timedelta(days=DAYS[call])
    return datetime.combine(day, MORNING, zone).astimezone(UTC)


def shown(number: int) -> int | None:
    """As everybody may know it; None for one to four."""
    return None if 0 < number < K else number
