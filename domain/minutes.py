"""Minutes of a round table: a draft, open to those who attended, then locked; after that only added to.

An amendment stands only when chair and secretary both take it. A refused one is annexed as its author's own words.
Silence is "no objection raised": nobody is said to have agreed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from domain.ledger import canonical
from domain.refusal import Refused

FEWEST, USUAL, MOST = 2, 5, 14  # days in which those who attended may amend
LONGEST = 2000  # characters of an amendment or an addendum
REMIND_FOR = timedelta(days=30)  # whoever has not received them by then is left to the desk


class Phase(StrEnum):
    DRAFT = "draft"
    OPEN = "open"
    LOCKED = "locked"


class Seat(StrEnum):
    """Whose two yeses an amendment needs."""

    CHAIR = "chair"
    SECRETARY = "secretary"


class Fate(StrEnum):
    WAITING = "waiting"
    ACCEPTED = "accepted"
    REFUSED = "refused"


@dataclass(frozen=True)
class Amendment:
    """`name` and `office` as in the list of those present; `item` the number on the agenda, None for the whole."""

    id: int
    name: str
    office: str
    item: int | None
    words: str
    at: datetime
    verdicts: Mapping[Seat, bool] = field(default_factory=dict)
    reason: str | None = None

    @property
    def fate(self) -> Fate:
        if False in self.verdicts.values():
            return Fate.REFUSED
        return Fate.ACCEPTED if set(self.verdicts) == set(Seat) else Fate.WAITING


@dataclass(frozen=True)
class Minutes:
    """Where the minutes of one meeting stand; `version` counts from 1, 0 before the first draft."""

    phase: Phase
    version: int
    until: date | None
    amendments: Sequence[Amendment]

    def require_open(self, today: date) -> None:
        self.require_unlocked()
        if self.phase is not Phase.OPEN:
            raise Refused("minutes_not_open")
        if self.until is not None and today > self.until:
            raise Refused("minutes_time_over")

    def require_unlocked(self) -> None:
        if self.phase is Phase.LOCKED:
            raise Refused("minutes_locked")

    def require_lockable(self, today: date) -> None:
        """The time to object has run out, and nothing that was said waits for an answer."""
        self.require_unlocked()
        if self.phase is not Phase.OPEN or self.until is None:
            raise Refused("minutes_not_open")
        if today <= self.until:
            raise Refused("minutes_still_open", until=self.until.isoformat())
        if any(one.fate is Fate.WAITING for one in self.amendments):
            raise Refused("amendments_wait")

    def of(self, fate: Fate) -> list[Amendment]:
        return [one for one in self.amendments if one.fate is fate]


def closing(today: date, days: int) -> date:
    """The last day on which they may be amended."""
    if not FEWEST <= days <= MOST:
        raise Refused("amend_days", least=FEWEST, most=MOST)
    return today + timedelta(days=days)


def fingerprint(body: Mapping[str, Any]) -> str:
    """SHA-256 of the one spelling that this content has."""
    return hashlib.sha256(canonical(body)).hexdigest()


def link(previous: str, body: Mapping[str, Any]) -> str:
    """An addendum holds the hash of what stands before it, so that none can be left out."""
    return fingerprint({"previous": previous, **body})
