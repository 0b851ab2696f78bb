"""What may be asked in a group, and how it counts."""

import pytest

from domain.group_posts import GO, MOST, Kind, check_vote, finding, tally, values
from domain.promises import Finding
from domain.refusal import Refused


def test_not_checked_is_no_answer() -> None:
    assert Finding.NOT_CHECKED not in values(Kind.PROMISE, {})
    assert finding(Kind.PROMISE, GO) is None
    assert finding(Kind.PROMISE, "done") is Finding.DONE
    assert finding(Kind.VOTE, "0") is None


def test_a_vote_has_two_to_six_answers_no_two_alike() -> None:
    check_vote("When?", ["Friday", "Saturday"])
    assert values(Kind.VOTE, {"options": ["a", "b", "c"]}) == ("0", "1", "2")
    for question, options in (("When?", ["Friday"]), ("When?", list("abcdefg")[: MOST + 1]), (" ", ["a", "b"])):
        with pytest.raises(Refused, match="options_count"):
            check_vote(question, options)
    with pytest.raises(Refused, match="options_alike"):
        check_vote("When?", ["Friday", " friday "])


def test_what_nobody_said_is_counted_too() -> None:
    assert tally(["a", "b"], ["a", "a"]) == {"a": 2, "b": 0}
