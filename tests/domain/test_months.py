from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.months import later


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2026, 10, 14), 3, date(2027, 1, 14)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2027, 11, 30), 3, date(2028, 2, 29)),
        (date(2026, 12, 31), 0, date(2026, 12, 31)),
        (date(2026, 6, 30), 6, date(2026, 12, 30)),
    ],
)
def test_months_are_counted_as_people_count_them(day: date, months: int, then: date) -> None:
    assert later(day, months) == then


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(0, 120))
def test_a_later_month_is_never_skipped(day: date, months: int) -> None:
    then = later(day, months)
    assert (then.year - day.year) * 12 + then.month - day.month == months
    assert then.day <= day.day
