from dataclasses import replace
from datetime import date

import pytest

from domain import polls
from domain.polls import Poll, State
from domain.refusal import Refused

POLL = Poll(opens=date(2026, 9, 1), closes=date(2026, 9, 20), villages=frozenset({1, 2}))


@pytest.mark.parametrize(
    ("today", "state"),
    [
        (date(2026, 8, 31), State.COMING),
        (date(2026, 9, 1), State.OPEN),
        (date(2026, 9, 20), State.OPEN),
        (date(2026, 9, 21), State.CLOSED),
    ],
)
def test_a_poll_is_open_from_its_first_day_through_its_last(today: date, state: State) -> None:
    assert polls.state(POLL, today) is state


def test_a_coordinator_closes_it_earlier() -> None:
    assert polls.state(replace(POLL, closed=True), date(2026, 9, 2)) is State.CLOSED


@pytest.mark.parametrize(
    ("village", "today", "reason"),
    [
        (1, date(2026, 8, 31), "poll_not_yet_open"),
        (1, date(2026, 9, 21), "poll_closed"),
        (3, date(2026, 9, 2), "poll_elsewhere"),
        (None, date(2026, 9, 2), "poll_elsewhere"),
    ],
)
def test_an_answer_is_refused_with_its_reason(village: int | None, today: date, reason: str) -> None:
    with pytest.raises(Refused) as refused:
        polls.require_answerable(POLL, village, today)
    assert refused.value.reason == reason


def test_an_answer_may_be_given_and_changed_while_it_is_open() -> None:
    polls.require_answerable(POLL, 2, date(2026, 9, 20))


@pytest.mark.parametrize(
    ("poll", "reason"),
    [
        (replace(POLL, villages=frozenset()), "poll_without_villages"),
        (replace(POLL, closes=date(2026, 8, 1)), "poll_ends_before_it_begins"),
        (replace(POLL, opens=date(2025, 9, 1), closes=date(2025, 9, 20)), "poll_is_past"),
    ],
)
def test_a_poll_that_nobody_could_answer_is_not_opened(poll: Poll, reason: str) -> None:
    with pytest.raises(Refused) as refused:
        polls.check(poll, date(2026, 8, 20))
    assert refused.value.reason == reason
