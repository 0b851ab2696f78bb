"""In which order issues come to the table, and how long each has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, TypeVar

from domain.refusal import Refused
from domain.year import BY, Step

ISSUES_BEFORE = timedelta(days=10)  # officials have at least so long to prepare
DRAFT_BUDGET = (11, 15)  # the mayor hands in the draft of next year's budget
MINUTES = 20  # for an issue, where nothing else was said
Issue = TypeVar("Issue")


def in_turns(lists: Mapping[int, Sequence[Issue]]) -> list[Issue]:
    """Each community's first issue before anyone's second; `lists` in the order in which they sit."""
    longest = max((len(each) for each in lists.values()), default=0)
    return [each[round_] for round_ in range(longest) for each in lists.values() if round_ < len(each)]


def seated(items: Sequence[Mapping[str, Any]], community_ids: Sequence[int]) -> list[Mapping[str, Any]]:
    """What was chosen of all issues, each community's first chosen one before anyone's second."""
    return in_turns({each: [item for item in items if item["community_id"] == each] for each in community_ids})


def check_notice(day: date, today: date) -> None:
    """Who is asked in the morning answers "I will look into it": Refused when it is too soon to prepare."""
    if day - today < ISSUES_BEFORE:
        raise Refused("meeting_too_soon", earliest=today + ISSUES_BEFORE)


def proposed(today: date) -> list[date]:
    """Three Wednesdays up to the middle of October, two weeks apart; later in the year the next that can be prepared.

    What is agreed by then still comes into the draft of the budget, which the mayor hands in a month later.
    """
    earliest = _wednesday(today + ISSUES_BEFORE)
    latest = _wednesday(date(today.year, *BY[Step.ROUND_TABLE]) - timedelta(days=6))
    best = [latest - timedelta(weeks=2 * back) for back in (2, 1, 0)]
    found = [day for day in best if day >= earliest]
    return found or [earliest, earliest + timedelta(weeks=1)]


def before_draft(day: date) -> bool:
    return day < date(day.year, *DRAFT_BUDGET)


def _wednesday(day: date) -> date:
    return day + timedelta(days=(2 - day.weekday()) % 7)
