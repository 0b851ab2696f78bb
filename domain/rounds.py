"""A member's round from door to door, and a phone that several people share: what is counted, and what is bounded."""

from enum import StrEnum

from domain.refusal import Refused

PEOPLE_IN_A_HOME = 3.3  # in the villages of Georgia, by the census of 2014
GUESTS_A_DAY = 5  # other people who answer on one phone; whoever wants more is asked to come to the group
SLIP_DIGITS = 10


class Outcome(StrEnum):
    """What came of one door. What was taken back keeps its number, so that numbers on slips of paper stay right."""

    ANSWERED = "answered"
    NOBODY = "nobody"
    DECLINED = "declined"
    UNDONE = "undone"


def homes(population: int | None) -> int | None:
    """About how many homes a village has, to the next five; None where nobody has counted its people."""
    if not population:
        return None
    return max(5, round(population / PEOPLE_IN_A_HOME / 5) * 5)


def require_room(guests_today: int) -> None:
    if guests_today >= GUESTS_A_DAY:
        raise Refused("phone_is_full", most=GUESTS_A_DAY)
