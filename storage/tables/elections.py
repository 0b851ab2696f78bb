"""The weeks before and of an election, as a coordinator has set them for a municipality."""

from __future__ import annotations

from sqlalchemy import Column, Date, ForeignKey, Table

from storage.tables.meta import Id, Utc, metadata

election_weeks = Table(
    "election_weeks",
    metadata,
    Column("id", Id, primary_key=True),
    Column("municipality_id", Id, ForeignKey("municipalities.id"), nullable=False, index=True),
    Column("first", Date, nullable=False),
    Column("last", Date, nullable=False),
    Column("set_by", Id, ForeignKey("people.id"), nullable=False),
    Column("set_at", Utc, nullable=False),
)
