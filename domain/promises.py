"""A promise on its three axes: what the official says, what the group finds, and the day it is due.

Nothing is overwritten: each axis is a list of events, and the status that everybody sees is computed from all three.

The status rests on what somebody said or saw, never on silence. So "not checked" is never "not done": a promise is
overdue because its day has passed (the reason tells whether anyone has looked), stalled or broken only by what was
seen or said, and one that the official calls done is under way until the group has looked.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TypeAlias

from domain.months import later

# Nothing to be seen half a year after the day: no longer late.
BROKEN_AFTER = timedelta(days=180)


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


class Vague(StrEnum):
    """Words for a time, each with its stated rule."""

    SOON = "soon"
    COMING_MONTHS = "coming_months"
    THIS_YEARS_BUDGET = "this_years_budget"
    NEXT_YEARS_BUDGET = "next_years_budget"


_MONTHS = {Vague.SOON: 3, Vague.COMING_MONTHS: 6}
_BUDGETS = {Vague.THIS_YEARS_BUDGET: 0, Vague.NEXT_YEARS_BUDGET: 1}


class Axis(StrEnum):
    OFFICIAL = "official"
    GROUP = "group"
    SCHEDULE = "schedule"


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
    SAID_DONE_SEEN_OTHERWISE = "said_done_seen_otherwise"
    SEEN_UNDER_WAY = "seen_under_way"
    SEEN_NOTHING = "seen_nothing"
    SEEN_NOTHING_SINCE_BEGUN = "seen_nothing_since_begun"
    SEEN_NOTHING_LONG_AFTER = "seen_nothing_long_after"
    SEEN_DONE = "seen_done"
    SEEN_DONE_BADLY = "seen_done_badly"
    AGREED = "agreed"


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
    value: Finding
    on: date


@dataclass(frozen=True)
class Agreed:
    """Both sides agreed to change it: to another day, or with none to let it go."""

    due: date | None
    on: date


Event: TypeAlias = Said | Found | Agreed


def event(axis: Axis, value: str, on: date, due: date | None = None) -> Event:
    """As it is stored; the value of an agreement is not looked at."""
    match axis:
        case Axis.OFFICIAL:
            return Said(Word(value), on)
        case Axis.GROUP:
            return Found(Finding(value), on)
        case Axis.SCHEDULE:
            return Agreed(due, on)


def due_on(promise: Promise) -> date:
    if isinstance(promise.due, date):
        return promise.due
    if promise.due in _MONTHS:
        return later(promise.made_on, _MONTHS[promise.due])
    return date(promise.made_on.year + _BUDGETS[promise.due], 12, 31)


@dataclass(frozen=True)
class Verdict:
    """`due` is None once the promise was let go by agreement; `found` is the last time anybody really looked."""

    status: Status
    reason: Reason
    due: date | None
    days_over: int = 0
    said: Said | None = None
    found: Found | None = None
    done_on: date | None = None


# What the public reads for each reason: until the day it is due, and after it.
_PUBLIC = {
    Reason.NOTHING_KNOWN: (Status.NOT_YET_DUE, Status.OVERDUE),
    Reason.SAID_NOT_STARTED: (Status.NOT_YET_DUE, Status.OVERDUE),
    Reason.SAID_UNDER_WAY: (Status.UNDER_WAY, Status.OVERDUE),
    Reason.SAID_DONE_NOT_CHECKED: (Status.UNDER_WAY, Status.UNDER_WAY),
    Reason.SAID_CANNOT: (Status.BROKEN, Status.BROKEN),
    Reason.SAID_CHANGED_NOT_AGREED: (Status.NOT_YET_DUE, Status.OVERDUE),
    Reason.SAID_DONE_SEEN_OTHERWISE: (Status.DISPUTED, Status.DISPUTED),
    Reason.SEEN_UNDER_WAY: (Status.UNDER_WAY, Status.OVERDUE),
    Reason.SEEN_NOTHING: (Status.NOT_YET_DUE, Status.OVERDUE),
    Reason.SEEN_NOTHING_SINCE_BEGUN: (Status.STALLED, Status.OVERDUE),
    Reason.SEEN_NOTHING_LONG_AFTER: (Status.BROKEN, Status.BROKEN),
    Reason.SEEN_DONE: (Status.KEPT, Status.KEPT_LATE),
    Reason.SEEN_DONE_BADLY: (Status.KEPT_IN_PART, Status.KEPT_IN_PART),
    Reason.AGREED: (Status.CHANGED_BY_AGREEMENT, Status.CHANGED_BY_AGREEMENT),
}
_HEARD = {
    Word.NOT_STARTED: Reason.SAID_NOT_STARTED,
    Word.UNDER_WAY: Reason.SAID_UNDER_WAY,
    Word.DONE: Reason.SAID_DONE_NOT_CHECKED,
    Word.CANNOT: Reason.SAID_CANNOT,
    Word.CHANGED: Reason.SAID_CHANGED_NOT_AGREED,
}


def status(promise: Promise, events: Sequence[Event], today: date) -> Verdict:
    """`events` in the order in which they were recorded. An agreement begins the story anew."""
    agreed, story = _since_agreement(events)
    due = agreed.due if agreed else due_on(promise)
    said = next((event for event in reversed(story) if isinstance(event, Said)), None)
    found = next((event for event in reversed(story) if isinstance(event, Found)), None)
    reason = _reason(story, said, found, due)
    done_on = _done_on(story) if reason is Reason.SEEN_DONE else None
    days_over = max(0, ((done_on or today) - due).days) if due else 0
    if agreed and _agreement_stands(agreed, reason, days_over):
        reason = Reason.AGREED
    return Verdict(_PUBLIC[reason][days_over > 0], reason, due, days_over, said, found, done_on)


def _since_agreement(events: Sequence[Event]) -> tuple[Agreed | None, list[Said | Found]]:
    """Somebody who could not check has told us nothing about the promise, so that is left out."""
    agreed: Agreed | None = None
    story: list[Said | Found] = []
    for one in events:
        if isinstance(one, Agreed):
            agreed, story = one, []
        elif not (isinstance(one, Found) and one.value is Finding.NOT_CHECKED):
            story.append(one)
    return agreed, story


def _agreement_stands(agreed: Agreed, reason: Reason, days_over: int) -> bool:
    if agreed.due is None:
        return reason not in {Reason.SEEN_DONE, Reason.SEEN_DONE_BADLY}
    return reason is Reason.NOTHING_KNOWN and not days_over


def _reason(story: Sequence[Said | Found], said: Said | None, found: Found | None, due: date | None) -> Reason:
    if found and found.value is Finding.DONE:
        return Reason.SEEN_DONE
    if found and found.value is Finding.DONE_BADLY:
        return Reason.SEEN_DONE_BADLY
    if found and story[-1] is found:
        return _seen(story, said, found, due)
    return _HEARD[said.value] if said else Reason.NOTHING_KNOWN


def _seen(story: Sequence[Said | Found], said: Said | None, found: Found, due: date | None) -> Reason:
    """The group looked after the official's last word, and it is not done."""
    if said and said.value is Word.DONE:
        return Reason.SAID_DONE_SEEN_OTHERWISE
    if found.value is Finding.UNDER_WAY:
        return Reason.SEEN_UNDER_WAY
    if said and said.value is Word.CANNOT:
        return Reason.SAID_CANNOT
    if due and found.on > due + BROKEN_AFTER:
        return Reason.SEEN_NOTHING_LONG_AFTER
    begun = any(one.value in {Word.UNDER_WAY, Finding.UNDER_WAY} for one in story)
    return Reason.SEEN_NOTHING_SINCE_BEGUN if begun else Reason.SEEN_NOTHING


def _done_on(story: Sequence[Said | Found]) -> date:
    """When the official said so, if the group found it so; a finding of the contrary between them starts again."""
    days: list[date] = []
    for one in story:
        if one.value in {Word.DONE, Finding.DONE}:
            days.append(one.on)
        elif isinstance(one, Found):
            days = []
    return min(days)
