"""Who speaks for the residents at the round table: candidates who have accepted, a secret vote, at least one woman."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from domain.counts import K
from domain.refusal import Refused

MOST = 5  # who speak for one community
LASTS = (3, 7)  # days of the vote


class Office(StrEnum):
    """Where a leader may go on to, in local self-government."""

    COUNCIL = "council"
    TRUSTEE = "trustee"
    ADVISORS = "advisors"
    GENDER_COUNCIL = "gender_council"


@dataclass(frozen=True, slots=True)
class Candidate:
    """`id` grows in the order in which they were asked."""

    id: int
    woman: bool


def check_vote(candidates: Sequence[Candidate], seats: int) -> None:
    """Before the residents are asked: those who have accepted fill the seats, and one of them is a woman."""
    if not 1 <= seats <= MOST or len(candidates) < seats:
        raise Refused("too_few_candidates", seats=seats)
    if not any(one.woman for one in candidates):
        raise Refused("no_woman_candidate")


def check_ballot(chosen: Sequence[int], candidates: Collection[int], seats: int) -> None:
    if len(set(chosen)) != len(chosen) or len(chosen) > seats or not set(chosen) <= set(candidates):
        raise Refused("gone")


def elected(candidates: Sequence[Candidate], votes: Mapping[int, int], seats: int) -> list[int]:
    """Those with the most votes; of equals who was asked first; nobody without a vote. Where no woman is among them,
    the last gives their seat to the woman with the most votes, if she has any."""
    order = sorted((one for one in candidates if votes.get(one.id)), key=lambda one: (-votes[one.id], one.id))
    chosen, women = order[:seats], [one for one in order if one.woman]
    if women and women[0] not in chosen:
        chosen = [*chosen[:-1], women[0]]
    return [one.id for one in chosen]


def shown(number: int) -> int:
    """In steps of five, so that nobody's vote is found by what one more adds; 0 says "fewer than 5"."""
    return number // K * K


def check_step(leads: bool, successor: int | None, person: int, members: Collection[int]) -> None:
    """A leader hands the group to somebody of the group; who is no leader has nothing to hand over."""
    if leads and (successor is None or successor == person or successor not in members):
        raise Refused("successor_needed")
