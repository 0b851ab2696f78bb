"""Which needs are chosen among, and until when."""

from datetime import date

import pytest

from domain import choosing as rules
from domain.choosing import Choosing, Offered
from domain.refusal import Refused

MONDAY = date(2026, 3, 2)
ROUND = Choosing(village_id=1, opens=MONDAY, closes=date(2026, 3, 9), needs=(3, 5, 8))


def test_it_may_be_chosen_through_its_last_day() -> None:
    rules.require_choosable(ROUND, 1, date(2026, 3, 9))
    with pytest.raises(Refused, match="choosing_closed"):
        rules.require_choosable(ROUND, 1, date(2026, 3, 10))


def test_closed_before_its_last_day_it_is_over() -> None:
    with pytest.raises(Refused, match="choosing_closed"):
        rules.require_choosable(Choosing(1, MONDAY, date(2026, 3, 9), (3, 5), closed=True), 1, MONDAY)


def test_only_who_lives_there_chooses() -> None:
    with pytest.raises(Refused, match="choosing_elsewhere"):
        rules.require_choosable(ROUND, 2, MONDAY)


@pytest.mark.parametrize("picks", [[], [3, 3], [3, 4], [1, 2, 3, 4, 5, 6]])
def test_one_to_five_of_its_needs_each_once(picks: list[int]) -> None:
    with pytest.raises(Refused, match="gone"):
        rules.check_picks(picks, ROUND)


def test_there_is_something_to_choose_and_time_to_do_it() -> None:
    rules.check(ROUND)
    with pytest.raises(Refused, match="too_few_needs"):
        rules.check(Choosing(1, MONDAY, date(2026, 3, 9), (3,)))
    with pytest.raises(Refused, match="gone"):
        rules.check(Choosing(1, MONDAY, MONDAY, (3, 5)))


def test_without_words_only_the_single_one_of_its_kind_is_shown() -> None:
    needs = [
        Offered(1, "water", True),
        Offered(2, "roads", False),
        Offered(3, "roads", False),
        Offered(4, "gas", False),
    ]
    assert rules.candidates(needs) == ([1, 4], [2, 3])


def test_a_need_without_words_beside_a_named_one_of_its_kind_is_left_out() -> None:
    assert rules.candidates([Offered(1, "water", True), Offered(2, "water", False)]) == ([1], [2])


def test_the_order_is_of_chance_and_nothing_is_lost() -> None:
    assert rules.drawn([1, 2, 3], lambda order: order.reverse()) == [3, 2, 1]
