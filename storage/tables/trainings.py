"""Trainings, who was invited to each, and what they answered."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, PrimaryKeyConstraint, SmallInteger, String, Table, text

from storage.tables.meta import Id, Json, Utc, metadata

trainings = Table(
    "trainings",
    metadata,
    Column("id", Id, primary_key=True),
    Column("series_id", Id, ForeignKey("trainings.id")),  # the first of its series; empty for that one itself
    Column("number", SmallInteger, nullable=False),  # its place in the series
    Column("kind", String(16), nullable=False),
    Column("topic", String(16), nullable=False),
    Column("words", String(120)),  # the topic in own words
    Column("municipality_id", Id, ForeignKey("municipalities.id"), nullable=False, index=True),
    Column("community_ids", Json),  # empty: the whole municipality
    Column("audience", Json, nullable=False),
    Column("starts_at", Utc, nullable=False),
    Column("place", String(200), nullable=False),
    Column("created_by", Id, ForeignKey("people.id"), nullable=False),
    Column("created_at", Utc, nullable=False),
    Column("announce_at", Utc, nullable=False),
    Column("announced_at", Utc),
    Column("moved", SmallInteger, nullable=False, server_default="0"),  # how often it was moved
    Column("reminded", SmallInteger, nullable=False, server_default="0"),  # number of the last reminder told
    Column("cancelled_at", Utc),
    Index(
        "ix_trainings_ahead",
        "starts_at",
        sqlite_where=text("cancelled_at IS NULL"),
        postgresql_where=text("cancelled_at IS NULL"),
    ),
    Index("ix_trainings_series_id", "series_id"),
)

training_invites = Table(
    "training_invites",
    metadata,
    Column("training_id", Id, ForeignKey("trainings.id"), nullable=False),
    Column("person_id", Id, ForeignKey("people.id"), nullable=False, index=True),
    Column("answer", String(12)),
    Column("answered_at", Utc),
    # The person's seq before the invitation was shown: their next message is the one that carries it.
    Column("shown_after", Integer),
    PrimaryKeyConstraint("training_id", "person_id"),
)
