"""The rules of the one list: who may do what when, versions, votes, deadlock, vacancy."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain import dialogue
from domain.dialogue import Change, Event, How, Party, Stand, Verb, changed, check, may_close, talk
from domain.refusal import Refused

UNTIL, LATER = date(2026, 10, 1), date(2026, 10, 4)
GROUP, TRUSTEE, DEPUTY = Party.GROUP, Party.TRUSTEE, Party.DEPUTY


class Story:
    """Does what is allowed, one thing after another."""

    def __init__(self, *items: int) -> None:
        self.events = [Event(1, Verb.OPENED, {"items": list(items), "until": UNTIL.isoformat()})]

    @property
    def now(self) -> dialogue.Talk:
        return talk(self.events)

    def does(self, party: Party, verb: Verb, **body: Any) -> int:
        body = {"until": LATER.isoformat(), **body}
        check(self.now, party, verb, body)
        return self.happens(verb, party, **body)

    def happens(self, verb: Verb, party: Party | None = None, **body: Any) -> int:
        self.events.append(Event(len(self.events) + 1, verb, body, party))
        return len(self.events)

    def refuses(self, reason: str, party: Party, verb: Verb, **body: Any) -> None:
        with pytest.raises(Refused) as refused:
            self.does(party, verb, **body)
        assert refused.value.reason == reason

    def votes(self, *, passed: bool = True) -> None:
        self.does(GROUP, Verb.VOTING, version=self.now.version)
        self.happens(Verb.VOTED, version=self.now.version, passed=passed)


def move(item: int, place: int) -> dict[str, Any]:
    return Change(How.MOVE, item, place).kept()


def test_an_accepted_proposal_makes_a_new_version_that_says_whose_it_was() -> None:
    story = Story(1, 2, 3)
    proposal = story.does(TRUSTEE, Verb.PROPOSED, change=move(3, 1), words="the school has no water")
    assert story.now.items == (1, 2, 3)
    story.does(GROUP, Verb.ANSWERED, proposal=proposal, yes=True)
    assert story.now.items == (3, 1, 2)
    last = story.now.versions[-1]
    assert last.change == Change(How.MOVE, 3, 1)
    assert last.by is not None
    assert (last.by.party, last.by.words) == (TRUSTEE, "the school has no water")


def test_a_refused_move_changes_nothing_and_needs_a_reason() -> None:
    story = Story(1, 2, 3)
    proposal = story.does(DEPUTY, Verb.PROPOSED, change=move(3, 1), words="cheaper")
    story.refuses("reason_needed", GROUP, Verb.ANSWERED, proposal=proposal, yes=False)
    story.does(GROUP, Verb.ANSWERED, proposal=proposal, yes=False, words="the bridge is dangerous")
    assert (story.now.items, story.now.version, story.now.waiting) == ((1, 2, 3), 1, {})
    story.refuses("already_decided", GROUP, Verb.ANSWERED, proposal=proposal, yes=True)


def test_each_has_their_own_part() -> None:
    story = Story(1, 2)
    story.refuses("not_allowed", TRUSTEE, Verb.CHANGED, change=move(2, 1), words="so")
    story.refuses("not_allowed", GROUP, Verb.PROPOSED, change=move(2, 1), words="so")
    story.refuses("not_allowed", DEPUTY, Verb.VOTING, version=1)
    story.refuses("not_allowed", DEPUTY, Verb.CLOSED, stands={})
    story.refuses("reason_needed", TRUSTEE, Verb.PROPOSED, change=move(2, 1), words=" ")


def test_a_yes_is_to_the_version_that_was_seen() -> None:
    story = Story(1, 2)
    story.does(GROUP, Verb.CHANGED, change=move(2, 1), words="we thought again")
    story.refuses("list_changed", TRUSTEE, Verb.CONFIRMED, version=1)
    story.does(TRUSTEE, Verb.CONFIRMED, version=2)
    story.refuses("confirmed_already", TRUSTEE, Verb.CONFIRMED, version=2)
    story.refuses("confirmed_already", TRUSTEE, Verb.DECLINED, version=2, words="no")


def test_a_new_version_asks_everybody_anew_and_gives_time() -> None:
    story = Story(1, 2)
    story.does(TRUSTEE, Verb.CONFIRMED, version=1)
    story.does(GROUP, Verb.CHANGED, change=move(2, 1), words="we thought again")
    assert story.now.answers == {}
    assert story.now.until == LATER


def test_the_leader_says_yes_after_the_members() -> None:
    story = Story(1, 2)
    story.refuses("members_first", GROUP, Verb.CONFIRMED, version=1)
    story.votes()
    story.does(GROUP, Verb.CONFIRMED, version=1)


def test_the_members_are_not_asked_while_a_proposal_waits() -> None:
    story = Story(1, 2)
    story.does(TRUSTEE, Verb.PROPOSED, change=move(2, 1), words="so")
    story.refuses("answer_first", GROUP, Verb.VOTING, version=1)


def test_agreed_when_three_have_confirmed_the_same_version() -> None:
    story = Story(1, 2)
    story.votes()
    for party in Party:
        assert may_close(story.now, UNTIL, ()) is None
        story.does(party, Verb.CONFIRMED, version=1)
    stands = may_close(story.now, UNTIL, ())
    assert stands == dict.fromkeys(Party, Stand.CONFIRMED)
    story.happens(Verb.CLOSED, stands=stands)
    assert story.now.agreed
    story.refuses("list_closed", TRUSTEE, Verb.COMMENTED, item=1, words="late")


def test_after_the_set_time_each_is_told_of_as_they_stand() -> None:
    story = Story(1, 2)
    story.votes()
    story.does(GROUP, Verb.CONFIRMED, version=1)
    story.does(TRUSTEE, Verb.DECLINED, version=1, words="no money for roads")
    assert may_close(story.now, UNTIL, ()) is None
    assert may_close(story.now, LATER, ()) == {
        GROUP: Stand.CONFIRMED,
        TRUSTEE: Stand.DECLINED,
        DEPUTY: Stand.SILENT,
    }
    assert may_close(story.now, LATER, {DEPUTY}) == {
        GROUP: Stand.CONFIRMED,
        TRUSTEE: Stand.DECLINED,
        DEPUTY: Stand.VACANT,
    }


def test_what_was_confirmed_stays_confirmed_when_the_post_falls_vacant() -> None:
    story = Story(1)
    story.does(TRUSTEE, Verb.CONFIRMED, version=1)
    assert story.now.stand(TRUSTEE, vacant=True) is Stand.CONFIRMED
    assert story.now.stand(DEPUTY, vacant=True) is Stand.VACANT


def test_members_who_said_no_are_not_silent() -> None:
    story = Story(1)
    story.votes(passed=False)
    assert story.now.stand(GROUP, vacant=False) is Stand.DECLINED
    story.refuses("members_first", GROUP, Verb.CONFIRMED, version=1)


def test_a_no_may_become_a_yes() -> None:
    story = Story(1)
    story.does(DEPUTY, Verb.DECLINED, version=1, words="not yet")
    story.does(DEPUTY, Verb.CONFIRMED, version=1)
    assert story.now.stand(DEPUTY, vacant=False) is Stand.CONFIRMED


def test_one_sentence_each_and_it_stays() -> None:
    story = Story(1)
    story.does(DEPUTY, Verb.REMARKED, words="I have asked for the bridge since May.")
    story.refuses("remark_stands", DEPUTY, Verb.REMARKED, words="Another")
    story.does(GROUP, Verb.CHANGED, change=Change(How.ADD, 2, 1).kept(), words="forgotten")
    assert story.now.remarks[DEPUTY].words == "I have asked for the bridge since May."


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (Change(How.ADD, 1, 1), "list_has_it"),
        (Change(How.STRIKE, 3), "list_lacks_it"),
        (Change(How.MOVE, 3, 1), "list_lacks_it"),
        (Change(How.MOVE, 1, 1), "list_same"),
    ],
)
def test_a_change_must_change_something(change: Change, reason: str) -> None:
    with pytest.raises(Refused) as refused:
        changed((1, 2), change)
    assert refused.value.reason == reason


def test_a_list_is_never_empty_and_never_too_long() -> None:
    with pytest.raises(Refused, match="list_empty"):
        changed((1,), Change(How.STRIKE, 1))
    with pytest.raises(Refused, match="list_full"):
        changed(tuple(range(dialogue.MOST)), Change(How.ADD, 99, 1))
    with pytest.raises(Refused, match="list_empty"):
        dialogue.check_opening([], 7)


def test_one_person_never_speaks_for_two() -> None:
    dialogue.one_party(GROUP, {GROUP})
    with pytest.raises(Refused, match="two_parties"):
        dialogue.one_party(GROUP, {GROUP, TRUSTEE})


@given(
    st.lists(st.integers(1, 20), unique=True, min_size=1, max_size=12),
    st.sampled_from(How),
    st.integers(1, 20),
    st.integers(-2, 30),
)
def test_a_change_touches_only_its_item(items: list[int], how: How, item: int, place: int) -> None:
    try:
        then = changed(items, Change(how, item, place))
    except Refused:
        return
    assert [each for each in then if each != item] == [each for each in items if each != item]
    assert (item in then) == (how is not How.STRIKE)
