"""Several phones of one person: how a code joins them, who of the two stays, and which of two answers counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum
from typing import Any

DIGITS = 8
LASTS = timedelta(minutes=10)
PART_WITHIN = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Code:
    """As it is kept; `person_id` is who it was shown to."""

    person_id: int
    expires_at: datetime
    used_at: datetime | None = None


def fault(code: Code | None, person_id: int, now: datetime) -> str | None:
    """Why this person cannot use it, as a key of conversations/refusals.py; None when they can."""
    if code is None:
        return "code_unknown"
    if code.person_id == person_id:
        return "code_own"
    if code.used_at is not None:
        return "code_used"
    return "code_expired" if now >= code.expires_at else None


@dataclass(frozen=True, slots=True)
class Account:
    person_id: int
    welcomed_at: datetime | None


def who_stays(one: Account, other: Account) -> tuple[Account, Account]:
    """(who stays, who sleeps): the older welcomed one stays; a stranger never does where the other is none."""
    return (one, other) if _age(one) <= _age(other) else (other, one)


def _age(account: Account) -> tuple[bool, float, int]:
    welcomed = account.welcomed_at
    return welcomed is None, welcomed.timestamp() if welcomed else 0.0, account.person_id


class Weight(IntEnum):
    """What an answer counts for. Least first, so that the weightiest of several is the greatest."""

    PARTIAL = 0
    BESIDE = 1  # by the open web: read, and counted beside
    COUNTED = 2


@dataclass(frozen=True, slots=True)
class Given:
    """One of two answers to the same poll; `theirs`: of the person who stays."""

    weight: Weight
    village_id: int
    answered_at: datetime
    theirs: bool


def which_counts(one: Given, other: Given, home: int | None) -> tuple[Given, Given]:
    """(the one that goes on, the one that rests): one person is one answer.

    The weightier goes on, then that of the person's village, then the earlier.
    """

    def rank(given: Given) -> tuple[int, bool, float, bool]:
        return (-given.weight, given.village_id != home, given.answered_at.timestamp(), not given.theirs)

    first, second = sorted((one, other), key=rank)
    return first, second


def unites(counts: Given, rests: Given) -> bool:
    """Whether the supports of the one that rests are taken over.

    Only where both counted alike and in the same village: else two who turn out to be one would raise a count.
    """
    return counts.weight is rests.weight and counts.village_id == rests.village_id


def number_now(renumbered: Sequence[Sequence[Any]] | None, number: int) -> int | None:
    """The run that a button means which was shown before two people were joined; None: it has ended.

    Each joining adds [upto, {number: number now}] to their addresses: numbers up to `upto` had been given out before.
    """
    for upto, moved in renumbered or ():
        if number <= upto:
            found = _found(moved, number)
            if found is None:
                return None
            number = found
    return number


def _found(moved: Mapping[str, int], number: int) -> int | None:
    return moved.get(str(number))
