"""Grants: who may apply until when, how an application goes on to its result, and which needs have no money yet.

An application is what was said of it, in order; nothing is ever changed or taken out. Amounts are whole lari.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from domain import money
from domain.money import Money
from domain.promises import Status
from domain.refusal import Refused

NAME, CRITERIA, REASON = 150, 2000, 500  # characters
MOST_POINTS = 30  # of a hundred: a preference, and not the whole verdict
MOST_NEEDS = 5  # in one application
LINK_LASTS = timedelta(days=60)  # after the deadline: by then the committee has decided
NEAR = (7, 1)  # days before the deadline on which a planned application is spoken of


class Stage(StrEnum):
    """In the order in which they come; a withdrawn application is over."""

    PLANNED = "planned"
    SENT = "sent"
    LATER = "later"
    REFUSED = "refused"
    GRANTED = "granted"
    RECEIVED = "received"
    DONE = "done"
    WITHDRAWN = "withdrawn"


class Party(StrEnum):
    GROUP = "group"
    COMMITTEE = "committee"


DECISIONS = (Stage.GRANTED, Stage.REFUSED, Stage.LATER)
PAID = frozenset({Stage.GRANTED, Stage.RECEIVED, Stage.DONE})
SEEN = frozenset(Stage) - {Stage.PLANNED, Stage.WITHDRAWN}  # what a committee has before it
# What a group may say next. What the committee has decided only the committee decides anew.
NEXT: dict[Stage, tuple[Stage, ...]] = {
    Stage.PLANNED: (Stage.SENT, Stage.WITHDRAWN),
    Stage.SENT: (*DECISIONS, Stage.WITHDRAWN),
    Stage.LATER: (Stage.GRANTED, Stage.REFUSED, Stage.WITHDRAWN),
    Stage.REFUSED: (),
    Stage.GRANTED: (Stage.RECEIVED,),
    Stage.RECEIVED: (Stage.DONE,),
    Stage.DONE: (),
    Stage.WITHDRAWN: (),
}
DECIDABLE = frozenset({Stage.SENT, *DECISIONS})  # by the committee, again too until the money has come


@dataclass(frozen=True, slots=True)
class Step:
    """`amount` is what was granted, or what came of it; `reason` is the committee's, in words."""

    stage: Stage
    party: Party
    on: date
    amount: int | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Terms:
    """What of a call decides. No kinds: for needs of every kind. `most`: the money of the whole call."""

    most: int
    deadline: date
    kinds: frozenset[str] = frozenset()
    ended: bool = False

    def wants(self, kind: str) -> bool:
        return not self.kinds or kind in self.kinds

    def takes(self, today: date) -> bool:
        return not self.ended and today <= self.deadline


def check_terms(terms: Terms, today: date) -> None:
    require_amount(terms.most, money.MOST)
    if terms.deadline < today:
        raise Refused("grant_deadline")


def require_open(terms: Terms, today: date) -> None:
    if not terms.takes(today):
        raise Refused("grant_deadline")


def require_amount(amount: int | None, most: int) -> None:
    if amount is None or not 0 < amount <= most:
        raise Refused("grant_amount", most=most)


def choices(steps: Sequence[Step]) -> tuple[Stage, ...]:
    """What the group may say next."""
    last = steps[-1]
    if last.party is Party.COMMITTEE and last.stage in DECISIONS:
        return tuple(each for each in NEXT[last.stage] if each not in DECISIONS)
    return NEXT[last.stage]


def check(steps: Sequence[Step], new: Step, terms: Terms, today: date) -> None:
    """Raises Refused unless this may be said of an application now."""
    if new.party is Party.COMMITTEE:
        _check_verdict(steps[-1], new)
    elif new.stage not in choices(steps):
        raise Refused("grant_step")
    if not steps[-1].on <= new.on <= today:
        raise Refused("grant_day")
    if new.stage is Stage.SENT and new.on > terms.deadline:
        raise Refused("grant_deadline")
    if new.stage in (Stage.GRANTED, Stage.RECEIVED):
        require_amount(new.amount, terms.most)
    elif new.amount is not None:
        raise Refused("grant_step")


def _check_verdict(last: Step, new: Step) -> None:
    """The same once more is a second press of the button, and no news."""
    if new.stage not in DECISIONS or last.stage not in DECIDABLE:
        raise Refused("grant_step")
    if (new.stage, new.amount, new.reason, new.party) == (last.stage, last.amount, last.reason, last.party):
        raise Refused("already_decided")


def check_rule(points: int, terms: Terms, today: date, *, decided: bool) -> None:
    """The preference stands before anybody is judged by it."""
    if not 0 <= points <= MOST_POINTS:
        raise Refused("grant_points", most=MOST_POINTS)
    if decided or not terms.takes(today):
        raise Refused("grant_rule_fixed")


def points(rule: int, places: Iterable[int | None], *, annexed: bool) -> int:
    """What a surveyed need brings: one of them stands on its village's agreed list, and the evidence is sealed."""
    return rule if annexed and any(place is not None for place in places) else 0


def has_money(stages: Collection[Money], status: Status) -> bool:
    """Of a promise for the need: a plan or a draft is no money yet; what is kept needs none."""
    sure = (money.Stage.ADOPTED, money.Stage.CONTRACTED, money.Stage.PAID)
    return status in (Status.KEPT, Status.KEPT_LATE) or any(one.found and one.stage in sure for one in stages)


def near(deadline: date, today: date) -> int | None:
    """Which reminder is on: the last whose day has come; None before the first, and once the deadline has passed."""
    left = (deadline - today).days
    come = [days for days in NEAR if left <= days]
    return min(come) if come and left >= 0 else None
