"""The rules of grants: who may say what when, what a preference brings, and what counts as money."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from domain import grants as rules
from domain.grants import DECISIONS, NEXT, Party, Stage, Step, Terms
from domain.money import Money, Source
from domain.money import Stage as Of
from domain.promises import Status
from domain.refusal import Refused

DAY = date(2026, 5, 4)
TERMS = Terms(50_000, DAY + timedelta(days=20), frozenset({"water"}))
SENT = [Step(Stage.PLANNED, Party.GROUP, DAY), Step(Stage.SENT, Party.GROUP, DAY)]


def by_group(stage: Stage, amount: int | None = None, on: date = DAY) -> Step:
    return Step(stage, Party.GROUP, on, amount)


def verdict(stage: Stage, amount: int | None = None, reason: str = "") -> Step:
    return Step(stage, Party.COMMITTEE, DAY, amount, reason)


def refused(steps: list[Step], new: Step, today: date = DAY) -> str:
    with pytest.raises(Refused) as caught:
        rules.check(steps, new, TERMS, today)
    return caught.value.reason


def test_an_application_goes_on_to_its_result_and_jumps_over_nothing() -> None:
    steps = [by_group(Stage.PLANNED)]
    for stage, amount in ((Stage.SENT, None), (Stage.GRANTED, 9_000), (Stage.RECEIVED, 9_000), (Stage.DONE, None)):
        for other in set(Stage) - set(NEXT[steps[-1].stage]):
            assert refused(steps, by_group(other)) == "grant_step"
        new = by_group(stage, amount)
        rules.check(steps, new, TERMS, DAY)
        steps.append(new)
    assert rules.choices(steps) == ()


def test_what_the_committee_has_decided_only_the_committee_decides_anew() -> None:
    steps = [*SENT, verdict(Stage.REFUSED, reason="No")]
    assert refused(steps, by_group(Stage.GRANTED, 9_000)) == "grant_step"
    assert refused(steps, verdict(Stage.REFUSED, reason="No")) == "already_decided"
    rules.check(steps, verdict(Stage.GRANTED, 9_000), TERMS, DAY)
    told_by_group = [*SENT, by_group(Stage.REFUSED)]
    rules.check(told_by_group, verdict(Stage.REFUSED), TERMS, DAY)
    spent = [*SENT, verdict(Stage.GRANTED, 9_000), by_group(Stage.RECEIVED, 9_000)]
    assert refused(spent, verdict(Stage.REFUSED)) == "grant_step"
    assert refused([SENT[0]], verdict(Stage.GRANTED, 9_000)) == "grant_step"


def test_amounts_and_days_are_those_of_the_call() -> None:
    assert refused(SENT, verdict(Stage.GRANTED)) == "grant_amount"
    assert refused(SENT, verdict(Stage.GRANTED, 50_001)) == "grant_amount"
    assert refused(SENT, verdict(Stage.LATER, 5)) == "grant_step"
    assert refused(SENT, by_group(Stage.REFUSED, on=DAY + timedelta(days=1))) == "grant_day"
    assert refused(SENT, by_group(Stage.REFUSED, on=DAY - timedelta(days=1))) == "grant_day"
    late = TERMS.deadline + timedelta(days=1)
    assert refused(SENT[:1], by_group(Stage.SENT, on=late), today=late) == "grant_deadline"


def test_the_preference_stands_before_anybody_is_judged_by_it() -> None:
    rules.check_rule(10, TERMS, DAY, decided=False)
    for points, today, decided in ((31, DAY, False), (10, DAY, True), (10, TERMS.deadline + timedelta(1), False)):
        with pytest.raises(Refused):
            rules.check_rule(points, TERMS, today, decided=decided)
    assert rules.points(10, [None, 2], annexed=True) == 10
    assert rules.points(10, [None, 2], annexed=False) == 0
    assert rules.points(10, [None], annexed=True) == 0


def test_a_plan_is_no_money_yet() -> None:
    for stage in Of:
        money = Money(stage, 2026, True, DAY, Source.SITE, None, 5_000)
        sure = stage in (Of.ADOPTED, Of.CONTRACTED, Of.PAID)
        assert rules.has_money([money], Status.UNDER_WAY) is sure
    assert not rules.has_money([Money(Of.PAID, 2026, False, DAY, Source.SITE)], Status.OVERDUE)
    assert rules.has_money([], Status.KEPT_LATE)


def test_a_call_without_kinds_wants_every_kind() -> None:
    assert TERMS.wants("water")
    assert not TERMS.wants("roads")
    assert Terms(1, DAY).wants("roads")
    assert set(DECISIONS) == {Stage.GRANTED, Stage.REFUSED, Stage.LATER}
