"""Every promise is counted once, and what nobody looked at is never counted as not done."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from domain.promise_status import status
from domain.promises import Agreed, Event, Finding, Found, Promise, Said, Word
from domain.tally import Lot, lot, tally

DUE = date(2026, 5, 1)
AFTER = DUE + timedelta(days=40)
PROMISE = Promise(date(2026, 2, 1), DUE)


def stands(*events: Event, today: date = AFTER) -> Lot:
    return lot(status(PROMISE, events, today), today)


def found(value: Finding, days: int) -> Found:
    return Found(value, DUE + timedelta(days=days), photo=True)


def test_only_who_looked_after_the_day_can_say_not() -> None:
    assert stands() is Lot.NOT_CHECKED
    assert stands(found(Finding.NOTHING_SEEN, -3)) is Lot.NOT_CHECKED
    assert stands(found(Finding.NOT_CHECKED, 3)) is Lot.NOT_CHECKED
    assert stands(found(Finding.NOTHING_SEEN, 3)) is Lot.NOT
    assert stands(Said(Word.DONE, AFTER)) is Lot.NOT_CHECKED
    assert stands(found(Finding.NOTHING_SEEN, 3), Said(Word.DONE, AFTER)) is Lot.NOT_CHECKED


def test_one_who_saw_it_done_is_not_enough_and_says_not_either() -> None:
    once = Found(Finding.DONE, DUE + timedelta(days=3))
    assert stands(once) is Lot.NOT_CHECKED


def test_the_others() -> None:
    assert stands(found(Finding.DONE, -1)) is Lot.KEPT
    assert stands(found(Finding.DONE, 9)) is Lot.KEPT_LATE
    assert stands(found(Finding.DONE_BADLY, 9)) is Lot.IN_PART
    assert stands(Said(Word.CANNOT, DUE)) is Lot.NOT
    assert stands(Said(Word.DONE, DUE), found(Finding.NOTHING_SEEN, 2)) is Lot.DISPUTED
    wish = Said(Word.CHANGED, DUE)
    assert stands(wish, Agreed(None, DUE)) is Lot.LET_GO
    assert stands(wish, Agreed(AFTER + timedelta(days=9), DUE)) is Lot.NOT_YET
    assert stands(today=DUE) is Lot.NOT_YET


days = st.dates(date(2026, 2, 1), date(2027, 2, 1))
events = st.lists(
    st.one_of(
        st.builds(Said, st.sampled_from(Word), days),
        st.builds(Found, st.sampled_from(Finding), days),
        st.builds(Agreed, st.none() | days, days),
    ),
    max_size=6,
)


@given(st.lists(events, max_size=8), days)
def test_each_is_in_one_number_and_silence_is_never_not(stories: list[list[Event]], today: date) -> None:
    verdicts = [status(PROMISE, story, today) for story in stories]
    counted = tally(verdicts, today)
    assert counted.all == len(stories)
    silent = [
        verdict
        for verdict in verdicts
        if verdict.found is None and (verdict.said is None or verdict.said.value is not Word.CANNOT)
    ]
    assert all(lot(verdict, today) is not Lot.NOT for verdict in silent)
