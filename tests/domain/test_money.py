"""Which look at the budget is on, and what stands of a promise's money."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.money import MOST, Asked, Look, Money, Source, Stage, asked, latest, next_look

TBILISI = ZoneInfo("Asia/Tbilisi")


@pytest.mark.parametrize(
    ("today", "look"),
    [
        (date(2026, 11, 14), None),
        (date(2026, 11, 15), Asked(Look.DRAFT, 2027)),
        (date(2026, 11, 24), Asked(Look.DRAFT, 2027)),
        (date(2026, 11, 25), Asked(Look.REMARKS, 2027)),
        (date(2026, 12, 10), Asked(Look.CORRECTED, 2027)),
        (date(2026, 12, 29), Asked(Look.ADOPTED, 2027)),
        (date(2027, 1, 28), Asked(Look.ADOPTED, 2027)),
        (date(2027, 1, 29), None),
    ],
)
def test_a_look_is_on_until_the_next_one(today: date, look: Asked | None) -> None:
    assert asked(today) == look


def test_only_the_last_look_is_at_the_adopted_budget() -> None:
    assert [Asked(look, 2027).stage for look in Look] == [Stage.DRAFT, Stage.DRAFT, Stage.DRAFT, Stage.ADOPTED]


@given(st.integers(0, 4 * 365 * 24))
def test_the_next_look_is_a_morning_on_which_one_begins(hours: int) -> None:
    after = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(hours=hours)
    at = next_look(after, TBILISI)
    look = asked(at.astimezone(TBILISI).date())
    assert at > after
    assert at.astimezone(TBILISI).hour == 10
    assert look is not None
    assert look.on == at.astimezone(TBILISI).date()
    assert at - after <= timedelta(days=325)


def money(stage: Stage, *, year: int = 2027, found: bool = True, amount: int | None = None) -> Money:
    return Money(stage, year, found, date(2026, 11, 16), Source.SITE, amount=amount)


def test_the_later_word_stands_for_each_stage_of_a_year_in_the_order_of_the_money() -> None:
    told = [
        money(Stage.ADOPTED, amount=9),
        money(Stage.DRAFT, found=False),
        money(Stage.DRAFT, amount=7),
        money(Stage.PAID, year=2026),
    ]
    assert latest(told) == [money(Stage.PAID, year=2026), money(Stage.DRAFT, amount=7), money(Stage.ADOPTED, amount=9)]


def test_what_was_not_found_has_no_amount() -> None:
    with pytest.raises(ValueError, match="amount"):
        money(Stage.DRAFT, found=False, amount=7)


@pytest.mark.parametrize("amount", [0, -1, MOST + 1])
def test_an_amount_is_some_money_and_no_more_than_there_can_be(amount: int) -> None:
    with pytest.raises(ValueError, match="amount"):
        money(Stage.DRAFT, amount=amount)
