"""When an office is told what the calendar will make public."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from domain.promise_notice import AHEAD, notice_day, shown_on
from domain.reminders import working


@given(st.dates(date(2025, 1, 1), date(2035, 1, 1)))
def test_the_office_is_open_and_has_two_days(due: date) -> None:
    day = notice_day(due)
    assert working(day)
    assert timedelta(days=2) <= shown_on(due) - day <= AHEAD
