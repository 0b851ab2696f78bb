"""When the gender-responsive budgeting table goes to those who decide, and to whom.

Before 25 November, while the council's remarks on the draft are made, and again once the budget is adopted, with last
year's beside it. The program only reminds of it; a coordinator looks at the table and sends it.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from domain.money import ON, Look
from domain.reminders import MORNING

REMIND_FOR = timedelta(days=30)  # whoever has not said that they have it by then is left to the desk
LONGEST = 100  # characters of a name or an office


class Body(StrEnum):
    """Who reads it for the municipality."""

    COUNCIL = "council"  # the gender equality council
    COMMISSION = "commission"  # the council's commission for the budget
    FINANCE = "finance"  # the finance department


class Occasion(StrEnum):
    DRAFT = "draft"
    ADOPTED = "adopted"


# On these days (month, day) the desk is reminded, and after the last of each (the day not included) no more.
DAYS = {Occasion.DRAFT: ((11, 18), (11, 23)), Occasion.ADOPTED: ((1, 12), (1, 22))}
UNTIL = {Occasion.DRAFT: ON[Look.REMARKS], Occasion.ADOPTED: (2, 1)}


@dataclass(frozen=True)
class Due:
    """`year` is that of the budget; `number` counts the reminders of this occasion from 1."""

    occasion: Occasion
    year: int
    number: int


def occasion(year: int, today: date) -> Occasion:
    """Until it is adopted, at the end of the year before, a budget is a draft."""
    return Occasion.DRAFT if today < date(year - 1, *ON[Look.ADOPTED]) else Occasion.ADOPTED


def late(year: int, today: date) -> bool:
    """The council's remarks on the draft of that year are over."""
    return today >= date(year - 1, *UNTIL[Occasion.DRAFT])


def due(today: date) -> Due | None:
    """What the desk is reminded of today."""
    for which, days in DAYS.items():
        come = [number for number, day in enumerate(days, start=1) if date(today.year, *day) <= today]
        if come and today < date(today.year, *UNTIL[which]):
            return Due(which, today.year + (which is Occasion.DRAFT), come[-1])
    return None


def next_due(after: datetime, zone: ZoneInfo) -> datetime:
    """The morning of the next day on which the desk is reminded."""
    year = after.astimezone(zone).year
    every = [date(number, *day) for number in (year, year + 1) for days in DAYS.values() for day in days]
    mornings = (datetime.combine(day, MORNING, zone).astimezone(UTC) for day in every)
    return min(at for at in mornings if at > after)
