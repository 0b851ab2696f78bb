"""The gender marker of a promise: 0, 1 or 2, as a group proposes it and as the municipality answers.

A person sets it, never the program. 2 is no better than 1: they are two ways. What the group says and what the
municipality says both stay; a later proposal waits for an answer again.
"""

from dataclasses import dataclass
from enum import IntEnum, StrEnum

LONGEST = 300  # letters of one sentence


class Level(IntEnum):
    NOT = 0  # looked at, and not about equality
    IMPORTANT = 1  # meant to bring equality too, not the main reason
    MAIN = 2  # would not be done without it


@dataclass(frozen=True)
class Proposal:
    """`loses` and `baseline` are empty where nobody could, or nobody knows. 1 and 2 need an indicator."""

    level: Level
    why: str
    gains: str
    loses: str | None = None
    indicator: str | None = None
    baseline: str | None = None

    def __post_init__(self) -> None:
        if self.level is not Level.NOT and not self.indicator:
            raise ValueError("a marker of 1 or 2 needs an indicator")


@dataclass(frozen=True)
class Answer:
    """Of an office to a proposal; `why` where its level is another."""

    level: Level
    office: str
    why: str | None = None


class Standing(StrEnum):
    """How the two sides stand to each other."""

    NONE = "none"  # nobody has proposed a marker
    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    DIFFERENT = "different"


@dataclass(frozen=True)
class Marker:
    """The newest proposal, and the answer to it where there is one."""

    proposal: Proposal | None = None
    answer: Answer | None = None

    @property
    def standing(self) -> Standing:
        if self.proposal is None:
            return Standing.NONE
        if self.answer is None:
            return Standing.PROPOSED
        return Standing.CONFIRMED if self.answer.level == self.proposal.level else Standing.DIFFERENT

    @property
    def level(self) -> Level | None:
        """What sums count: None where there is no marker, or the two sides do not say the same."""
        if self.proposal is None or self.standing is Standing.DIFFERENT:
            return None
        return self.proposal.level
