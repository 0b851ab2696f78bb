"""From what was entered to the record: corrections, the two branches, promises, and who spoke."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.meetings import agenda, reading
from domain.meetings.entries import NO_TIME, Entry, Verb
from domain.meetings.entries import read as checked
from domain.meetings.record import Answer, ReadBack, Record, Side, Source, State
from domain.meetings.vagueness import Gap, gaps, is_vague
from domain.people import Sex
from domain.promises import Vague
from domain.refusal import Refused

NOON = datetime(2026, 10, 14, 8, 0, tzinfo=UTC)
ISSUE = {"need_id": 1, "village_id": 1, "community_id": 1, "kind": "roads", "words": "The bridge", "place": 1}
ITEM = {"id": "item-0001", **ISSUE, "minutes": 20, "asked": ""}
PROMISE = {"item": "item-0001", "name": "Gia", "office": "mayor", "words": "We will mend it", "due": "soon"}


def entry(number: int, verb: Verb, **body: Any) -> Entry:
    return Entry(f"entry-{number:04}", *checked(verb, body), NOON + timedelta(minutes=number))


def record(*entries: Entry) -> Record:
    plan = entry(9000, Verb.PLANNED, place="The hall", starts_at=NOON.isoformat())
    before = (plan, entry(9001, Verb.AGENDA, items=[ITEM]))
    where = {"meeting_id": 1, "number": 1, "year": 2026, "municipality_id": 1, "community_ids": [1]}
    return reading.read([*before, *entries], **where, zone=ZoneInfo("Asia/Tbilisi"))  # type: ignore[arg-type]


def test_a_correction_takes_the_place_of_what_it_corrects_and_a_struck_entry_is_gone() -> None:
    first = entry(1, Verb.SPOKE, item="item-0001", name="Nino", words="One")
    second = entry(2, Verb.SPOKE, item="item-0001", name="Eka", words="Two")
    corrected = entry(3, Verb.SPOKE, item="item-0001", name="Nino", words="First", corrects=first.id)
    again = entry(4, Verb.SPOKE, item="item-0001", name="Nino", words="The first", corrects=corrected.id)
    struck = entry(5, Verb.STRUCK, entry=second.id)
    found = record(first, second, corrected, again).items[0].opinions
    assert [each.words for each in found] == ["The first", "Two"]
    assert [each.words for each in record(first, second, struck).items[0].opinions] == ["One"]


def test_each_branch_has_its_answer_and_a_written_one_stands_in_the_agenda() -> None:
    invited = entry(1, Verb.INVITED, guest="guest-01", name="Gia", office="mayor", branch="executive")
    wrote = entry(2, Verb.WROTE, item="item-0001", guest="guest-01", answer="will_study", words="We look into it")
    item = record(invited, wrote).items[0]
    answer = item.answer_of(Side.EXECUTIVE)
    assert answer is not None
    assert (answer.answer, answer.source, answer.office) == (Answer.WILL_STUDY, Source.BEFOREHAND, "mayor")
    assert item.unanswered == [Side.ELECTED]
    said = entry(3, Verb.ANSWERED, item="item-0001", branch="executive", answer="yes", counted="budget", year=2027)
    later = record(invited, wrote, said).items[0].answer_of(Side.EXECUTIVE)
    assert later is not None
    assert (later.answer, later.year) == (Answer.YES, 2027)


def test_a_promise_keeps_its_words_until_the_speaker_corrects_them() -> None:
    promised = entry(1, Verb.PROMISED, **PROMISE)
    untouched = record(promised).items[0].promises[0]
    assert (untouched.read_back, untouched.due, untouched.due_on) == (
        ReadBack.NOT_ASKED,
        Vague.SOON,
        date(2027, 1, 14),
    )
    back = entry(2, Verb.READ_BACK, promise=promised.id, how="corrected", words="We will try to mend it")
    corrected = record(promised, back).items[0].promises[0]
    assert (corrected.words, corrected.first_words) == ("We will try to mend it", "We will mend it")
    assert corrected.read_back is ReadBack.CORRECTED


@pytest.mark.parametrize(
    ("told", "open_"),
    [
        ({}, [Gap.DAY, Gap.MONEY, Gap.CHECK]),
        ({"due": NO_TIME, "check": "We go and look"}, [Gap.DAY, Gap.MONEY]),
        ({"due": "2026-12-01", "money": "20,000"}, [Gap.SOURCE, Gap.CHECK]),
        ({"due": "2026-12-01", "money": "20,000", "money_source": "budget", "check": "We go and look"}, []),
    ],
)
def test_the_desk_asks_for_what_a_promise_leaves_open(told: dict[str, str], open_: list[Gap]) -> None:
    promise = record(entry(1, Verb.PROMISED, **{**PROMISE, **told})).items[0].promises[0]
    assert gaps(promise) == open_
    assert is_vague(promise) == (Gap.DAY in open_)


def test_who_spoke_is_counted_once_as_well_as_who_sat() -> None:
    entries = (
        entry(1, Verb.ATTENDED, name="Nino", side="community", sex="woman"),
        entry(2, Verb.ATTENDED, name="Gia", side="executive", sex="man", office="mayor"),
        entry(3, Verb.ATTENDED, name="Eka", side="community", sex="woman"),
        entry(4, Verb.PRESENTED, item="item-0001", name="Nino", sex="woman"),
        entry(5, Verb.ASKED, item="item-0001", name="nino", words="When?", reply="Soon", reply_name="Gia"),
        entry(6, Verb.PROMISED, **{**PROMISE, "sex": "man"}),
    )
    found = record(*entries)
    assert found.sat() == {Sex.WOMAN: 2, Sex.MAN: 1}
    assert found.spoke() == {Sex.WOMAN: 1, Sex.MAN: 1}


def test_a_meeting_opens_and_closes_and_its_issues_may_go_another_way() -> None:
    assert record().state is State.PLANNED
    assert record(entry(1, Verb.OPENED), entry(2, Verb.CLOSED)).state is State.CLOSED
    gone = record(entry(1, Verb.ROAD, source="letter", day="2026-10-20", registry="12/345"))
    assert gone.state is State.NOT_HELD
    assert gone.road is not None
    assert gone.road.registry == "12/345"


@pytest.mark.parametrize(
    ("verb", "body", "field"),
    [
        ("promised", {**PROMISE, "due": "one day"}, "due"),
        ("promised", {**PROMISE, "words": "\u200b"}, "words"),
        ("answered", {"item": "item-0001", "branch": "community", "answer": "yes"}, "branch"),
        ("voted", {"item": "item-0001", "in_favour": -1, "against": 0, "abstained": 0}, "in_favour"),
        ("spoke", {"item": "item-0001", "name": "x" * 101, "words": "y"}, "name"),
    ],
)
def test_what_is_wrong_is_refused_by_its_field(verb: str, body: dict[str, Any], field: str) -> None:
    with pytest.raises(Refused) as refused:
        checked(verb, body)
    assert refused.value.facts.get("field", field) == field


def test_each_communitys_first_issue_comes_before_anyones_second() -> None:
    assert agenda.in_turns({1: ["a1", "a2", "a3"], 2: ["b1"], 3: ["c1", "c2"]}) == ["a1", "b1", "c1", "a2", "c2", "a3"]


@given(st.dates(date(2026, 1, 1), date(2035, 12, 31)))
def test_a_proposed_day_leaves_ten_days_and_is_in_time_for_the_draft_budget_while_it_can_be(today: date) -> None:
    days = agenda.proposed(today)
    assert days == sorted(days)
    for day in days:
        agenda.check_notice(day, today)
    if today <= date(today.year, 9, 28):
        assert all(day <= date(today.year, 10, 15) for day in days)
    if today <= date(today.year, 10, 20):
        assert all(agenda.before_draft(day) for day in days)


def test_ten_days_are_the_least() -> None:
    with pytest.raises(Refused):
        agenda.check_notice(date(2026, 10, 14), date(2026, 10, 5))
