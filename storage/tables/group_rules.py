"""What a group has decided about its checks, and the steps it took where a promise lay still."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, PrimaryKeyConstraint, SmallInteger, String, Table, Text

from storage.tables.meta import Id, Json, Utc, metadata

group_rules = Table(
    "group_rules",
    metadata,
    Column("group_id", Id, ForeignKey("groups.id"), primary_key=True, autoincrement=False),
    Column("local_weight", SmallInteger, nullable=False),  # of a check by somebody who lives there
    Column("path", Json, nullable=False),  # the steps that a leader is offered, in order: domain.escalation.Step
    Column("set_by", Id, ForeignKey("people.id"), nullable=False),
    Column("set_at", Utc, nullable=False),
)

# Each was asked for by a person; nothing goes further by itself.
escalations = Table(
    "escalations",
    metadata,
    Column("promise_id", Id, ForeignKey("promises.id"), nullable=False),
    Column("step", String(16), nullable=False),
    Column("asked_by", Id, ForeignKey("people.id"), nullable=False, index=True),
    Column("asked_at", Utc, nullable=False),
    Column("words", Text),
    PrimaryKeyConstraint("promise_id", "step"),
)
