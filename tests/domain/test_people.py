from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain import people
from domain.people import MAY, Action, Held, Role
from domain.refusal import Refused

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


def test_every_action_stands_in_the_table() -> None:
    assert set(MAY) == set(Action)
    assert all(MAY.values())


def test_every_role_has_its_own_way_to_be_invited() -> None:
    assert {people.inviting(role) for role in Role} <= set(Action)


@pytest.mark.parametrize(
    ("role", "action", "allowed"),
    [
        (Role.RESIDENT, Action.ANSWER_POLL, True),
        (Role.RESIDENT, Action.RELEASE_WORDS, False),
        (Role.RESIDENT, Action.SEE_COUNTS, False),
        (Role.MEMBER, Action.ENTER_NEIGHBOUR, True),
        (Role.MEMBER, Action.INVITE_MEMBER, False),
        (Role.LEADER, Action.INVITE_MEMBER, True),
        (Role.LEADER, Action.INVITE_OFFICIAL, False),
        (Role.LEADER, Action.EXPORT_ANSWERS, False),
        (Role.OFFICIAL, Action.CHECK_PROMISE, False),
        (Role.OFFICIAL, Action.RELEASE_WORDS, False),
        (Role.COORDINATOR, Action.CONFIRM_OFFICIAL, True),
        (Role.COORDINATOR, Action.CHECK_PROMISE, False),
    ],
)
def test_nobody_acts_beyond_their_role(role: Role, action: Action, allowed: bool) -> None:
    assert people.may({role}, action) is allowed


def test_a_refusal_names_the_action() -> None:
    with pytest.raises(Refused) as refused:
        people.require({Role.RESIDENT}, Action.OPEN_POLL)
    assert refused.value.reason == "not_allowed"
    assert refused.value.facts == {"action": Action.OPEN_POLL}


def test_someone_without_a_role_may_nothing() -> None:
    assert not any(people.may((), action) for action in Action)


def test_an_officials_role_sleeps_until_confirmed() -> None:
    assert people.active([Held(Role.OFFICIAL), Held(Role.RESIDENT)]) == {Role.RESIDENT}
    assert people.active([Held(Role.OFFICIAL, confirmed=True)]) == {Role.OFFICIAL}


def test_an_invitation_keeps_no_token_and_fits_only_its_own() -> None:
    token, invitation = people.invite(Role.MEMBER, NOW)
    assert len(token) <= 64
    assert token not in repr(invitation)
    assert people.token_hash(token) == invitation.token_hash
    assert people.token_hash(people.new_token()) != invitation.token_hash


def test_a_token_holds_more_than_128_bits() -> None:
    assert len(people.new_token(lambda size: "x" * size)) * 8 >= 128


def test_an_invitation_is_good_once_and_until_its_end() -> None:
    _, invitation = people.invite(Role.MEMBER, NOW, lasts=timedelta(days=1))
    assert people.check_invitation(invitation, NOW) is invitation
    with pytest.raises(Refused, match="invitation_expired"):
        people.check_invitation(invitation, NOW + timedelta(days=1))
    used = people.Invitation(Role.MEMBER, invitation.token_hash, invitation.expires_at, NOW)
    with pytest.raises(Refused, match="invitation_used"):
        people.check_invitation(used, NOW)
    with pytest.raises(Refused, match="invitation_unknown"):
        people.check_invitation(None, NOW)


@given(st.text())
def test_any_text_may_be_tried_as_a_token(text: str) -> None:
    assert len(people.token_hash(text)) == 64


def test_a_yes_to_an_older_text_is_not_a_yes_to_this_one() -> None:
    assert people.consent_holds(people.CONSENT_VERSION)
    assert not people.consent_holds("2025-01")
    assert not people.consent_holds(None)
