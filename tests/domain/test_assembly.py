"""When an assembly may be, what is told around it, and what may be known of who came."""

from datetime import UTC, date, datetime

import pytest

from domain.assembly import Call, Outcome, moment, require_in_season, season, shown
from domain.refusal import Refused
from tests.town import TBILISI


def test_the_season_is_january_to_march_of_this_year_or_the_next() -> None:
    assert season(date(2026, 11, 9)) == (date(2027, 1, 1), date(2027, 3, 31))
    assert season(date(2027, 2, 10)) == (date(2027, 2, 10), date(2027, 3, 31))
    assert season(date(2027, 4, 1)) == (date(2028, 1, 1), date(2028, 3, 31))
    with pytest.raises(Refused):
        require_in_season(date(2027, 4, 1), date(2027, 2, 1))


def test_calls_come_in_the_morning_before_and_after_the_day() -> None:
    day = datetime(2027, 2, 14, 11, tzinfo=UTC)
    days = [moment(day, call, TBILISI) for call in Call]
    assert days == [datetime(2027, 2, number, 6, tzinfo=UTC) for number in (11, 13, 15, 22)]


@pytest.mark.parametrize(("number", "known"), [(0, 0), (1, None), (4, None), (5, 5), (40, 40)])
def test_one_to_four_are_never_told(number: int, known: int | None) -> None:
    assert shown(number) == known


def test_one_project_is_chosen() -> None:
    assert Outcome(10, 12).nothing
    with pytest.raises(ValueError, match="one project"):
        Outcome(10, 12, need=1, place=1, words="a bridge")
    with pytest.raises(ValueError, match="no assembly"):
        Outcome(-1, 12)
