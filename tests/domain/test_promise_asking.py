"""Who is asked again about a promise, and when."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from domain.promise_asking import following, looked_after, over, weekly
from domain.promise_status import status
from domain.promises import Agreed, Event, Finding, Found, Heard, Promise, Said, Voice, Word

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


def test_the_group_is_asked_every_week_where_a_neighbour_sees_it_otherwise() -> None:
    kept: list[Event] = [Found(Finding.DONE, MADE, 1, photo=True)]
    verdict = status(PROMISE, kept, MADE)
    assert (over(verdict), looked_after(verdict)) == (True, False)
    doubted = status(PROMISE, [*kept, Voice(Heard.REOPENS, MADE, 2)], MADE)
    assert (over(doubted), looked_after(doubted), weekly(None, doubted)) == (True, True, True)


def test_an_office_is_asked_when_it_is_open() -> None:
    asked = following(date(2026, 4, 4), MADE, at(date(2026, 4, 1)), TBILISI, office=True)
    assert asked.astimezone(TBILISI).date() == date(2026, 4, 6), "4 April is a Saturday"


def test_a_promise_far_ahead_is_still_asked_about() -> None:
    assert following(date(2029, 12, 31), MADE, at(MADE), TBILISI) == at(date(2029, 12, 17))


def test_a_road_that_is_being_made_is_looked_at_every_week_until_it_is_done() -> None:
    begun = status(PROMISE, [Found(Finding.UNDER_WAY, MADE)], MADE)
    assert weekly("roads", begun)
    assert not weekly("water", begun)
    assert not weekly("roads", status(PROMISE, [], MADE))
    assert following(DUE, MADE, at(date(2026, 4, 1)), TBILISI, week=True) == at(date(2026, 4, 8))
    assert following(DUE, MADE, at(date(2026, 3, 16)), TBILISI, week=True) == at(DUE), "its day comes first"


@pytest.mark.parametrize("kind", ["roads", "water", None])
def test_what_only_a_look_settles_is_looked_at_within_a_week(kind: str | None) -> None:
    for story in ([Said(Word.DONE, DUE)], [Found(Finding.DONE, DUE)]):
        assert weekly(kind, status(PROMISE, story, DUE))
    assert not weekly(kind, status(PROMISE, [Found(Finding.NOTHING_SEEN, DUE)], DUE))


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
