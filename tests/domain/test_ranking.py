from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from domain.ranking import affordable, order

NEEDS = [f"need {number:02d}" for number in range(12)]
ballots = st.lists(st.lists(st.sampled_from(NEEDS), max_size=5, unique=True), max_size=30)

LIGHTING, ROAD, IRRIGATION, STADIUM = "განათება", "გზა", "სარწყავი", "სტადიონი"
AMBULATORY, KINDERGARTEN, WATER = "ამბულატორია", "საბავშვო ბაღი", "სკოლის წყალი"
MANY, FEW = [LIGHTING, ROAD, IRRIGATION, STADIUM], [AMBULATORY, KINDERGARTEN, WATER]
VILLAGE = [MANY] * 65 + [FEW] * 35


def plainly(votes: list[list[str]]) -> list[str]:
    """Phragmén's rule word for word: every voter's load by itself, in fractions."""
    loads = [Fraction(0)] * len(votes)
    left = [need for need in NEEDS if any(need in vote for vote in votes)]
    ranked = []
    while left:
        burden = {}
        for need in left:
            behind = [at for at, vote in enumerate(votes) if need in vote]
            burden[need] = (1 + sum((loads[at] for at in behind), Fraction(0))) / len(behind)
        best = min(left, key=lambda need: burden[need])
        left.remove(best)
        ranked.append(best)
        loads = [burden[best] if best in vote else load for load, vote in zip(loads, votes, strict=True)]
    return ranked


@given(ballots)
def test_the_order_is_that_of_the_rule_in_its_plainest_form(votes: list[list[str]]) -> None:
    assert order(votes, NEEDS) == plainly(votes)


def test_a_third_of_the_village_owns_a_third_of_every_beginning_of_the_list() -> None:
    ranked = order(VILLAGE, sorted([*MANY, *FEW]))
    assert ranked[:5] == [LIGHTING, AMBULATORY, ROAD, IRRIGATION, KINDERGARTEN]
    assert [need in FEW for need in ranked[:3]].count(True) == 1


@given(ballots)
def test_every_need_that_somebody_picked_has_one_place(votes: list[list[str]]) -> None:
    assert sorted(order(votes, NEEDS)) == sorted({need for vote in votes for need in vote})


@given(ballots, st.randoms(use_true_random=False))
def test_who_answered_first_changes_nothing(votes: list[list[str]], chance) -> None:  # type: ignore[no-untyped-def]
    shuffled = chance.sample(votes, len(votes))
    assert order(shuffled, NEEDS) == order(votes, NEEDS)


def test_of_equals_the_need_told_first_comes_first() -> None:
    assert order([["b"], ["a"]], ["a", "b"]) == ["a", "b"]
    assert order([["b"], ["a"]], ["b", "a"]) == ["b", "a"]


def test_a_need_that_is_no_more_on_the_ballot_counts_for_nobody() -> None:
    assert order([["gone", "a"], ["b"], ["b"]], ["a", "b"]) == ["b", "a"]


def test_without_ballots_there_is_no_order() -> None:
    assert order([], NEEDS) == []
    assert order([[]], NEEDS) == []


def test_equal_shares_leave_the_smaller_group_its_share_of_the_money() -> None:
    costs = dict.fromkeys([*MANY, *FEW], 100)
    bought = affordable(VILLAGE, costs, 300, sorted(costs))
    assert len(bought) == 3
    assert len(set(bought) & set(FEW)) == 1


@given(ballots, st.dictionaries(st.sampled_from(NEEDS), st.integers(1, 50), min_size=1), st.integers(1, 120))
def test_what_is_bought_is_paid_for_and_wanted(votes: list[list[str]], costs: dict[str, int], money: int) -> None:
    bought = affordable(votes, costs, money, NEEDS)
    assert sum(costs[need] for need in bought) <= money
    assert len(bought) == len(set(bought))
    assert all(any(need in vote for vote in votes) for need in bought)


@given(ballots, st.dictionaries(st.sampled_from(NEEDS), st.integers(1, 50), min_size=1), st.integers(1, 120))
def test_nothing_that_is_wanted_and_still_fits_is_left(
    votes: list[list[str]], costs: dict[str, int], money: int
) -> None:
    bought = affordable(votes, costs, money, NEEDS)
    left = money - sum(costs[need] for need in bought)
    wanted = {need for vote in votes for need in vote} & set(costs)
    assert all(costs[need] > left for need in wanted - set(bought))
