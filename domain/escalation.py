"""Where a group turns when a promise lies still: one step after another, each asked for by a person.

Nothing goes further by itself, and nobody is put to shame automatically: the program only says which step is next.
"""

from collections.abc import Collection, Sequence
from enum import StrEnum

from domain.promises import Status
from domain.refusal import Refused


class Step(StrEnum):
    """Who hears of it, in the order in which they may be asked."""

    LEADER = "leader"
    COORDINATOR = "coordinator"
    SUPERIOR = "superior"  # of the office that promised
    PUBLIC_NOTE = "public_note"


PATH = tuple(Step)  # until a group decides otherwise
STILL = frozenset({Status.OVERDUE, Status.STALLED, Status.BROKEN, Status.DISPUTED})


def check_path(path: Sequence[Step]) -> tuple[Step, ...]:
    """Steps may be left out, but not taken in another order: whoever can help is asked before the public is told."""
    if not path or list(path) != sorted(set(path), key=list(Step).index):
        raise Refused("path_out_of_order")
    return tuple(path)


def next_step(path: Sequence[Step], taken: Collection[Step], status: Status) -> Step | None:
    """None where the promise does not lie still, or nothing is left."""
    if status not in STILL:
        return None
    return next((step for step in path if step not in taken), None)
