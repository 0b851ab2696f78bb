"""The list that comes of a choosing is fair, and no number on it, nor any difference of two, points at a person."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain import chosen
from domain.chosen import Ballot, First, Line, Money, Result, Shown
from domain.people import AgeBand, Sex

WOMAN, MAN = Sex.WOMAN.value, Sex.MAN.value
WATER, ROAD, LIGHT, SCHOOL = 1, 2, 3, 4
NEEDS = (WATER, ROAD, LIGHT, SCHOOL)


def ballots(many: int, *picks: int, sex: str | None = None, age: str | None = None) -> list[Ballot]:
    return [Ballot(frozenset(picks), sex, age)] * many


def test_a_need_of_women_alone_shows_how_many_they_are_and_of_men_that_they_are_few() -> None:
    village = [*ballots(31, WATER, sex=WOMAN), *ballots(4, WATER, sex=MAN), *ballots(12, ROAD, sex=MAN)]
    assert chosen.count(village, NEEDS).lines[0] == Line(WATER, Shown(women=30))


def test_a_third_of_the_village_has_its_need_on_the_list_before_the_majority_has_all() -> None:
    village = [*ballots(65, WATER, ROAD, LIGHT, sex=MAN), *ballots(35, SCHOOL, sex=WOMAN)]
    result = chosen.count(village, NEEDS)
    assert result.order == [WATER, SCHOOL, ROAD, LIGHT]
    assert (result.women, result.men) == ((SCHOOL,), (WATER, ROAD, LIGHT))
    assert result.firsts[:2] == (First("woman", SCHOOL, 2), First("man", WATER, 1))


def test_a_need_of_fewer_than_five_has_no_place_and_no_number() -> None:
    result = chosen.count([*ballots(9, ROAD), *ballots(4, WATER)], NEEDS)
    assert result.order == [ROAD]
    assert result.below == (WATER, LIGHT, SCHOOL)


def test_numbers_go_in_steps_of_five_women_and_men_or_people() -> None:
    village = [*ballots(18, WATER, sex=WOMAN), *ballots(7, WATER, ROAD, sex=MAN), *ballots(3, WATER)]
    result = chosen.count(village, NEEDS)
    assert result.lines == (Line(WATER, Shown(women=15, men=5)), Line(ROAD, Shown(men=5)))
    assert result.chose == Shown(women=15, men=5)


def test_how_many_chose_is_no_more_than_what_is_shown_of_the_needs() -> None:
    spread = [ballot for need in NEEDS[1:] for ballot in ballots(4, need)]
    assert chosen.count([*ballots(9, WATER), *spread], NEEDS).chose == Shown(people=5)


def test_where_few_men_chose_nothing_is_split_and_no_list_of_either_is_shown() -> None:
    result = chosen.count([*ballots(20, WATER, sex=WOMAN), *ballots(4, WATER, sex=MAN)], NEEDS)
    assert result.lines == (Line(WATER, Shown(people=20)),)
    assert (result.women, result.men, result.firsts) == (None, None, ())


def test_a_hidden_age_takes_the_smallest_shown_one_along() -> None:
    young = ballots(3, WATER, age=AgeBand.YOUNG)
    grown = ballots(6, ROAD, age=AgeBand.GROWN)
    older = ballots(9, LIGHT, age=AgeBand.OLDER)
    assert chosen.count([*young, *grown, *older], NEEDS).firsts == (First("60+", LIGHT, 1),)


def test_a_group_whose_first_need_few_share_is_not_shown() -> None:
    spread = [*ballots(3, WATER, age=AgeBand.YOUNG), *ballots(3, ROAD, age=AgeBand.YOUNG)]
    rest = [*ballots(9, WATER, ROAD, age=AgeBand.OLDER)]
    assert [first.group for first in chosen.count([*spread, *rest], NEEDS).firsts] == ["60+"]


def test_fewer_than_five_make_no_list() -> None:
    assert chosen.count(ballots(4, WATER), NEEDS) == Result(below=NEEDS)


def test_what_came_over_the_open_web_is_a_number_beside() -> None:
    assert chosen.count(ballots(9, WATER), NEEDS, beside=13).beside == 10


def test_what_the_money_pays_for_is_a_second_view() -> None:
    village = [*ballots(10, WATER, ROAD), *ballots(10, LIGHT)]
    money = Money({WATER: 9_000, ROAD: 4_000, LIGHT: 5_000}, 10_000)
    result = chosen.count(village, NEEDS, money=money)
    assert set(result.payable or ()) == {ROAD, LIGHT}
    assert result.money == 10_000
    assert chosen.count(village, NEEDS).payable is None
    assert chosen.count(village, NEEDS, money=Money({}, 10_000)).payable == ()


def test_it_is_kept_and_read_as_it_was() -> None:
    village = [*ballots(18, WATER, sex=WOMAN, age=AgeBand.OLDER), *ballots(7, WATER, ROAD, sex=MAN)]
    result = chosen.count(village, NEEDS, money=Money({WATER: 5}, 9))
    assert Result.read(result.kept()) == result


def test_ones_own_place_comes_from_what_everybody_knows() -> None:
    result = chosen.count([*ballots(20, WATER, ROAD), *ballots(10, SCHOOL)], NEEDS)
    mine = chosen.own(result, [LIGHT, SCHOOL])
    assert mine == chosen.Own(SCHOOL, result.order.index(SCHOOL) + 1, Fraction(1, 3))
    assert chosen.own(result, [LIGHT]) is None


@pytest.mark.parametrize(
    ("number", "whole", "said"),
    [(5, 45, "1/10"), (30, 100, "1/3"), (35, 100, "1/3"), (45, 100, "1/2"), (95, 95, "1"), (60, 55, "1")],
)
def test_the_nearest_part_that_people_speak_of(number: int, whole: int, said: str) -> None:
    assert chosen.part(number, whole) == Fraction(said)


def test_a_hidden_number_is_no_part() -> None:
    assert chosen.part(0, 20) is None


# Whoever tries to subtract.

SEXES = st.sampled_from([WOMAN, MAN, None, Sex.UNDISCLOSED.value])
AGES = st.sampled_from([None, *(band.value for band in AgeBand)])
VILLAGES = st.lists(
    st.builds(Ballot, st.frozensets(st.sampled_from(NEEDS), min_size=1, max_size=3), SEXES, AGES), max_size=60
)


def numbers(result: Result) -> Iterator[int]:
    for shown in (result.chose, *(line.shown for line in result.lines)):
        yield from (number for number in (shown.women, shown.men, shown.people) if number is not None)
    yield result.beside


@given(VILLAGES, st.integers(0, 30))
def test_whatever_is_subtracted_from_whatever_is_no_count_of_one_to_four(village: list[Ballot], beside: int) -> None:
    result = chosen.count(village, NEEDS, beside=beside)
    found = list(numbers(result))
    assert all(abs(one - other) % 5 == 0 for one, other in product(found, repeat=2))


@given(VILLAGES)
def test_no_sum_stands_beside_its_parts(village: list[Ballot]) -> None:
    result = chosen.count(village, NEEDS)
    every = [result.chose, *(line.shown for line in result.lines)]
    assert (result.chose.women is None) == (result.chose.men is None)
    assert all(number is None or number >= 5 for one in every for number in (one.women, one.men, one.people))
    assert not (any(shown.split for shown in every) and any(shown.people is not None for shown in every))
    assert result.chose.number <= sum(line.shown.number for line in result.lines)
    assert (result.women is None) == (result.men is None)
    assert result.women is not None or not any(line.shown.split for line in result.lines)


@given(VILLAGES)
def test_what_is_hidden_of_the_ages_holds_five_or_nobody(village: list[Ballot]) -> None:
    sizes = defaultdict[str, int](int)
    for one in village:
        sizes[one.age_band or AgeBand.UNDISCLOSED] += 1
    hidden = sum(sizes.values()) - sum(sizes[name] for name in chosen._showable(sizes, 5))
    assert hidden == 0 or hidden >= 5 or hidden == len(village)


@given(VILLAGES)
def test_the_order_in_which_ballots_come_changes_nothing(village: list[Ballot]) -> None:
    other = sorted(village, key=lambda one: (sorted(one.picks), one.sex or "", one.age_band or ""))
    assert chosen.count(other, NEEDS) == chosen.count(village, NEEDS)


def test_from_everything_that_is_shown_nobody_can_reckon_a_count_below_the_bound() -> None:
    """Every small village there is, with a bound of two, where each picks one of two needs and everybody knows that:
    of all villages that look alike, no two have the same hidden cell in common, be it of women, of men or of both."""
    k, of_sex, of_none = 2, range(4), range(7)
    alike: dict[str, list[tuple[int, ...]]] = defaultdict(list)
    for women, men, nobody, others, other_men, rest in product(of_sex, of_sex, of_none, repeat=2):
        village = [
            *ballots(women, WATER, sex=WOMAN), *ballots(men, WATER, sex=MAN), *ballots(nobody, WATER),
            *ballots(others, ROAD, sex=WOMAN), *ballots(other_men, ROAD, sex=MAN), *ballots(rest, ROAD),
        ]  # fmt: skip
        cells = (women, men, nobody, others, other_men, rest, women + men + nobody, others + other_men + rest)
        alike[repr(chosen.count(village, (WATER, ROAD), k=k))].append(cells)
    for worlds in alike.values():
        for values in zip(*worlds, strict=True):
            assert len(set(values)) > 1 or values[0] == 0 or values[0] >= k
