"""Trainings, information meetings and consultations: what they are about, for whom, and on which days."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from domain.months import later
from domain.refusal import Refused
from domain.reminders import MORNING, of_training

MOST_TIMES = 12
WEEK = timedelta(days=7)
# The day after the one before, in a weekly series: early enough to plan, late enough to be remembered.
ANNOUNCED_BEFORE = timedelta(days=6)


class Kind(StrEnum):
    TRAINING = "training"
    MEETING = "meeting"
    CONSULTATION = "consultation"


class Topic(StrEnum):
    LAW = "law"
    PROCEDURES = "procedures"
    TAKING_PART = "taking_part"
    OWN = "own"


class Audience(StrEnum):
    GROUPS = "groups"
    RESIDENTS = "residents"
    OFFICIALS = "officials"


class Repeat(StrEnum):
    ONCE = "once"
    WEEKLY = "weekly"
    MONTHLY = "monthly"


class Answer(StrEnum):
    COMING = "coming"
    NOT_COMING = "not_coming"


@dataclass(frozen=True)
class Session:
    """One meeting of a series, and when people hear of it."""

    number: int
    starts_at: datetime
    announce_at: datetime


def starts(day: date, hour: time, tz: ZoneInfo) -> datetime:
    return datetime.combine(day, hour, tz).astimezone(UTC)


def days(first: date, repeat: Repeat, times: int) -> Sequence[date]:
    """A month has no 31st: then it is its last day."""
    match repeat:
        case Repeat.ONCE:
            return [first]
        case Repeat.WEEKLY:
            return [first + number * WEEK for number in range(times)]
        case Repeat.MONTHLY:
            return [later(first, number) for number in range(times)]


def sessions(first: date, hour: time, repeat: Repeat, times: int, *, now: datetime, tz: ZoneInfo) -> Sequence[Session]:
    """The first is announced at once, each later one some days ahead. Raises Refused when the first is past."""
    every = days(first, repeat, times)
    require_ahead(starts(first, hour, tz), now)
    return [
        Session(number, starts(day, hour, tz), now if number == 1 else starts(day - ANNOUNCED_BEFORE, MORNING, tz))
        for number, day in enumerate(every, start=1)
    ]


def require_ahead(starts_at: datetime, now: datetime) -> None:
    if starts_at <= now:
        raise Refused("training_is_past")


def past_reminders(starts_at: datetime, now: datetime, tz: ZoneInfo) -> int:
    """The number of the last reminder whose moment has gone by: who hears of it only now is not reminded at once."""
    return max((reminder.number for reminder in of_training(starts_at, tz) if reminder.at <= now), default=0)
