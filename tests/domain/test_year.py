"""A community's year: what is done, what is next, who does it, by when."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.people import Role
from domain.year import (
    BY,
    MILESTONES,
    NEEDS,
    TOLD,
    WHO,
    Facts,
    Milestone,
    Progress,
    State,
    Step,
    Year,
    coming,
    next_reminder,
    reminder,
    stand,
)
from tests.town import TBILISI

DONE, BEGUN = Progress.DONE, Progress.BEGUN
FACTS = st.dictionaries(st.sampled_from(Step), st.sampled_from(Progress))
DAYS = st.dates(date(2026, 1, 1), date(2026, 12, 31))


def states(facts: Facts, day: date) -> dict[Step, State]:
    return {each.step: each.state for each in stand(facts, 2026, day).steps}


def year(day: date, **facts: Progress) -> Year:
    return stand({Step(name): progress for name, progress in facts.items()}, 2026, day)


def test_in_january_the_first_step_is_next_and_the_others_lie_ahead() -> None:
    found = states({}, date(2026, 1, 10))
    assert found.pop(Step.LEARN) is State.NEXT
    assert {*found.values()} == {State.AHEAD}


def test_what_was_begun_is_under_way_and_what_was_finished_is_done() -> None:
    found = states({Step.LEARN: DONE, Step.SURVEY: BEGUN}, date(2026, 8, 1))
    assert (found[Step.LEARN], found[Step.SURVEY]) == (State.DONE, State.UNDER_WAY)


def test_a_day_that_passed_leaves_a_step_late_as_long_as_nothing_came_after_it() -> None:
    assert states({}, date(2026, 3, 31))[Step.LEARN] is State.NEXT
    assert states({}, date(2026, 4, 1))[Step.LEARN] is State.LATE


def test_the_year_goes_on_without_a_step() -> None:
    assert states({Step.SURVEY: BEGUN}, date(2026, 7, 1))[Step.PROFILE] is State.PASSED


def test_a_later_step_does_not_pass_over_one_whose_day_is_still_to_come() -> None:
    assert states({Step.ROUND_TABLE: DONE}, date(2026, 5, 1))[Step.SURVEY] is not State.PASSED


def test_a_list_waits_for_the_poll_and_is_not_late_meanwhile() -> None:
    october = date(2026, 10, 5)
    assert states({Step.SURVEY: BEGUN}, october)[Step.AGREE] is State.NEXT
    assert states({Step.SURVEY: DONE}, october)[Step.AGREE] is State.LATE
    assert states({}, october)[Step.AGREE] is State.AHEAD


def test_a_list_is_owed_to_those_who_answered_whatever_came_in_between() -> None:
    after = {Step.SURVEY: BEGUN, Step.ROUND_TABLE: DONE}
    assert states(after, date(2026, 11, 9))[Step.AGREE] is State.NEXT
    assert states({**after, Step.SURVEY: DONE}, date(2026, 11, 30))[Step.AGREE] is State.LATE
    assert states({Step.ROUND_TABLE: DONE}, date(2026, 11, 9))[Step.AGREE] is State.PASSED


def test_preparing_is_over_with_the_round_table_and_looking_is_not() -> None:
    after = {Step.SURVEY: DONE, Step.AGREE: DONE, Step.ROUND_TABLE: DONE, Step.USE: BEGUN}
    assert states(after, date(2026, 12, 1))[Step.PREPARE] is State.PASSED
    assert states(after, date(2026, 12, 1))[Step.MONITOR] is State.LATE


@pytest.mark.parametrize(
    ("role", "facts", "step"),
    [
        (Role.COORDINATOR, {}, Step.LEARN),
        (Role.COORDINATOR, {"learn": DONE}, Step.SURVEY),
        (Role.COORDINATOR, {"learn": DONE, "survey": BEGUN}, Step.AGREE),
        (Role.LEADER, {}, Step.PROFILE),
        (Role.LEADER, {"profile": DONE, "survey": BEGUN}, Step.SURVEY),  # door to door
        (Role.LEADER, {"profile": DONE, "survey": DONE}, Step.AGREE),
        (Role.LEADER, {"profile": DONE, "survey": DONE, "agree": DONE}, Step.PREPARE),
        (Role.TRUSTEE, {}, Step.AGREE),
        (Role.DEPUTY, {"agree": DONE}, Step.ROUND_TABLE),
        (Role.TRUSTEE, {"agree": DONE, "round_table": DONE}, None),
        (Role.RESIDENT, {}, None),
        (Role.MEMBER, {}, None),
    ],
)
def test_everybody_has_their_own_next_step(role: Role, facts: dict[str, Progress], step: Step | None) -> None:
    own = year(date(2026, 3, 1), **facts).next_step({role, Role.RESIDENT})
    assert (own.step if own else None) == step


def test_nobody_is_reminded_of_what_has_to_wait_for_another_step() -> None:
    day = date(2026, 9, 20)
    assert year(day).unbegun({Role.TRUSTEE}) == year(day)[Step.ROUND_TABLE]
    found = year(day, survey=DONE).unbegun({Role.TRUSTEE})
    assert found is not None
    assert found.step is Step.AGREE


def test_what_the_village_is_busy_with() -> None:
    assert year(date(2026, 1, 5)).now().step is Step.LEARN
    assert year(date(2026, 9, 5), survey=DONE, learn=DONE, profile=DONE).now().step is Step.AGREE
    assert year(date(2026, 9, 5), learn=BEGUN, survey=BEGUN).now().step is Step.SURVEY
    assert year(date(2026, 12, 31), **dict.fromkeys(Step, DONE)).now().step is Step.USE


def test_the_days_come_in_the_order_of_the_steps() -> None:
    assert list(BY) == list(Step) == list(WHO)
    assert [*BY.values()] == sorted(BY.values())
    assert [*MILESTONES.values()] == sorted(MILESTONES.values())
    assert all(list(Step).index(before) < list(Step).index(step) for step, before in NEEDS.items())
    assert {*TOLD} <= {*Step}


def test_the_next_day_of_the_budget_year() -> None:
    assert coming(date(2026, 11, 2)) == (Milestone.DRAFT, date(2026, 11, 15))
    assert coming(date(2026, 11, 15)) == (Milestone.DRAFT, date(2026, 11, 15))
    assert coming(date(2026, 12, 31)) == (Milestone.ADOPTED, date(2026, 12, 31))


def test_reminders_come_three_weeks_before_the_day_and_then_every_month() -> None:
    days = [date(2026, 8, 10), date(2026, 8, 11), date(2026, 9, 10), date(2026, 9, 11), date(2026, 12, 31)]
    assert [reminder(Step.SURVEY, 2026, day) for day in days] == [0, 1, 1, 2, 5]
    assert reminder(Step.SURVEY, 2026, date(2027, 1, 11)) == 0


@given(FACTS, DAYS)
def test_at_most_one_step_is_next_and_none_is_forgotten(facts: Facts, day: date) -> None:
    found = stand(facts, 2026, day)
    assert [each.step for each in found.steps] == list(Step)
    assert [each.state for each in found.steps].count(State.NEXT) <= 1
    assert found.now() in found.steps
    for each in found.steps:
        assert (each.step in facts) == (each.state in (State.DONE, State.UNDER_WAY))


@given(FACTS, DAYS, st.integers(0, 364))
def test_time_alone_finishes_nothing_and_never_brings_a_step_back(facts: Facts, day: date, ahead: int) -> None:
    then = min(day + timedelta(days=ahead), date(2026, 12, 31))
    before, after = states(facts, day), states(facts, then)
    for step in Step:
        if before[step] in (State.DONE, State.UNDER_WAY, State.PASSED):
            assert after[step] is before[step]
        if before[step] is State.LATE:
            assert after[step] is State.LATE


@given(FACTS, DAYS, st.sampled_from(Role))
def test_who_is_reminded_can_begin_it(facts: Facts, day: date, role: Role) -> None:
    found = stand(facts, 2026, day).unbegun({role})
    if found is not None:
        assert role in WHO[found.step]
        assert found.step not in facts
        assert NEEDS.get(found.step) is None or facts.get(NEEDS[found.step]) is DONE


@given(
    st.sampled_from(Step),
    st.integers(0, 364 * 24).map(lambda hours: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(hours=hours)),
)
def test_the_next_reminder_is_the_day_on_which_the_number_grows(step: Step, now: datetime) -> None:
    at = next_reminder(step, 2026, now, TBILISI)
    if at is not None:
        day = at.astimezone(TBILISI).date()
        assert at > now
        assert reminder(step, 2026, day) == reminder(step, 2026, day - timedelta(days=1)) + 1
        assert reminder(step, 2026, day) - reminder(step, 2026, now.astimezone(TBILISI).date()) in (0, 1)
