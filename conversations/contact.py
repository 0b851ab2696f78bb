"""A person in the middle of a turn: their runs, and what will be written to them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from operator import attrgetter
from typing import Any, NamedTuple

from conversations.message import Outgoing
from conversations.person import Person
from conversations.run import Run

# What a turn may change. Trails are replaced, never changed in place.
MOVING_NAMES = ("state", "trail", "draft", "pending", "shown", "touched_at", "warned_at")
KNOWN_NAMES = ("language", "village_id", "welcomed", "erased")
MOVING, KNOWN = attrgetter(*MOVING_NAMES), attrgetter(*KNOWN_NAMES)


class Address(NamedTuple):
    """Where what is said goes: one of the person's addresses, the name of its channel, and the lane."""

    address_id: int
    channel: str
    lane: int


class Mark(NamedTuple):
    runs: list[tuple[Run, tuple[Any, ...]]]
    outgoing: int
    acks: int
    people_changes: dict[str, Any]
    person: tuple[Any, ...]
    reminded_at: datetime | None


@dataclass(slots=True)
class Contact:
    """`seq` counts this person's messages and runs; it is only given out while their row is locked.

    In one batch a person may write by two addresses: each answer goes back to the `address` by which they came, and
    `last_address_id` is the one used last.
    """

    person: Person
    address: Address
    last_address_id: int
    seq: int
    reminded_at: datetime | None = None
    runs: list[Run] = field(default_factory=list)
    outgoing: list[tuple[int, Outgoing, Address]] = field(default_factory=list)
    acks: list[tuple[int, str, str | None, str | None, Address]] = field(default_factory=list)
    people_changes: dict[str, Any] = field(default_factory=dict)

    def next(self) -> int:
        self.seq += 1
        return self.seq

    def send(self, message: Outgoing) -> int:
        seq = self.next()
        self.outgoing.append((seq, message, self.address))
        return seq

    def acknowledge(self, callback: str, text: str | None = None, url: str | None = None) -> None:
        self.acks.append((self.next(), callback, text, url, self.address))

    def change(self, **columns: Any) -> None:
        """Columns of the person's own row, written when the turn ends."""
        self.people_changes.update(columns)

    @property
    def front(self) -> Run | None:
        return next((run for run in self.runs if run.state == "front"), None)

    @property
    def waiting(self) -> list[Run]:
        """Most urgent first, then the oldest."""
        waiting = [run for run in self.runs if run.state == "waiting"]
        return sorted(waiting, key=lambda run: (-run.priority, run.number))

    def find(self, number: int) -> Run | None:
        return next((run for run in self.runs if run.number == number and run.active), None)

    def add(self, run: Run) -> None:
        self.runs.append(run)

    def mark(self) -> Mark:
        """What to return to when a message is parked. Taken for every message, so it copies as little as it can."""
        runs = [(run, MOVING(run)) for run in self.runs]
        return Mark(
            runs, len(self.outgoing), len(self.acks), dict(self.people_changes), KNOWN(self.person), self.reminded_at
        )

    def restore(self, mark: Mark) -> None:
        """`seq` is not given back: a number that was shown once is never used for something else."""
        self.runs = [run for run, _values in mark.runs]
        for run, values in mark.runs:
            for name, value in zip(MOVING_NAMES, values, strict=True):
                setattr(run, name, value)
        for name, value in zip(KNOWN_NAMES, mark.person, strict=True):
            setattr(self.person, name, value)
        del self.outgoing[mark.outgoing :], self.acks[mark.acks :]
        self.people_changes, self.reminded_at = mark.people_changes, mark.reminded_at
