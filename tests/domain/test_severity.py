"""How bad and for how many, averaged over the members of a group."""

from fractions import Fraction

import pytest

from domain import severity
from domain.refusal import Refused
from domain.severity import Said, Spot

OWN = {1: 1, 2: 2}


def test_the_mean_of_the_members_and_the_heaviest_first() -> None:
    said = [Said(1, 10, 2, 2), Said(2, 10, 4, 3), Said(2, 11, 3, 4)]
    assert severity.spots(said, OWN) == [
        Spot(2, Fraction(7, 2), Fraction(7, 2), 2),
        Spot(1, Fraction(2), Fraction(2), 1),
    ]


def test_a_member_who_spoke_of_two_that_are_one_by_now_counts_once() -> None:
    said = [Said(1, 10, 1, 1), Said(2, 10, 3, 3), Said(1, 11, 4, 4)]
    assert severity.spots(said, {1: 1, 2: 1}) == [Spot(1, Fraction(3), Fraction(3), 2)]


def test_a_need_that_is_no_longer_there_is_left_out() -> None:
    assert severity.spots([Said(9, 10, 1, 1)], OWN) == []


@pytest.mark.parametrize("said", [(0, 1), (5, 1), (1, 0), (1, 5)])
def test_one_to_four_on_both_sides(said: tuple[int, int]) -> None:
    with pytest.raises(Refused):
        severity.check(*said)
