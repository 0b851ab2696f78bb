"""What minutes say: plain JSON, the same for every language, and hashed as it stands.

A version holds all of it, so that what was read and signed is still there when something it came from is gone.
"""

from __future__ import annotations

from typing import NotRequired, TypedDict

Names = dict[str, str]  # language: name


class Present(TypedDict):
    """`side` and `sex` as in domain.meetings.record and domain.people."""

    name: str
    office: str
    side: str
    sex: str


class Absent(TypedDict):
    name: str
    office: str
    reason: str


class Said(TypedDict):
    """An opinion, or a question with its answer."""

    name: str
    words: str
    answer: str


class Vote(TypedDict):
    words: str
    in_favour: int
    against: int
    abstained: int


class Answer(TypedDict):
    """`side`, `answer`, `counted` and `source` as in domain.meetings.record; `counted` is empty where nobody said."""

    id: str
    name: str
    office: str
    side: str
    answer: str
    whose: str
    words: str
    counted: str
    year: int | None
    programme: str
    source: str
    registry: str


class Promised(TypedDict):
    """`entry` is what the record calls it. `due` is a day, the vague word used, or "none"; `due_on`
    the day it is taken for.
    """

    entry: str
    name: str
    office: str
    words: str
    made_on: str
    due: str
    due_on: str
    money: str
    check: str
    confirmed: str


class Item(TypedDict):
    """`number` counts from 1. `words` are empty where the need's own were not released, and its kind stands for them.

    `spoke`: how many women and men spoke to it.
    """

    number: int
    id: str
    kind: str
    words: str
    asked: str
    where: Names
    community_id: int
    village_id: int
    need_id: int
    minutes: int
    presented_by: str
    heard: str
    said: list[Said]
    votes: list[Vote]
    answers: list[Answer]
    promises: list[Promised]
    spoke: dict[str, int]


class Amended(TypedDict):
    name: str
    office: str
    item: int | None
    words: str
    accepted: bool
    reason: str


class Receiver(TypedDict):
    name: str
    office: str


class Body(TypedDict):
    """`until`: the last day to amend; `objections`: whether any were raised, once that day has passed."""

    meeting_id: int
    number: int
    municipality: Names
    communities: list[Names]
    day: str
    begins: str
    ends: str
    place: str
    chair: str
    secretary: str
    present: list[Present]
    absent: list[Absent]
    items: list[Item]
    annexes: list[str]
    sent_to: list[Receiver]
    amendments: list[Amended]
    until: NotRequired[str]
