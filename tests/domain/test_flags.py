"""Each rule flags what is odd and leaves an honest village alone; setting aside and restoring is exact."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from domain import flags
from domain.flags import Decision, Rule, Seen
from domain.polls import Origin

OPENED = datetime(2026, 3, 2, 6, tzinfo=UTC)
LATER = OPENED + timedelta(days=3)


def answers(count: int, apart: timedelta, start: datetime = LATER, first: int = 1, **fields: object) -> list[Seen]:
    given_ = {"origin": Origin.WEB, **fields}
    return [Seen(first + number, start + apart * number, **given_) for number in range(count)]  # type: ignore[arg-type]


def found(seen: list[Seen], people: int | None = None) -> dict[Rule, int]:
    return {one.rule: len(one.answers) for one in flags.find(seen, people=people, opened=OPENED)}


def test_eighty_homes_in_an_hour_are_flagged_all_of_them() -> None:
    hasty = answers(80, timedelta(seconds=40), origin=Origin.DOOR_TO_DOOR, entered_by=7)
    assert found(hasty)[Rule.INTERVIEWER] == 80


def test_a_round_of_five_minutes_a_home_is_not() -> None:
    honest = answers(60, timedelta(minutes=5), origin=Origin.DOOR_TO_DOOR, entered_by=7)
    assert found(honest) == {}
    one_faster = answers(60, timedelta(minutes=4, seconds=59), origin=Origin.DOOR_TO_DOOR, entered_by=7)
    assert found(one_faster)[Rule.INTERVIEWER] == 60


def test_two_interviewers_at_once_are_two() -> None:
    both = [
        *answers(12, timedelta(minutes=4), origin=Origin.DOOR_TO_DOOR, entered_by=7),
        *answers(12, timedelta(minutes=4), first=100, origin=Origin.DOOR_TO_DOOR, entered_by=8),
    ]
    assert found(both) == {}


def test_a_sixth_answer_of_one_device_flags_all_six() -> None:
    assert found(answers(5, timedelta(hours=1), device="d")) == {}
    assert found(answers(6, timedelta(hours=1), device="d")) == {Rule.DEVICE: 6}


def test_a_burst_is_measured_by_what_is_usual() -> None:
    quiet = answers(30, timedelta(hours=1))
    burst = answers(20, timedelta(seconds=20), start=LATER + timedelta(days=2), first=100)
    assert found([*quiet, *burst]) == {Rule.BURST: 20}
    assert found(answers(19, timedelta(seconds=20))) == {}
    busy = [
        one for hour in range(9) for one in answers(7, timedelta(minutes=1), LATER + timedelta(hours=hour), hour * 10)
    ]
    assert found([*busy, *burst]) == {}, "seven are usual here: twenty are less than four times that"


def test_on_the_first_day_accounts_answer_at_once_because_they_were_asked_at_once() -> None:
    told = answers(40, timedelta(seconds=10), start=OPENED + timedelta(hours=4), origin=Origin.TELEGRAM)
    assert found(told) == {}
    assert found(answers(40, timedelta(seconds=10), origin=Origin.TELEGRAM)) == {Rule.BURST: 40}


def test_what_comes_above_the_number_of_people_is_flagged() -> None:
    many = answers(12, timedelta(hours=1))
    assert found(many, people=12) == {}
    assert found(many, people=10) == {Rule.CROWD: 2}
    assert found(many, people=None) == {}
    assert found(answers(12, timedelta(hours=1), origin=Origin.OPEN_WEB), people=10) == {}, "those are beside anyway"


def test_the_same_words_of_many_are_flagged_however_they_are_written() -> None:
    digest = flags.digest_of_words("The bridge was sold by Zurab!")
    assert digest == flags.digest_of_words("  the BRIDGE was   sold by Zurab.")
    assert flags.digest_of_words("Water") is None
    assert digest is not None
    assert found(answers(5, timedelta(hours=1), words=frozenset({digest}))) == {}
    assert found(answers(6, timedelta(hours=1), words=frozenset({digest}))) == {Rule.WORDS: 6}


DECISIONS = st.lists(st.sampled_from([None, *Decision]))


@given(DECISIONS)
def test_an_answer_stands_while_every_flag_was_decided_in_its_favour(decisions: list[Decision | None]) -> None:
    assert flags.stands(Origin.TELEGRAM, decisions) == (set(decisions) <= {Decision.COUNTS})
    assert not flags.stands(Origin.OPEN_WEB, decisions)


@given(DECISIONS)
def test_set_aside_and_restored_it_is_what_it_was(before: list[Decision | None]) -> None:
    restored = [*before, Decision.COUNTS]
    assert flags.stands(Origin.DOOR_TO_DOOR, restored) == flags.stands(Origin.DOOR_TO_DOOR, before)
    assert not flags.stands(Origin.DOOR_TO_DOOR, [*before, None])


@given(st.lists(st.tuples(st.integers(0, 5000), st.integers(1, 3)), max_size=60))
def test_the_order_in_which_answers_are_read_changes_nothing(raw: list[tuple[int, int]]) -> None:
    seen = [
        Seen(number, LATER + timedelta(seconds=at), Origin.DOOR_TO_DOOR, entered_by=by, device=str(by))
        for number, (at, by) in enumerate(raw)
    ]
    assert set(flags.find(seen, people=20, opened=OPENED)) == set(flags.find(seen[::-1], people=20, opened=OPENED))
