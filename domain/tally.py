"""How the promises of a place stand, counted: each promise is in exactly one of these numbers.

"Not checked" is never "not done": a promise whose day has passed counts as not done only if the group looked after its
day and did not find it done, or if it is broken.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.promises import Reason, Status, Verdict


class Lot(StrEnum):
    KEPT = "kept"
    KEPT_LATE = "kept_late"
    IN_PART = "in_part"
    NOT = "not"
    DISPUTED = "disputed"
    NOT_CHECKED = "not_checked"
    LET_GO = "let_go"
    NOT_YET = "not_yet"


_SETTLED = {
    Status.KEPT: Lot.KEPT,
    Status.KEPT_LATE: Lot.KEPT_LATE,
    Status.KEPT_IN_PART: Lot.IN_PART,
    Status.BROKEN: Lot.NOT,
    Status.DISPUTED: Lot.DISPUTED,
}


@dataclass(frozen=True)
class Tally:
    """`lots` holds every lot, also those of none."""

    lots: dict[Lot, int]

    @property
    def kept(self) -> int:
        return self.lots[Lot.KEPT] + self.lots[Lot.KEPT_LATE]

    @property
    def all(self) -> int:
        return sum(self.lots.values())

    @property
    def due(self) -> int:
        """Their day has passed, or they were answered before it."""
        return self.all - self.lots[Lot.NOT_YET] - self.lots[Lot.LET_GO]


def tally(verdicts: Iterable[Verdict], today: date) -> Tally:
    lots = dict.fromkeys(Lot, 0)
    for verdict in verdicts:
        lots[lot(verdict, today)] += 1
    return Tally(lots)


def lot(verdict: Verdict, today: date) -> Lot:
    if verdict.status in _SETTLED:
        return _SETTLED[verdict.status]
    if verdict.due is None:
        return Lot.LET_GO
    if today <= verdict.due:
        return Lot.NOT_YET
    if verdict.reason is Reason.SEEN_DONE_ONCE:  # one has seen it done: a second look is still needed
        return Lot.NOT_CHECKED
    looked = verdict.found is not None and verdict.found.on > verdict.due
    said_since = looked and verdict.said is not None and verdict.status is Status.UNDER_WAY
    return Lot.NOT if looked and not said_since else Lot.NOT_CHECKED
