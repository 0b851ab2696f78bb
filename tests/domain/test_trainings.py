from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from domain.refusal import Refused
from domain.trainings import Repeat, days, past_reminders, sessions

TBILISI = ZoneInfo("Asia/Tbilisi")
NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)


def test_a_weekly_series_falls_on_one_weekday() -> None:
    assert days(date(2026, 3, 10), Repeat.WEEKLY, 3) == [date(2026, 3, 10), date(2026, 3, 17), date(2026, 3, 24)]


def test_a_monthly_series_on_the_31st_takes_the_last_day_of_shorter_months() -> None:
    assert days(date(2026, 3, 31), Repeat.MONTHLY, 3) == [date(2026, 3, 31), date(2026, 4, 30), date(2026, 5, 31)]


def test_the_first_is_announced_now_and_each_later_one_six_days_ahead_in_the_morning() -> None:
    first, second = sessions(date(2026, 3, 10), time(14), Repeat.WEEKLY, 2, now=NOW, tz=TBILISI)
    assert (first.number, first.starts_at, first.announce_at) == (1, datetime(2026, 3, 10, 10, tzinfo=UTC), NOW)
    assert second.announce_at == datetime(2026, 3, 11, 6, tzinfo=UTC)


def test_a_training_in_the_past_is_refused() -> None:
    with pytest.raises(Refused):
        sessions(date(2026, 3, 2), time(11, 30), Repeat.ONCE, 1, now=NOW, tz=TBILISI)


def test_who_hears_of_it_late_is_not_reminded_of_what_they_just_heard() -> None:
    tomorrow_at_two = datetime(2026, 3, 3, 10, tzinfo=UTC)
    assert past_reminders(tomorrow_at_two, NOW, TBILISI) == 1
    assert past_reminders(datetime(2026, 3, 10, 10, tzinfo=UTC), NOW, TBILISI) == 0
