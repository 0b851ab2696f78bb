"""Rounds from door to door, the slips that neighbours keep, and who asked to hear what comes of one."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, PrimaryKeyConstraint, String, Table

from storage.tables.meta import Id, Utc, metadata

rounds = Table(
    "rounds",
    metadata,
    Column("id", Id, primary_key=True),
    Column("member_id", Id, ForeignKey("people.id"), index=True),  # empty once they asked to be forgotten
    Column("poll_id", Id, ForeignKey("polls.id"), nullable=False),
    Column("village_id", Id, ForeignKey("villages.id"), nullable=False),
    Column("note", String(200)),  # where they stopped: the street, the house
    Column("begun_at", Utc, nullable=False),
    Column("paused_at", Utc),
    Column("ended_at", Utc),
)

visits = Table(
    "visits",
    metadata,
    Column("round_id", Id, ForeignKey("rounds.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("at", Utc, nullable=False),
    Column("outcome", String(8), nullable=False),  # domain.rounds.Outcome
    Column("answer_id", Id, index=True),  # empty where there was none, or it was taken back
    PrimaryKeyConstraint("round_id", "number"),
)

slips = Table(
    "slips",
    metadata,
    Column("id", Id, primary_key=True),
    Column("code_hash", String(64), nullable=False, unique=True),
    Column("answer_id", Id, index=True),  # empty once the answer was taken back, or its person forgotten
    Column("issued_at", Utc, nullable=False),
)

# Whoever has the slip may ask to be written to when something comes of these needs.
follows = Table(
    "follows",
    metadata,
    Column("answer_id", Id, ForeignKey("answers.id"), nullable=False),
    Column("person_id", Id, ForeignKey("people.id"), nullable=False),
    Column("since", Utc, nullable=False),
    PrimaryKeyConstraint("answer_id", "person_id"),
    Index("ix_follows_person_id", "person_id"),
)
