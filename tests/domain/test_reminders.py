from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain import reminders

TBILISI = ZoneInfo("Asia/Tbilisi")
ZONES = st.sampled_from([TBILISI, ZoneInfo("Europe/Berlin"), ZoneInfo("Asia/Yerevan")])
MOMENTS = st.datetimes(datetime(2025, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


def here(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=TBILISI)


@pytest.mark.parametrize(
    ("now", "last", "allowed"),
    [
        ("2026-11-23 12:00", None, "2026-11-23 12:00"),
        ("2026-11-23 21:00", None, "2026-11-24 09:00"),
        ("2026-11-23 20:59", None, "2026-11-23 20:59"),
        ("2026-11-24 03:00", None, "2026-11-24 09:00"),
        ("2026-11-24 09:00", None, "2026-11-24 09:00"),
        ("2026-11-23 12:00", "2026-11-23 09:30", "2026-11-24 09:00"),
        ("2026-11-24 09:00", "2026-11-23 20:59", "2026-11-24 09:00"),
        ("2026-11-26 15:00", "2026-11-23 09:30", "2026-11-26 15:00"),
    ],
)
def test_nobody_is_woken_or_reminded_twice_a_day(now: str, last: str | None, allowed: str) -> None:
    assert reminders.next_allowed(here(now), here(last) if last else None, TBILISI) == here(allowed)


@given(MOMENTS, st.none() | MOMENTS, ZONES)
def test_the_next_allowed_moment_is_awake_and_on_another_day(
    now: datetime, last: datetime | None, tz: ZoneInfo
) -> None:
    allowed = reminders.next_allowed(now, last, tz)
    assert allowed >= now
    assert not reminders.quiet(allowed, tz)
    assert last is None or allowed.astimezone(tz).date() > last.astimezone(tz).date()
    assert reminders.next_allowed(allowed, last, tz) == allowed


def test_an_office_is_written_to_on_its_working_days() -> None:
    saturday, monday = here("2026-11-21 12:00"), here("2026-11-24 09:00")  # the Monday is a holiday
    assert reminders.next_allowed(saturday, None, TBILISI, office=True) == monday
    assert reminders.next_allowed(here("2026-11-20 22:00"), None, TBILISI, office=True) == monday
    assert reminders.next_allowed(saturday, None, TBILISI) == saturday


def test_a_snooze_ends_in_the_morning() -> None:
    assert reminders.snoozed(here("2026-11-23 20:00"), 3, TBILISI) == here("2026-11-26 10:00")


def test_a_promise_is_spoken_of_before_on_and_after_its_day_then_every_month() -> None:
    due = date(2026, 10, 31)
    found = reminders.of_promise(due, since=date(2026, 10, 1), until=date(2027, 2, 28), tz=TBILISI)
    assert found == [
        (1, here("2026-10-17 10:00")),
        (2, here("2026-10-31 10:00")),
        (3, here("2026-11-07 10:00")),
        (4, here("2026-11-30 10:00")),
        (5, here("2026-12-31 10:00")),
        (6, here("2027-01-31 10:00")),
        (7, here("2027-02-28 10:00")),
    ]


def test_nothing_is_said_of_the_days_before_a_promise_was_made() -> None:
    found = reminders.of_promise(date(2026, 10, 31), since=date(2026, 10, 20), until=date(2026, 11, 1), tz=TBILISI)
    assert [reminder.number for reminder in found] == [2]


@given(st.dates(date(2025, 1, 1), date(2029, 1, 1)), st.integers(0, 900), st.integers(0, 900))
def test_a_reminder_keeps_its_number_whenever_it_is_asked_for(due: date, sooner: int, longer: int) -> None:
    since = due - timedelta(days=100)
    series = [
        reminders.of_promise(due, since=since, until=due + timedelta(days=days), tz=TBILISI)
        for days in sorted((sooner, longer))
    ]
    assert series[1][: len(series[0])] == series[0]
    assert [reminder.at for reminder in series[1]] == sorted({reminder.at for reminder in series[1]})


def test_an_office_is_asked_when_it_is_open() -> None:
    christmas, new_year, sunday = date(2027, 1, 7), date(2027, 1, 1), date(2026, 11, 22)
    assert not any(map(reminders.working, (christmas, new_year, sunday)))
    assert reminders.working_day(sunday) == date(2026, 11, 24)  # Monday is Saint George's day
    found = reminders.of_promise(
        date(2026, 11, 22), since=date(2026, 11, 1), until=date(2026, 11, 24), tz=TBILISI, office=True
    )
    assert found == [(1, here("2026-11-09 10:00")), (2, here("2026-11-24 10:00"))]


def test_an_afternoon_training_is_called_the_day_before_and_two_hours_before() -> None:
    assert reminders.of_training(here("2026-11-28 15:00"), TBILISI) == [
        (1, here("2026-11-27 10:00")),
        (2, here("2026-11-28 13:00")),
    ]


@pytest.mark.parametrize(
    ("starts", "last_calls"),
    [
        ("2026-11-28 10:59", ["2026-11-27 19:00"]),
        ("2026-11-28 11:00", ["2026-11-27 10:00", "2026-11-28 09:00"]),
        ("2026-11-28 23:30", ["2026-11-27 10:00", "2026-11-28 19:00"]),
    ],
)
def test_a_call_that_would_wake_people_comes_the_evening_before(starts: str, last_calls: list[str]) -> None:
    found = reminders.of_training(here(starts), TBILISI)
    assert [reminder.at for reminder in found] == [here(call) for call in last_calls]


@given(MOMENTS, ZONES)
def test_a_training_never_calls_twice_a_day_nor_at_night_nor_after_it_began(starts: datetime, tz: ZoneInfo) -> None:
    found = reminders.of_training(starts, tz)
    days = [reminder.at.astimezone(tz).date() for reminder in found]
    assert len(set(days)) == len(days)
    assert not any(reminders.quiet(reminder.at, tz) for reminder in found)
    assert all(reminder.at < starts for reminder in found)
