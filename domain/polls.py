"""A needs poll: in which villages and on which days it may be answered, and how an answer came."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from domain.refusal import Refused


class Origin(StrEnum):
    """A session of the open web is no account, anybody can open a hundred: it is read, and counted beside."""

    TELEGRAM = "telegram"
    VIBER = "viber"
    WEB = "web"
    OPEN_WEB = "open_web"
    DOOR_TO_DOOR = "door_to_door"
    PAPER = "paper"


# The ways that count, as they are named wherever a count is shown.
COUNTED = (Origin.TELEGRAM, Origin.VIBER, Origin.WEB, Origin.DOOR_TO_DOOR, Origin.PAPER)
CHANGES, IN = 20, timedelta(hours=1)  # how often one person may change an answer


class State(StrEnum):
    COMING = "coming"
    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True)
class Poll:
    """Both days are local and belong to the poll; a coordinator may also close it before its last day."""

    opens: date
    closes: date
    villages: frozenset[int]
    closed: bool = False


def check(poll: Poll, today: date) -> None:
    """Before it is opened."""
    if not poll.villages:
        raise Refused("poll_without_villages")
    if poll.closes < poll.opens:
        raise Refused("poll_ends_before_it_begins", opens=poll.opens, closes=poll.closes)
    if poll.closes < today:
        raise Refused("poll_is_past", closes=poll.closes)


def state(poll: Poll, today: date) -> State:
    if poll.closed or today > poll.closes:
        return State.CLOSED
    return State.COMING if today < poll.opens else State.OPEN


def require_answerable(poll: Poll, village: int | None, today: date) -> None:
    """For a first answer and for a change of it alike: answers can be changed until the poll closes."""
    now = state(poll, today)
    if now is State.COMING:
        raise Refused("poll_not_yet_open", opens=poll.opens)
    if now is State.CLOSED:
        raise Refused("poll_closed", closes=poll.closes)
    if village not in poll.villages:
        raise Refused("poll_elsewhere", village=village)
