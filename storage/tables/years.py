"""What was told of a community's year that the program cannot see by itself, and what people were reminded of."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, PrimaryKeyConstraint, SmallInteger, String, Table

from storage.tables.meta import Id, Utc, metadata

year_marks = Table(
    "year_marks",
    metadata,
    Column("community_id", Id, ForeignKey("communities.id"), nullable=False),
    Column("year", SmallInteger, nullable=False),
    Column("step", String(16), nullable=False),  # domain.year.Step
    Column("progress", String(8)),  # domain.year.Progress; empty when it was taken back
    Column("marked_by", Id, ForeignKey("people.id"), index=True),  # empty once forgotten
    Column("marked_at", Utc, nullable=False),
    PrimaryKeyConstraint("community_id", "year", "step"),
)

year_reminders = Table(
    "year_reminders",
    metadata,
    Column("community_id", Id, ForeignKey("communities.id"), nullable=False),
    Column("year", SmallInteger, nullable=False),
    Column("step", String(16), nullable=False),
    Column("number", SmallInteger, nullable=False),  # of the last one told
    PrimaryKeyConstraint("community_id", "year", "step"),
)
