"""To whom a form is put, and how an answer is known."""

from enum import StrEnum


class Mode(StrEnum):
    """Who answers a form once: each resident, a whole group together, or each household that a member visits."""

    PERSON = "person"
    GROUP = "group"
    HOUSEHOLD = "household"


class Known(StrEnum):
    """How an answer is known."""

    COUNTED = "counted"
    TOLD = "told"
    ESTIMATED = "estimated"
