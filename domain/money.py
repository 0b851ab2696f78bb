"""The money of a promise on its way, and the four days of a budget on which the group looks for it.

The days are those of the municipal budget (docs/budget.md): the mayor's draft of 15 November, the council's remarks
until 25 November, the draft brought in again by 10 December, and the adoption before the year ends. "Not found" is an
answer like any other; it never means that the money is not there.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from domain.reminders import MORNING

MOST = 1_000_000_000  # lari: more than any municipality has


class Stage(StrEnum):
    """In the order in which money comes."""

    PLANNED = "planned"
    DRAFT = "draft"
    ADOPTED = "adopted"
    CONTRACTED = "contracted"
    PAID = "paid"


class Look(StrEnum):
    """A day on which the budget of the coming year is looked through, in the order of the days."""

    DRAFT = "draft"
    REMARKS = "remarks"
    CORRECTED = "corrected"
    ADOPTED = "adopted"


class Source(StrEnum):
    """Where somebody looked."""

    SITE = "site"
    LAWS = "laws"  # matsne.gov.ge, where adopted acts stand
    PAPER = "paper"  # at the town hall
    OFFICE = "office"  # told by the finance department


# Month and day. The last leaves two days before the year ends; its answer may come in January too.
ON = {Look.DRAFT: (11, 15), Look.REMARKS: (11, 25), Look.CORRECTED: (12, 10), Look.ADOPTED: (12, 29)}
LASTS = timedelta(days=30)  # after the last day


@dataclass(frozen=True)
class Asked:
    """`year` is the year of the budget, the one after the day of the look."""

    look: Look
    year: int

    @property
    def stage(self) -> Stage:
        return Stage.ADOPTED if self.look is Look.ADOPTED else Stage.DRAFT

    @property
    def on(self) -> date:
        return date(self.year - 1, *ON[self.look])


@dataclass(frozen=True)
class Money:
    """What was found at a stage of a year's budget; `amount` in whole lari. If not found, it has neither."""

    stage: Stage
    year: int
    found: bool
    on: date
    source: Source
    code: str | None = None
    amount: int | None = None

    def __post_init__(self) -> None:
        if not self.found and (self.code or self.amount is not None):
            raise ValueError("what was not found has no code or amount")
        if self.amount is not None and not 0 < self.amount <= MOST:
            raise ValueError(f"{self.amount} lari is no amount of a budget")


def asked(today: date) -> Asked | None:
    """The look that is on: the last whose day has come, until the next one's, or a month after the last."""
    every = [Asked(look, year) for year in (today.year, today.year + 1) for look in Look]
    come = [one for one in every if one.on <= today]
    latest = max(come, key=lambda one: one.on, default=None)
    if latest is None or (latest.look is Look.ADOPTED and today > latest.on + LASTS):
        return None
    return latest


def next_look(after: datetime, zone: ZoneInfo) -> datetime:
    """The morning of the next day on which the group is asked."""
    year = after.astimezone(zone).year
    every = [Asked(look, number).on for number in (year, year + 1, year + 2) for look in Look]
    mornings = (datetime.combine(day, MORNING, zone).astimezone(UTC) for day in every)
    return min(at for at in mornings if at > after)


def latest(told: Sequence[Money]) -> list[Money]:
    """What stands for each stage of each year, in the order of years and stages; `told` in the order it was recorded.

    Whoever finds it after somebody did not adds to the story, and the later word stands.
    """
    standing = {(one.year, list(Stage).index(one.stage)): one for one in told}
    return [standing[key] for key in sorted(standing)]
