"""One in ten is asked again, and nobody can choose which."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from domain import asking_again
from domain.asking_again import ONE_IN, Result


@given(st.binary(min_size=1, max_size=32), st.integers(0, 8), st.integers(1, 50))
def test_in_every_full_ten_it_is_exactly_one(secret: bytes, tens: int, interviewer: int) -> None:
    homes = list(range(tens * ONE_IN))
    drawn = asking_again.drawn(secret, 1, 2, interviewer, homes)
    assert [home // ONE_IN for home in drawn] == list(range(tens))


@given(st.binary(min_size=1, max_size=32), st.integers(0, 60))
def test_what_was_drawn_stays_drawn_when_more_come_in(secret: bytes, many: int) -> None:
    homes = list(range(many))
    before, then = (asking_again.drawn(secret, 1, 2, 3, some) for some in (homes, [*homes, many]))
    assert then[: len(before)] == before


def test_another_secret_draws_others() -> None:
    homes = list(range(200))
    assert asking_again.drawn(b"one", 1, 2, 3, homes) != asking_again.drawn(b"two", 1, 2, 3, homes)
    assert asking_again.drawn(b"one", 1, 2, 3, homes) == asking_again.drawn(b"one", 1, 2, 3, homes)


def test_what_was_found() -> None:
    assert asking_again.result(True, "roads", ["water", "roads"]) is Result.AGREES
    assert asking_again.result(True, "waste", ["water", "roads"]) is Result.DIFFERS
    assert asking_again.result(True, None, ["water"]) is Result.DIFFERS
    assert asking_again.result(False, None, ["water"]) is Result.NOBODY
