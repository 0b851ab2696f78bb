"""What the program may ask in a group's own chat, and how an answer counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import timedelta
from enum import StrEnum
from typing import Any

from domain.promises import Finding
from domain.refusal import Refused
from domain.trainings import Answer


class Kind(StrEnum):
    PROMISE = "promise"  # is to be looked at
    TRAINING = "training"  # is near
    WORDS = "words"  # neighbours' words wait to be read
    POLL = "poll"  # is open in the group's villages
    VOTE = "vote"  # the leader asks
    STREETS = "streets"  # the leader asks who takes which


# What the leader asks; all else is a reminder, and a group hears one a day.
ASKED = frozenset({Kind.VOTE, Kind.STREETS})
LONGEST_QUESTION, LONGEST_OPTION = 300, 60
FEWEST, MOST = 2, 6
PROMISE_LASTS = timedelta(days=3)
WORDS_LAST = timedelta(days=2)
GO, STAY = "go", "stay"
# An answer may be a slip of the thumb, and the ledger cannot be changed: it is written once it has stood for a while.
SETTLES_AFTER = timedelta(minutes=10)

_FIXED: dict[Kind, tuple[str, ...]] = {
    Kind.PROMISE: (GO, *(each for each in Finding if each is not Finding.NOT_CHECKED)),
    Kind.TRAINING: tuple(Answer),
    Kind.WORDS: (),
    Kind.POLL: (GO, STAY),
}


def values(kind: Kind, args: Mapping[str, Any]) -> tuple[str, ...]:
    """The answers there are, in the order of their buttons."""
    if kind in ASKED:
        return tuple(str(number) for number in range(len(args["options"])))
    return _FIXED[kind]


def finding(kind: Kind, value: str) -> Finding | None:
    """What somebody saw of a promise; None for an answer that says nothing of it."""
    return Finding(value) if kind is Kind.PROMISE and value != GO else None


def check_vote(question: str, options: Sequence[str]) -> None:
    """Two to six answers, no two alike."""
    alike = {" ".join(each.split()).casefold() for each in options}
    if len(alike) < len(options):
        raise Refused("options_alike")
    if not question.strip() or not FEWEST <= len(options) <= MOST:
        raise Refused("options_count", least=FEWEST, most=MOST)


def tally(among: Sequence[str], given: Sequence[str]) -> dict[str, int]:
    """How many gave each answer, those that nobody gave too."""
    counted = Counter(given)
    return {value: counted[value] for value in among}
