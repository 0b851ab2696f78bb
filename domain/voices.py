"""A recording that a person sends instead of writing: one named listener hears it, and it does not stay."""

from datetime import timedelta
from enum import StrEnum

KEPT = timedelta(days=14)  # at most; as soon as the words are confirmed it is gone


class State(StrEnum):
    """WAITING for its listener; TYPED, for the speaker's yes; DONE: the words are theirs; LOST: nobody heard it."""

    WAITING = "waiting"
    TYPED = "typed"
    DONE = "done"
    LOST = "lost"
