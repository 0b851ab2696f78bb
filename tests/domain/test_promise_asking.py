"""Who is asked again about a promise, and when."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from domain.promise_asking import following, latest, over
from domain.promise_status import status
from domain.promises import Agreed, Event, Finding, Found, Promise, Said, Word

TBILISI = ZoneInfo("Asia/Tbilisi")
MADE, DUE = date(2026, 3, 2), date(2026, 3, 20)
PROMISE = Promise(MADE, DUE)


def at(day: date, hour: int = 10) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=TBILISI).astimezone(UTC)


def test_the_first_reminder_is_two_weeks_before() -> None:
    assert following(DUE, MADE, at(MADE), TBILISI) == at(date(2026, 3, 6))


def test_after_each_comes_the_next_for_ever() -> None:
    now, days = at(MADE), []
    for _round in range(6):
        now = following(DUE, MADE, now, TBILISI)
        days.append(now.astimezone(TBILISI).date())
    assert days == [
        date(2026, 3, 6),
        date(2026, 3, 20),
        date(2026, 3, 27),
        date(2026, 4, 19),
        date(2026, 5, 20),
        date(2026, 6, 20),
    ]


def test_an_office_is_asked_when_it_is_open() -> None:
    asked = following(date(2026, 4, 4), MADE, at(date(2026, 4, 1)), TBILISI, office=True)
    assert asked.astimezone(TBILISI).date() == date(2026, 4, 6), "4 April is a Saturday"


def test_a_promise_far_ahead_is_still_asked_about() -> None:
    assert following(date(2029, 12, 31), MADE, at(MADE), TBILISI) == at(date(2029, 12, 17))


def test_after_a_pause_only_the_last_one_is_told() -> None:
    reminder = latest(DUE, MADE, at(date(2026, 3, 29)), TBILISI)
    assert reminder is not None
    assert reminder.at == at(date(2026, 3, 27))


def test_before_the_first_nothing_is_told() -> None:
    assert latest(DUE, MADE, at(date(2026, 3, 6), 9), TBILISI) is None


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        ([], False),
        ([Said(Word.DONE, DUE)], False),
        ([Said(Word.DONE, DUE), Found(Finding.NOTHING_SEEN, DUE)], False),
        ([Found(Finding.DONE_BADLY, DUE)], False),
        ([Found(Finding.DONE, DUE)], False),
        ([Found(Finding.DONE, DUE, photo=True)], True),
        ([Said(Word.CANNOT, DUE)], True),
        ([Said(Word.CANNOT, DUE), Agreed(None, DUE)], True),
        ([Said(Word.CHANGED, DUE), Agreed(date(2026, 9, 1), DUE)], False),
    ],
)
def test_nobody_is_asked_once_it_is_over(events: list[Event], expected: bool) -> None:
    assert over(status(PROMISE, events, date(2026, 4, 1))) is expected
