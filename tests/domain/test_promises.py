from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain import promises
from domain.promise_status import PROVISIONAL, status
from domain.promises import (
    Agreed,
    Axis,
    Event,
    Finding,
    Found,
    Heard,
    Promise,
    Reason,
    Said,
    Status,
    Vague,
    Voice,
    Word,
)

MADE = date(2026, 10, 14)
DUE = date(2027, 6, 30)
LATE = date(2027, 7, 10)
PROMISE = Promise(MADE, DUE)
WINTER, SPRING, SUMMER = date(2027, 1, 10), date(2027, 4, 10), date(2027, 7, 5)
LONG_AFTER = DUE + timedelta(days=181)

DAYS = st.dates(MADE, date(2028, 12, 31))
WORDS = st.builds(Said, st.sampled_from(Word), DAYS)
FINDINGS = st.builds(Found, st.sampled_from(Finding), DAYS, st.integers(1, 3), st.booleans(), st.integers(1, 2))
VOICES = st.builds(Voice, st.sampled_from(Heard), DAYS, st.integers(4, 8))
UNCHECKED = st.builds(Found, st.just(Finding.NOT_CHECKED), DAYS)
AGREEMENTS = st.builds(Agreed, st.none() | DAYS, DAYS, st.booleans())
STORIES = st.lists(WORDS | FINDINGS | AGREEMENTS | VOICES, max_size=9)


@pytest.mark.parametrize(
    ("events", "before", "after", "reason"),
    [
        ([], Status.NOT_YET_DUE, Status.OVERDUE, Reason.NOTHING_KNOWN),
        ([Found(Finding.NOT_CHECKED, SPRING)], Status.NOT_YET_DUE, Status.OVERDUE, Reason.NOTHING_KNOWN),
        ([Said(Word.NOT_STARTED, WINTER)], Status.NOT_YET_DUE, Status.OVERDUE, Reason.SAID_NOT_STARTED),
        ([Said(Word.UNDER_WAY, WINTER)], Status.UNDER_WAY, Status.OVERDUE, Reason.SAID_UNDER_WAY),
        ([Said(Word.DONE, WINTER)], Status.UNDER_WAY, Status.UNDER_WAY, Reason.SAID_DONE_NOT_CHECKED),
        ([Said(Word.CANNOT, WINTER)], Status.BROKEN, Status.BROKEN, Reason.SAID_CANNOT),
        ([Said(Word.CHANGED, WINTER)], Status.NOT_YET_DUE, Status.OVERDUE, Reason.SAID_CHANGED_NOT_AGREED),
        ([Found(Finding.NOTHING_SEEN, SPRING)], Status.NOT_YET_DUE, Status.OVERDUE, Reason.SEEN_NOTHING),
        ([Found(Finding.UNDER_WAY, SPRING)], Status.UNDER_WAY, Status.OVERDUE, Reason.SEEN_UNDER_WAY),
        (
            [Said(Word.UNDER_WAY, WINTER), Found(Finding.NOTHING_SEEN, SPRING)],
            *(Status.STALLED, Status.OVERDUE, Reason.SEEN_NOTHING_SINCE_BEGUN),
        ),
        (
            [Found(Finding.UNDER_WAY, WINTER), Found(Finding.NOTHING_SEEN, SPRING)],
            *(Status.STALLED, Status.OVERDUE, Reason.SEEN_NOTHING_SINCE_BEGUN),
        ),
        (
            [Found(Finding.NOTHING_SEEN, WINTER), Said(Word.UNDER_WAY, SPRING)],
            *(Status.UNDER_WAY, Status.OVERDUE, Reason.SAID_UNDER_WAY),
        ),
        (
            [Said(Word.DONE, WINTER), Found(Finding.NOTHING_SEEN, SPRING)],
            *(Status.DISPUTED, Status.DISPUTED, Reason.SAID_DONE_SEEN_OTHERWISE),
        ),
        (
            [Said(Word.DONE, WINTER), Found(Finding.UNDER_WAY, SPRING)],
            *(Status.DISPUTED, Status.DISPUTED, Reason.SAID_DONE_SEEN_OTHERWISE),
        ),
        (
            [Found(Finding.NOTHING_SEEN, WINTER), Said(Word.DONE, SPRING)],
            *(Status.UNDER_WAY, Status.UNDER_WAY, Reason.SAID_DONE_NOT_CHECKED),
        ),
        (
            [Said(Word.CANNOT, WINTER), Found(Finding.UNDER_WAY, SPRING)],
            *(Status.UNDER_WAY, Status.OVERDUE, Reason.SEEN_UNDER_WAY),
        ),
        ([Found(Finding.DONE, SPRING, photo=True)], Status.KEPT, Status.KEPT, Reason.SEEN_DONE),
        (
            [Found(Finding.DONE_BADLY, SPRING, photo=True)],
            Status.KEPT_IN_PART,
            Status.KEPT_IN_PART,
            Reason.SEEN_DONE_BADLY,
        ),
        (
            [Said(Word.CHANGED, WINTER), Agreed(None, SPRING)],
            *(Status.CHANGED_BY_AGREEMENT, Status.CHANGED_BY_AGREEMENT, Reason.AGREED),
        ),
    ],
)
def test_the_public_status_before_and_after_the_day(
    events: list[Event], before: Status, after: Status, reason: Reason
) -> None:
    for today, wanted in ((DUE, before), (LATE, after)):
        verdict = status(PROMISE, events, today)
        assert (verdict.status, verdict.reason) == (wanted, reason)


def test_it_is_kept_late_when_it_was_done_after_its_day() -> None:
    verdict = status(PROMISE, [Found(Finding.DONE, SUMMER, photo=True)], LATE)
    assert (verdict.status, verdict.done_on, verdict.days_over) == (Status.KEPT_LATE, SUMMER, 5)


def test_an_official_who_said_done_in_time_is_not_late_because_the_group_looked_later() -> None:
    events: list[Event] = [Said(Word.DONE, SPRING), Found(Finding.DONE, SUMMER, photo=True)]
    verdict = status(PROMISE, events, LATE)
    assert (verdict.status, verdict.done_on) == (Status.KEPT, SPRING)


def test_a_done_that_was_found_untrue_does_not_count_as_the_day_it_was_done() -> None:
    events: list[Event] = [
        Said(Word.DONE, SPRING),
        Found(Finding.NOTHING_SEEN, date(2027, 5, 1)),
        Found(Finding.DONE, SUMMER, photo=True),
    ]
    assert status(PROMISE, events, LATE).status is Status.KEPT_LATE


def test_nothing_seen_half_a_year_after_is_broken_and_can_be_mended() -> None:
    nothing: list[Event] = [Found(Finding.NOTHING_SEEN, LONG_AFTER)]
    assert status(PROMISE, nothing, LONG_AFTER).status is Status.BROKEN
    mended = [*nothing, Said(Word.UNDER_WAY, LONG_AFTER)]
    assert status(PROMISE, mended, LONG_AFTER).status is Status.OVERDUE


def test_silence_alone_never_breaks_a_promise() -> None:
    verdict = status(PROMISE, [], date(2036, 1, 1))
    assert (verdict.status, verdict.reason, verdict.found) == (Status.OVERDUE, Reason.NOTHING_KNOWN, None)


def test_another_day_by_agreement_begins_anew() -> None:
    events: list[Event] = [Said(Word.CANNOT, WINTER), Agreed(date(2027, 9, 1), SPRING)]
    assert status(PROMISE, events, LATE).status is Status.CHANGED_BY_AGREEMENT
    assert status(PROMISE, events, date(2027, 9, 2)).status is Status.OVERDUE
    assert status(PROMISE, events, date(2027, 9, 2)).due == date(2027, 9, 1)
    begun = [*events, Said(Word.UNDER_WAY, LATE)]
    assert status(PROMISE, begun, LATE).status is Status.UNDER_WAY
    done = [*begun, Found(Finding.DONE, date(2027, 8, 1), photo=True)]
    assert status(PROMISE, done, date(2028, 1, 1)).status is Status.KEPT


def test_what_was_let_go_and_done_all_the_same_is_kept() -> None:
    events: list[Event] = [Said(Word.CANNOT, WINTER), Agreed(None, WINTER), Found(Finding.DONE, SUMMER, photo=True)]
    assert status(PROMISE, events, LATE).status is Status.KEPT


@pytest.mark.parametrize(
    ("words", "due"),
    [
        (Vague.SOON, date(2027, 1, 14)),
        (Vague.COMING_MONTHS, date(2027, 4, 14)),
        (Vague.THIS_YEARS_BUDGET, date(2026, 12, 31)),
        (Vague.NEXT_YEARS_BUDGET, date(2027, 12, 31)),
        (DUE, DUE),
    ],
)
def test_vague_words_have_a_stated_day(words: Vague | date, due: date) -> None:
    assert promises.due_on(Promise(MADE, words)) == due


def test_events_are_made_from_what_is_stored() -> None:
    assert promises.event(Axis.OFFICIAL, "cannot", SPRING) == Said(Word.CANNOT, SPRING)
    assert promises.event(Axis.GROUP, "done_badly", SPRING) == Found(Finding.DONE_BADLY, SPRING)
    assert promises.event(Axis.SCHEDULE, "agreed", SPRING, DUE) == Agreed(DUE, SPRING)


@given(STORIES, st.lists(st.tuples(st.integers(0, 7), UNCHECKED)), DAYS)
def test_not_checked_changes_nothing_wherever_it_stands(
    events: list[Event], unchecked: list[tuple[int, Found]], today: date
) -> None:
    more = list(events)
    for at, event in unchecked:
        more.insert(at, event)
    assert status(PROMISE, more, today) == status(PROMISE, events, today)


@given(st.lists(WORDS | UNCHECKED), DAYS)
def test_nothing_is_kept_stalled_or_disputed_on_words_alone(events: list[Event], today: date) -> None:
    verdict = status(PROMISE, events, today)
    assert verdict.status in {Status.NOT_YET_DUE, Status.UNDER_WAY, Status.OVERDUE, Status.BROKEN}
    assert (verdict.status is Status.BROKEN) == (verdict.reason is Reason.SAID_CANNOT)


@given(STORIES, DAYS)
def test_nothing_is_overdue_before_its_day_and_everything_has_a_status(events: list[Event], today: date) -> None:
    verdict = status(PROMISE, events, today)
    assert verdict.due is not None or not verdict.days_over
    if verdict.status is Status.OVERDUE:
        assert verdict.due is not None
        assert today > verdict.due


@given(STORIES, DAYS)
def test_nothing_is_kept_without_two_people_or_a_photo(events: list[Event], today: date) -> None:
    verdict = status(PROMISE, events, today)
    if verdict.status in {Status.KEPT, Status.KEPT_LATE, Status.KEPT_IN_PART}:
        done = [one for one in events if isinstance(one, Found) and one.value in {Finding.DONE, Finding.DONE_BADLY}]
        assert len({one.by for one in done}) >= 2 or any(one.photo for one in done)


@given(STORIES, DAYS)
def test_a_dispute_ends_only_by_a_photo_or_an_agreement(events: list[Event], today: date) -> None:
    if status(PROMISE, events, today).status is not Status.DISPUTED:
        return
    told: list[Event] = [*(Said(word, today) for word in Word), Voice(Heard.REOPENS, today, 9)]
    for more in told:
        assert status(PROMISE, [*events, more], today).status is Status.DISPUTED
    for finding in Finding:
        assert status(PROMISE, [*events, Found(finding, today, 9)], today).status is Status.DISPUTED
    ended = status(PROMISE, [*events, Found(Finding.DONE, today, 9, photo=True)], today)
    assert ended.status in {Status.KEPT, Status.KEPT_LATE}
    agreed = [*events, Said(Word.CHANGED, today), Agreed(today, today)]
    assert status(PROMISE, agreed, today).status is Status.CHANGED_BY_AGREEMENT


@given(STORIES, DAYS)
def test_without_the_officials_wish_no_yes_of_the_group_changes_anything(events: list[Event], today: date) -> None:
    told = [*events, Said(Word.UNDER_WAY, today)]
    assert status(PROMISE, [*told, Agreed(today, today)], today) == status(PROMISE, told, today)


def test_the_groups_kept_is_provisional_for_two_weeks() -> None:
    both: list[Event] = [Found(Finding.DONE, SPRING, 1), Found(Finding.DONE, SPRING, 2)]
    last = SPRING + PROVISIONAL
    assert status(PROMISE, both, last).provisional_until == last
    assert status(PROMISE, both, last + timedelta(days=1)).provisional_until is None
    again = [*both, Found(Finding.DONE, last, 1)]
    assert status(PROMISE, again, last).provisional_until == last, "looking again does not begin it anew"


def test_two_neighbours_are_heard_and_three_dispute() -> None:
    kept: list[Event] = [Found(Finding.DONE, SPRING, 1, photo=True)]
    two: list[Event] = [*kept, *(Voice(Heard.REOPENS, SPRING, by) for by in (5, 5, 6))]
    assert status(PROMISE, two, SPRING).status is Status.KEPT
    three = [*two, Voice(Heard.CONTRADICTS, SPRING, 7)]
    assert status(PROMISE, three, SPRING).reason is Reason.NEIGHBOURS_DISAGREE
    looked = [*three, Found(Finding.DONE, SUMMER, 1, photo=True)]
    assert status(PROMISE, looked, SUMMER).status is Status.KEPT_LATE
    assert status(PROMISE, [*looked, Voice(Heard.REOPENS, SUMMER, 5)], SUMMER).status is Status.KEPT_LATE


def test_one_neighbour_asks_for_a_new_look_and_any_look_answers() -> None:
    kept: list[Event] = [Found(Finding.DONE, SPRING, 1, photo=True), Voice(Heard.REOPENS, SPRING, 5)]
    assert (status(PROMISE, kept, SPRING).status, status(PROMISE, kept, SPRING).doubted) == (Status.KEPT, True)
    looked = [*kept, Found(Finding.DONE, SUMMER, 2)]
    assert not status(PROMISE, looked, SUMMER).doubted
    two: list[Event] = [Voice(Heard.REOPENS, SUMMER, by) for by in (6, 7)]
    assert status(PROMISE, [*looked, *two], SUMMER).status is Status.DISPUTED, (
        "the first voice was not answered by a photo"
    )
    shown = [*kept, Found(Finding.DONE, SUMMER, 2, photo=True)]
    assert status(PROMISE, [*shown, *two], SUMMER).status is Status.KEPT


def test_a_neighbour_may_see_it_otherwise_later() -> None:
    kept: list[Event] = [Found(Finding.DONE, SPRING, 1, photo=True), Voice(Heard.REOPENS, SPRING, 5)]
    back = [*kept, Voice(Heard.SUPPORTS, SPRING, 5)]
    assert not status(PROMISE, back, SPRING).doubted
    two: list[Event] = [Voice(Heard.REOPENS, SPRING, by) for by in (6, 7)]
    assert status(PROMISE, [*back, *two], SPRING).status is Status.KEPT


def test_neighbours_do_not_dispute_what_nobody_called_done() -> None:
    voices: list[Event] = [Voice(Heard.REOPENS, SPRING, by) for by in range(5)]
    assert status(PROMISE, voices, SPRING).status is Status.NOT_YET_DUE


def test_who_lives_there_weighs_as_the_group_decided_and_a_photo_is_never_outweighed() -> None:
    nothing = Found(Finding.NOTHING_SEEN, SPRING, 1)
    heavy: list[Event] = [nothing, Found(Finding.DONE, SPRING, 2, weight=2), Found(Finding.DONE, SPRING, 3)]
    assert status(PROMISE, heavy, SPRING).status is Status.KEPT
    shown = [Found(Finding.NOTHING_SEEN, SPRING, 1, photo=True), *heavy[1:]]
    assert status(PROMISE, shown, SPRING).reason is Reason.SEEN_DIFFERENTLY


def test_who_saw_nothing_long_before_does_not_disagree() -> None:
    events: list[Event] = [Found(Finding.NOTHING_SEEN, WINTER, 1), Found(Finding.DONE, SPRING, 2, photo=True)]
    assert status(PROMISE, events, SPRING).status is Status.KEPT


def test_after_a_no_the_first_day_holds_and_the_wish_is_answered() -> None:
    asked: list[Event] = [Said(Word.CHANGED, WINTER)]
    assert status(PROMISE, asked, WINTER).wish == Said(Word.CHANGED, WINTER)
    verdict = status(PROMISE, [*asked, Agreed(None, SPRING, yes=False)], SPRING)
    assert (verdict.wish, verdict.due, verdict.reason) == (None, DUE, Reason.SAID_CHANGED_REFUSED)


def test_what_was_split_stands_as_on_that_day() -> None:
    verdict = status(PROMISE, [Said(Word.UNDER_WAY, WINTER)], LONG_AFTER, split_on=SPRING)
    assert (verdict.status, verdict.reason) == (Status.UNDER_WAY, Reason.SPLIT)
