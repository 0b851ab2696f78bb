from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from itertools import combinations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain import counts
from domain.counts import Published

START = date(2026, 9, 1)
CELLS = ["roads", "water", "lighting"]
# A true table a day: people answer, change their answers, are forgotten.
TABLES = st.lists(st.dictionaries(st.sampled_from(CELLS), st.integers(0, 25)), max_size=12)


def published(tables: Iterable[dict[str, int]], k: int = 5) -> list[Published]:
    shown = [Published()]
    for day, table in enumerate(tables):
        shown.append(counts.publish(shown[-1], table, START + timedelta(days=day), k))
    return shown


def test_a_number_shows_from_five_on_and_moves_by_five() -> None:
    days = published({"roads": n} for n in (4, 5, 9, 10, 12, 6, 5, 0))
    assert [day.cells.get("roads") for day in days[1:]] == [None, 5, 5, 10, 10, 10, 5, None]


def test_it_never_shows_two_numbers_that_are_close_even_days_apart() -> None:
    days = published({"roads": n} for n in (5, 10, 4, 6, 11, 16))
    assert [day.cells.get("roads") for day in days[1:]] == [5, 10, 5, 5, 10, 16]


def test_it_moves_once_a_day() -> None:
    first = counts.publish(Published(), {"roads": 5}, START)
    assert counts.publish(first, {"roads": 50}, START) is first
    assert counts.publish(first, {"roads": 50}, START + timedelta(days=1)).cells == {"roads": 50}


def test_a_total_is_the_sum_of_what_is_shown() -> None:
    shown = counts.publish(Published(), {"roads": 7, "water": 4}, START)
    assert shown.total == 7


@given(TABLES)
def test_whatever_days_are_subtracted_no_change_under_five_is_seen(tables: list[dict[str, int]]) -> None:
    for before, after in combinations(published(tables), 2):
        changes = [after.cells.get(cell, 0) - before.cells.get(cell, 0) for cell in CELLS]
        assert all(change == 0 or abs(change) >= 5 for change in changes)
        assert all(after.cells.get(cell, 5) >= 5 for cell in CELLS)
        assert after.total - before.total == sum(changes)


@given(TABLES)
def test_a_shown_number_is_never_five_away_from_the_truth(tables: list[dict[str, int]]) -> None:
    for table, shown in zip(tables, published(tables)[1:], strict=True):
        assert all(abs(shown.cells.get(cell, 0) - table.get(cell, 0)) < 5 for cell in CELLS)


@pytest.mark.parametrize(("k", "highest", "days"), [(2, 5, 4), (3, 8, 3), (3, 6, 4), (5, 13, 3)])
def test_an_attacker_who_knows_the_rule_and_sees_every_day_concludes_nothing_small(
    k: int, highest: int, days: int
) -> None:
    """Every history a cell can have, gathered by what was seen of it. Cells are published apart and totals are their
    sums, so this is all there is to see."""
    possible: dict[tuple[int, ...], list[tuple[int, ...]]] = defaultdict(list)
    for truth in product(range(highest + 1), repeat=days):
        shown = published(({"cell": number} for number in truth), k)[1:]
        possible[tuple(day.total for day in shown)].append(truth)
    small = set(range(1, k))
    for histories in possible.values():
        for one, other in combinations(range(days), 2):
            assert not {abs(truth[other] - truth[one]) for truth in histories} <= small
        for day in range(days):
            assert not {truth[day] for truth in histories} <= small


@pytest.mark.parametrize(
    ("number", "parts", "shown"),
    [
        (12, {"woman": 7, "man": 5, "undisclosed": 0}, True),
        (12, {"woman": 12, "man": 0, "undisclosed": 0}, True),
        (12, {"woman": 8, "man": 4, "undisclosed": 0}, False),
        (12, {"woman": 6, "man": 5, "undisclosed": 1}, False),
        (12, {"woman": 7, "man": 6, "undisclosed": 0}, False),
    ],
)
def test_one_small_part_hides_the_split_and_so_does_a_split_of_another_day(
    number: int, parts: dict[str, int], shown: bool
) -> None:
    assert counts.split(number, parts) == (parts if shown else None)


@given(st.dictionaries(st.sampled_from(["woman", "man", "undisclosed"]), st.integers(0, 12)))
def test_no_part_under_five_is_shown_nor_left_over(parts: dict[str, int]) -> None:
    shown = counts.split(sum(parts.values()), parts)
    assert shown is None or all(part == 0 or part >= 5 for part in shown.values())


def test_the_desk_keeps_the_split_of_what_moved() -> None:
    days = published([{"roads": 7, "water": 9}, {"roads": 12, "water": 9}])
    assert counts.moved(days[1], days[2]) == {"roads"}


def test_three_attributes_are_never_crossed() -> None:
    answers = [{"kind": "roads", "sex": "woman", "age": "60+"}] * 2
    assert counts.tally(answers, "kind", "sex") == {("roads", "woman"): 2}
    with pytest.raises(counts.TooFine):
        counts.tally(answers, "kind", "sex", "age")
