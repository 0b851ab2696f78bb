"""Who speaks for the residents: at least one woman, and nobody's vote can be worked out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.mandate import Candidate, check_ballot, check_step, check_vote, elected, shown
from domain.refusal import Refused

NINO, GIA, ZAZA = Candidate(1, woman=True), Candidate(2, woman=False), Candidate(3, woman=False)


def test_the_most_votes_and_of_equals_who_was_asked_first() -> None:
    assert elected([NINO, GIA, ZAZA], {1: 5, 2: 9, 3: 9}, 3) == [2, 3, 1]


def test_at_least_one_woman_is_among_them() -> None:
    assert elected([NINO, GIA, ZAZA], {1: 1, 2: 9, 3: 8}, 2) == [2, 1]
    assert elected([NINO, GIA, ZAZA], {1: 1, 2: 9, 3: 8}, 1) == [1]


def test_nobody_speaks_whom_nobody_chose() -> None:
    assert elected([NINO, GIA], {2: 3}, 2) == [2]
    assert elected([NINO, GIA], {}, 2) == []


def test_no_vote_without_a_woman_or_with_empty_seats() -> None:
    check_vote([NINO, GIA], 2)
    with pytest.raises(Refused, match="no_woman_candidate"):
        check_vote([GIA, ZAZA], 2)
    with pytest.raises(Refused, match="too_few_candidates"):
        check_vote([NINO], 2)


@pytest.mark.parametrize("chosen", [[1, 1], [1, 2, 3], [9]])
def test_a_ballot_holds_no_more_than_the_seats(chosen: list[int]) -> None:
    with pytest.raises(Refused):
        check_ballot(chosen, {1, 2, 3}, 2)


def test_numbers_are_shown_in_steps_of_five() -> None:
    assert [shown(number) for number in (0, 4, 5, 9, 10)] == [0, 0, 5, 5, 10]


def test_a_leader_hands_the_group_to_one_of_its_members() -> None:
    check_step(True, 2, 1, {1, 2})
    check_step(False, None, 1, {1, 2})
    for successor in (None, 1, 3):
        with pytest.raises(Refused, match="successor_needed"):
            check_step(True, successor, 1, {1, 2})


@given(st.lists(st.booleans(), min_size=1, max_size=8), st.integers(1, 5), st.data())
def test_a_woman_whom_somebody_chose_is_never_missing(women: list[bool], seats: int, data: st.DataObject) -> None:
    candidates = [Candidate(number, woman) for number, woman in enumerate(women)]
    votes = {one.id: data.draw(st.integers(0, 9)) for one in candidates}
    found = elected(candidates, votes, seats)
    assert len(found) == len(set(found)) <= seats
    if any(one.woman and votes[one.id] for one in candidates):
        assert any(candidates[each].woman for each in found)
