"""What worsens a status waits until the office has heard of it; nothing else waits."""

from datetime import date, timedelta

import pytest

from domain.promise_hold import held, shown_from
from domain.promises import Event, Finding, Found, Heard, Promise, Said, Voice, Word

MADE, DUE = date(2026, 3, 2), date(2026, 6, 1)
TUESDAY, FRIDAY = date(2026, 4, 14), date(2026, 4, 17)
PROMISE = Promise(MADE, DUE)
DONE = Said(Word.DONE, MADE)


def nothing(on: date, by: int = 1, *, photo: bool = False) -> Found:
    return Found(Finding.NOTHING_SEEN, on, by, photo)


def test_two_days_from_the_day_on_which_the_office_hears_of_it() -> None:
    assert shown_from(TUESDAY) == TUESDAY + timedelta(days=2)
    assert shown_from(FRIDAY + timedelta(days=1)) == date(2026, 4, 22), "told on Monday"


def test_it_waits_and_then_it_shows() -> None:
    events: list[Event] = [DONE, nothing(TUESDAY)]
    assert held(PROMISE, events, TUESDAY) == 1
    assert held(PROMISE, events, TUESDAY + timedelta(days=1)) == 1
    assert held(PROMISE, events, TUESDAY + timedelta(days=2)) == 0


def test_a_word_of_the_official_shows_it_at_once() -> None:
    assert held(PROMISE, [DONE, nothing(TUESDAY), Said(Word.UNDER_WAY, TUESDAY)], TUESDAY) == 0


@pytest.mark.parametrize(
    "events",
    [
        [nothing(TUESDAY)],
        [DONE, Found(Finding.DONE, TUESDAY, 1, photo=True)],
        [DONE, Found(Finding.DONE_BADLY, TUESDAY, 1, photo=True)],
        [Found(Finding.DONE, TUESDAY, 1, photo=True), Voice(Heard.REOPENS, TUESDAY, 2)],
    ],
)
def test_what_does_not_worsen_it_shows_at_once(events: list[Event]) -> None:
    assert held(PROMISE, events, TUESDAY) == 0


def test_kept_that_is_found_done_badly_waits() -> None:
    kept: list[Event] = [Found(Finding.DONE, MADE, 1, photo=True)]
    assert held(PROMISE, [*kept, Found(Finding.DONE_BADLY, TUESDAY, 1, photo=True)], TUESDAY) == 1


def test_only_the_third_neighbour_waits() -> None:
    kept: list[Event] = [Found(Finding.DONE, MADE, 1, photo=True)]
    voices: list[Event] = [Voice(Heard.REOPENS, TUESDAY, by) for by in (2, 3, 4)]
    assert held(PROMISE, [*kept, *voices], TUESDAY) == 1
    assert held(PROMISE, [*kept, *voices[:2]], TUESDAY) == 0
