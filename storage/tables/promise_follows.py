"""Who wants to hear of a promise, and what was last told of each."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, PrimaryKeyConstraint, String, Table

from storage.tables.meta import Id, Utc, metadata

promise_follows = Table(
    "promise_follows",
    metadata,
    Column("promise_id", Id, ForeignKey("promises.id"), nullable=False),
    Column("person_id", Id, ForeignKey("people.id"), nullable=False, index=True),
    Column("since", Utc, nullable=False),
    Column("ended_at", Utc),  # wants to hear no more, also where they stand behind the need
    PrimaryKeyConstraint("promise_id", "person_id"),
)

# Looked at by the clock: how each promise stood when its followers were told last.
promise_heard = Table(
    "promise_heard",
    metadata,
    Column("promise_id", Id, ForeignKey("promises.id"), primary_key=True),
    Column("status", String(24), nullable=False),
    Column("looked_at", Utc, nullable=False, index=True),
)
