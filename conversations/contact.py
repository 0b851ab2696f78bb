"""A person in the middle of a turn: their runs, and what will be written to them."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from conversations.message import Outgoing
from conversations.person import Person
from conversations.run import Run


@dataclass(slots=True)
class Contact:
    """`seq` counts this person's messages and runs; it is only given out while their row is locked."""

    person: Person
    address_id: int
    seq: int
    reminded_at: datetime | None = None
    runs: list[Run] = field(default_factory=list)
    outgoing: list[tuple[int, Outgoing]] = field(default_factory=list)
    acks: list[tuple[int, str, str | None]] = field(default_factory=list)
    people_changes: dict[str, Any] = field(default_factory=dict)

    def next(self) -> int:
        self.seq += 1
        return self.seq

    def send(self, message: Outgoing) -> int:
        seq = self.next()
        self.outgoing.append((seq, message))
        return seq

    def acknowledge(self, callback: str, text: str | None = None) -> None:
        self.acks.append((self.next(), callback, text))

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

    def mark(self) -> Contact:
        """A copy to return to when a message is parked."""
        saved = copy(self)
        saved.person = replace(self.person)
        saved.runs = [replace(run) for run in self.runs]
        saved.outgoing, saved.acks = list(self.outgoing), list(self.acks)
        saved.people_changes = dict(self.people_changes)
        return saved

    def restore(self, saved: Contact) -> None:
        for name in ("person", "runs", "outgoing", "acks", "people_changes", "reminded_at"):
            setattr(self, name, getattr(saved, name))
        # seq is not given back: a number that was shown once is never used for something else.
