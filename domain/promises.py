"""A promise on its three axes: what the official says, what the group finds, and the day it is due.

Nothing is overwritten: each axis is a list of events, and the status that everybody sees is computed from all three.

Here are the words for it; promise_status.py computes. The rules stand as a table in docs/promises.md.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeAlias

from domain.months import later


class Word(StrEnum):
    NOT_STARTED = "not_started"
    UNDER_WAY = "under_way"
    DONE = "done"
    CANNOT = "cannot"
    CHANGED = "changed"


class Finding(StrEnum):
    NOT_CHECKED = "not_checked"
    NOTHING_SEEN = "nothing_seen"
    UNDER_WAY = "under_way"
    DONE = "done"
    DONE_BADLY = "done_badly"


class Heard(StrEnum):
    """What a neighbour adds to what the group has seen."""

    SUPPORTS = "supports"
    CONTRADICTS = "contradicts"
    REOPENS = "reopens"


class Source(StrEnum):
    """Where it was promised. A candidate's words are kept apart and never counted."""

    ROUND_TABLE = "round_table"
    LETTER = "letter"
    SESSION = "session"
    YEARLY_REPORT = "yearly_report"
    ASSEMBLY = "assembly"
    CANDIDATE = "candidate"


class Vague(StrEnum):
    """Words for a time, each with its stated rule."""

    SOON = "soon"
    COMING_MONTHS = "coming_months"
    THIS_YEARS_BUDGET = "this_years_budget"
    NEXT_YEARS_BUDGET = "next_years_budget"


_MONTHS = {Vague.SOON: 3, Vague.COMING_MONTHS: 6}
_BUDGETS = {Vague.THIS_YEARS_BUDGET: 0, Vague.NEXT_YEARS_BUDGET: 1}


class Axis(StrEnum):
    """The kinds of events from which the status is computed."""

    OFFICIAL = "official"
    GROUP = "group"
    SCHEDULE = "schedule"
    VOICE = "voice"


class Status(StrEnum):
    NOT_YET_DUE = "not_yet_due"
    UNDER_WAY = "under_way"
    STALLED = "stalled"
    OVERDUE = "overdue"
    KEPT = "kept"
    KEPT_LATE = "kept_late"
    KEPT_IN_PART = "kept_in_part"
    BROKEN = "broken"
    DISPUTED = "disputed"
    CHANGED_BY_AGREEMENT = "changed_by_agreement"


class Reason(StrEnum):
    NOTHING_KNOWN = "nothing_known"
    SAID_NOT_STARTED = "said_not_started"
    SAID_UNDER_WAY = "said_under_way"
    SAID_DONE_NOT_CHECKED = "said_done_not_checked"
    SAID_CANNOT = "said_cannot"
    SAID_CHANGED_NOT_AGREED = "said_changed_not_agreed"
    SAID_CHANGED_REFUSED = "said_changed_refused"
    SAID_DONE_SEEN_OTHERWISE = "said_done_seen_otherwise"
    SEEN_UNDER_WAY = "seen_under_way"
    SEEN_NOTHING = "seen_nothing"
    SEEN_NOTHING_SINCE_BEGUN = "seen_nothing_since_begun"
    SEEN_NOTHING_LONG_AFTER = "seen_nothing_long_after"
    SEEN_DONE_ONCE = "seen_done_once"
    SEEN_DONE = "seen_done"
    SEEN_DONE_BADLY = "seen_done_badly"
    SEEN_DIFFERENTLY = "seen_differently"
    NEIGHBOURS_DISAGREE = "neighbours_disagree"
    AGREED = "agreed"
    SPLIT = "split"


@dataclass(frozen=True)
class Promise:
    """What the rules look at; who said it and its very words are kept beside."""

    made_on: date
    due: date | Vague


@dataclass(frozen=True)
class Said:
    value: Word
    on: date


@dataclass(frozen=True)
class Found:
    """One member's check. `by` tells members apart and names nobody; `weight` is what the group has decided for those
    who live there."""

    value: Finding
    on: date
    by: int = 0
    photo: bool = False
    weight: int = 1


@dataclass(frozen=True)
class Agreed:
    """The group's answer to the official's wish: another day, or with none to let it go; or no."""

    due: date | None
    on: date
    yes: bool = True


@dataclass(frozen=True)
class Voice:
    """A neighbour's; `by` as in Found."""

    value: Heard
    on: date
    by: int = 0
    photo: bool = False


Event: TypeAlias = Said | Found | Agreed | Voice
REFUSED = "refused"  # an agreement of any other value is a yes


def event(
    axis: Axis, value: str, on: date, due: date | None = None, *, by: int = 0, photo: bool = False, weight: int = 1
) -> Event:
    """As it is stored."""
    match axis:
        case Axis.OFFICIAL:
            return Said(Word(value), on)
        case Axis.GROUP:
            return Found(Finding(value), on, by, photo, weight)
        case Axis.SCHEDULE:
            return Agreed(due, on, value != REFUSED)
        case Axis.VOICE:
            return Voice(Heard(value), on, by, photo)


def due_on(promise: Promise) -> date:
    if isinstance(promise.due, date):
        return promise.due
    if promise.due in _MONTHS:
        return later(promise.made_on, _MONTHS[promise.due])
    return date(promise.made_on.year + _BUDGETS[promise.due], 12, 31)


@dataclass(frozen=True)
class Verdict:
    """`due` is None once the promise was let go by agreement; `found` is the check that the status rests on, or else
    the last one. Until the day `provisional_until` it is the group that says "kept", and neighbours may disagree.
    `wish` is what the official has asked for and the group has not answered; `doubted` says that a neighbour has seen
    it otherwise since the group looked last."""

    status: Status
    reason: Reason
    due: date | None
    days_over: int = 0
    said: Said | None = None
    found: Found | None = None
    done_on: date | None = None
    provisional_until: date | None = None
    wish: Said | None = None
    doubted: bool = False
