"""What a promise leaves open, so that the desk can ask before everybody goes home."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from domain.meetings.record import Promise


class Gap(StrEnum):
    """In the order in which it is asked for."""

    DAY = "day"
    MONEY = "money"
    SOURCE = "source"
    CHECK = "check"


def gaps(promise: Promise) -> list[Gap]:
    """Without a named day a promise is vague; the rest makes it one that can be followed."""
    open_ = [] if isinstance(promise.due, date) else [Gap.DAY]
    if not promise.money:
        open_.append(Gap.MONEY)
    elif not promise.money_source:
        open_.append(Gap.SOURCE)
    return open_ if promise.check else [*open_, Gap.CHECK]


def is_vague(promise: Promise) -> bool:
    return not isinstance(promise.due, date)
