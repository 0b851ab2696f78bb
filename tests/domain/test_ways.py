"""From how answers came nobody concludes a number under five: not from one way, not by subtraction, not over days."""

from __future__ import annotations

from functools import cache
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from domain.counts import K, Ways, ways

EVERY = ("telegram", "viber", "web", "door_to_door", "paper")
MOST = 3 * K  # whole steps: what lies above is no narrower


def test_each_way_from_five_on_in_steps_of_five() -> None:
    shown = ways({"telegram": 18, "viber": 6, "web": 5, "door_to_door": 12}, EVERY)
    assert shown == Ways({"telegram": 15, "viber": 5, "web": 5, "door_to_door": 10}, 0)
    assert shown.total == 35


def test_the_small_ones_stand_together() -> None:
    assert ways({"telegram": 18, "viber": 3, "web": 4}, EVERY) == Ways({"telegram": 15}, 5)
    assert ways({"telegram": 18, "viber": 1, "web": 3}, EVERY) == Ways({"telegram": 15}, 0)


def test_two_small_ones_alone_would_tell_of_each_that_it_is_not_none() -> None:
    assert ways({"telegram": 9, "viber": 9, "web": 9, "door_to_door": 3, "paper": 4}, EVERY).others == 0


@cache
def consistent() -> dict[tuple[tuple[str, int], ...], list[tuple[int, ...]]]:
    """For everything that can be shown, all the true numbers behind it, of three ways."""
    behind: dict[tuple[tuple[str, int], ...], list[tuple[int, ...]]] = {}
    for true in product(range(MOST), repeat=3):
        behind.setdefault(shown_as(true), []).append(true)
    return behind


def shown_as(true: tuple[int, ...]) -> tuple[tuple[str, int], ...]:
    shown = ways(dict(zip(EVERY[:3], true, strict=True)), EVERY[:3])
    return (*sorted(shown.named.items()), ("others", shown.others))


NUMBERS = st.tuples(*[st.integers(0, MOST - 1)] * 3)


@given(NUMBERS)
def test_no_way_is_known_to_be_one_to_four(true: tuple[int, ...]) -> None:
    worlds = consistent()[shown_as(true)]
    for way in range(3):
        assert not {world[way] for world in worlds} <= set(range(1, K))


@given(NUMBERS)
def test_nor_is_the_difference_to_any_number_that_stands_beside(true: tuple[int, ...]) -> None:
    """A kind that so many named, taken from all who answered: how many did not name it."""
    worlds = consistent()[shown_as(true)]
    totals = {sum(world) for world in worlds}
    for kind in range(K, sum(true) + 1):
        others = {total - kind for total in totals if total >= kind}
        assert not others <= set(range(1, K))


@given(NUMBERS, NUMBERS)
def test_nor_a_change_from_one_day_to_another(first: tuple[int, ...], second: tuple[int, ...]) -> None:
    before, then = consistent()[shown_as(first)], consistent()[shown_as(second)]
    for way in range(3):
        changes = {b[way] - a[way] for a in before for b in then}
        assert not changes <= set(range(1, K))
        assert not changes <= set(range(1 - K, 0))
