"""Who people are to the program: roles and what each may do, invitations, age, consent."""

import hashlib
import secrets
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from domain.refusal import Refused

CONSENT_VERSION = "2026-11"
CONSENT_AGE = 16
# 192 bits, 32 letters of a URL: a deep link of Telegram carries at most 64.
TOKEN_BYTES = 24
INVITATION_LASTS = timedelta(days=14)


class Role(StrEnum):
    RESIDENT = "resident"
    MEMBER = "member"
    LEADER = "leader"
    TRUSTEE = "trustee"
    DEPUTY = "deputy"
    OFFICIAL = "official"
    FOCAL_POINT = "focal_point"  # for gender equality, or of the council's gender equality council
    COORDINATOR = "coordinator"


class Action(StrEnum):
    IMPORT_PLACES = "import_places"
    MAKE_GROUP = "make_group"
    INVITE_RESIDENT = "invite_resident"
    INVITE_MEMBER = "invite_member"
    INVITE_LEADER = "invite_leader"
    INVITE_TRUSTEE = "invite_trustee"
    INVITE_DEPUTY = "invite_deputy"
    INVITE_OFFICIAL = "invite_official"
    INVITE_FOCAL_POINT = "invite_focal_point"
    INVITE_COORDINATOR = "invite_coordinator"
    CONFIRM_OFFICIAL = "confirm_official"
    OPEN_POLL = "open_poll"
    CLOSE_POLL = "close_poll"
    ANSWER_POLL = "answer_poll"
    ENTER_NEIGHBOUR = "enter_neighbour"
    SEE_COUNTS = "see_counts"
    EXPORT_ANSWERS = "export_answers"
    RELEASE_WORDS = "release_words"
    SORT_NEEDS = "sort_needs"
    RECORD_PROMISE = "record_promise"
    CHECK_PROMISE = "check_promise"
    REPORT_PROMISE = "report_promise"
    ANSWER_WISH = "answer_wish"
    SET_GROUP_RULES = "set_group_rules"
    SET_ELECTION = "set_election"
    SET_POST = "set_post"
    ANNOUNCE_TRAINING = "announce_training"
    SEE_PARKED = "see_parked"
    MARK_YEAR = "mark_year"
    HANG_SHEET = "hang_sheet"
    SPEAK_TO_GROUP = "speak_to_group"
    ANSWER_GROUP = "answer_group"
    MAKE_CODES = "make_codes"
    VOID_CODE = "void_code"
    DECIDE_FLAG = "decide_flag"
    ASK_AGAIN = "ask_again"
    PUBLISH_FORM = "publish_form"
    FILL_FORM = "fill_form"
    OPEN_CHOOSING = "open_choosing"
    WEIGH_NEEDS = "weigh_needs"
    OPEN_DIALOGUE = "open_dialogue"
    OPEN_MANDATE = "open_mandate"
    TELL_DEED = "tell_deed"
    STUDY_ISSUE = "study_issue"
    PREPARE_MEETING = "prepare_meeting"
    KEEP_RECORD = "keep_record"
    TELL_MONEY = "tell_money"
    PROPOSE_MARKER = "propose_marker"
    ANSWER_MARKER = "answer_marker"
    MAKE_GENDER_TABLE = "make_gender_table"
    SEND_BUDGET = "send_budget"
    SET_ASSEMBLY = "set_assembly"
    TELL_ASSEMBLY = "tell_assembly"
    OPEN_GRANT_CALL = "open_grant_call"
    APPLY_FOR_GRANT = "apply_for_grant"


_DESK = frozenset({Role.COORDINATOR})
_GROUP = frozenset({Role.MEMBER, Role.LEADER})
# They speak in the municipality's name, so somebody must vouch that it is really they.
OFFICES = frozenset({Role.TRUSTEE, Role.DEPUTY, Role.OFFICIAL, Role.FOCAL_POINT})

MAY: dict[Action, frozenset[Role]] = {
    Action.IMPORT_PLACES: _DESK,
    Action.MAKE_GROUP: _DESK,
    Action.INVITE_RESIDENT: _DESK | _GROUP,
    Action.INVITE_MEMBER: _DESK | {Role.LEADER},
    Action.INVITE_LEADER: _DESK,
    Action.INVITE_TRUSTEE: _DESK,
    Action.INVITE_DEPUTY: _DESK,
    Action.INVITE_OFFICIAL: _DESK,
    Action.INVITE_FOCAL_POINT: _DESK,
    Action.INVITE_COORDINATOR: _DESK,
    Action.CONFIRM_OFFICIAL: _DESK,
    Action.OPEN_POLL: _DESK,
    Action.CLOSE_POLL: _DESK,
    Action.ANSWER_POLL: _GROUP | {Role.RESIDENT},
    Action.ENTER_NEIGHBOUR: _GROUP,
    Action.SEE_COUNTS: _DESK,
    Action.EXPORT_ANSWERS: _DESK,
    Action.RELEASE_WORDS: _DESK | _GROUP,
    Action.SORT_NEEDS: _DESK | _GROUP,
    Action.RECORD_PROMISE: _DESK | {Role.LEADER},
    Action.CHECK_PROMISE: _GROUP,
    Action.REPORT_PROMISE: OFFICES,
    Action.ANSWER_WISH: frozenset({Role.LEADER}),
    Action.SET_GROUP_RULES: frozenset({Role.LEADER}),
    Action.SET_ELECTION: _DESK,
    Action.SET_POST: _DESK,
    Action.ANNOUNCE_TRAINING: _DESK,
    Action.SEE_PARKED: _DESK,
    Action.MARK_YEAR: _DESK | {Role.LEADER},
    Action.HANG_SHEET: _DESK | {Role.LEADER},
    Action.SPEAK_TO_GROUP: _DESK | {Role.LEADER},
    Action.ANSWER_GROUP: _GROUP,
    Action.MAKE_CODES: _DESK | _GROUP,
    Action.VOID_CODE: _DESK,
    Action.DECIDE_FLAG: _DESK | _GROUP,
    Action.ASK_AGAIN: _GROUP,
    Action.PUBLISH_FORM: _DESK,
    Action.FILL_FORM: _GROUP,
    Action.OPEN_CHOOSING: _DESK | _GROUP,
    Action.WEIGH_NEEDS: _GROUP,
    Action.OPEN_DIALOGUE: _GROUP,  # of these, who speaks for it: storage.representatives.speakers
    Action.OPEN_MANDATE: frozenset({Role.LEADER}),
    Action.TELL_DEED: _GROUP,
    Action.STUDY_ISSUE: _DESK | _GROUP,
    Action.PREPARE_MEETING: _DESK | {Role.LEADER},
    Action.KEEP_RECORD: _DESK,  # and the secretary of that meeting: storage.meeting_desk
    Action.TELL_MONEY: _DESK | _GROUP,
    Action.PROPOSE_MARKER: _GROUP,
    Action.ANSWER_MARKER: frozenset({Role.FOCAL_POINT}),
    Action.MAKE_GENDER_TABLE: _DESK | _GROUP | {Role.FOCAL_POINT},
    Action.SEND_BUDGET: _DESK,
    Action.SET_ASSEMBLY: _DESK | {Role.TRUSTEE},
    Action.TELL_ASSEMBLY: _DESK | {Role.TRUSTEE, Role.LEADER},
    Action.OPEN_GRANT_CALL: _DESK,
    Action.APPLY_FOR_GRANT: _GROUP,
}


@dataclass(frozen=True)
class Held:
    """A role that a person holds in one place or group; offices wait for confirmation."""

    role: Role
    confirmed: bool = False

    @property
    def active(self) -> bool:
        return self.confirmed or self.role not in OFFICES


def active(held: Collection[Held]) -> frozenset[Role]:
    return frozenset(one.role for one in held if one.active)


def may(roles: Collection[Role], action: Action) -> bool:
    """`roles` are the active roles held *where the action happens*: storage asks by place."""
    return not MAY[action].isdisjoint(roles)


def require(roles: Collection[Role], action: Action) -> None:
    if not may(roles, action):
        raise Refused("not_allowed", action=action)


def inviting(role: Role) -> Action:
    return Action(f"invite_{role}")


@dataclass(frozen=True)
class Invitation:
    """A single-use, expiring way into a role; only the hash of its token is kept."""

    role: Role
    token_hash: str
    expires_at: datetime
    used_at: datetime | None = None


def invite(role: Role, now: datetime, lasts: timedelta = INVITATION_LASTS) -> tuple[str, Invitation]:
    """The token, to be shown once, and the invitation to keep."""
    token = new_token()
    return token, Invitation(role, token_hash(token), now + lasts)


def new_token(randomness: Callable[[int], str] = secrets.token_urlsafe) -> str:
    return randomness(TOKEN_BYTES)


def token_hash(token: str) -> str:
    # No salt and no stretching: the token has 192 bits of chance, so nothing can be guessed.
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def check_invitation(invitation: Invitation | None, now: datetime) -> Invitation:
    if invitation is None:
        raise Refused("invitation_unknown")
    if invitation.used_at is not None:
        raise Refused("invitation_used", used_at=invitation.used_at)
    if now >= invitation.expires_at:
        raise Refused("invitation_expired", expires_at=invitation.expires_at)
    return invitation


class Sex(StrEnum):
    WOMAN = "woman"
    MAN = "man"
    UNDISCLOSED = "undisclosed"


class AgeBand(StrEnum):
    YOUNG = "16-24"
    GROWN = "25-39"
    MIDDLE = "40-59"
    OLDER = "60+"
    UNDISCLOSED = "undisclosed"


def consent_holds(version: str | None) -> bool:
    """A new text asks anew: a yes to an older one is not a yes to this."""
    return version == CONSENT_VERSION
