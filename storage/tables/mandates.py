"""Who speaks for a community, how they were chosen, what the group did, and who went on to an office."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    PrimaryKeyConstraint,
    SmallInteger,
    String,
    Table,
    text,
)

from storage.tables.meta import Id, Json, Utc, metadata

mandates = Table(
    "mandates",
    metadata,
    Column("id", Id, primary_key=True),
    Column("group_id", Id, ForeignKey("groups.id"), nullable=False),
    Column("seats", SmallInteger, nullable=False),
    Column("opened_by", Id, ForeignKey("people.id"), nullable=False),
    Column("opened_at", Utc, nullable=False),
    Column("closes", Date),  # the last day of the vote, once it has begun
    Column("closed_at", Utc),
    Column("turnout", Integer),  # in steps of five
    # One at a time for each group.
    Index(
        "ix_mandates_open",
        "group_id",
        unique=True,
        sqlite_where=text("closed_at IS NULL"),
        postgresql_where=text("closed_at IS NULL"),
    ),
    Index("ix_mandates_group_id", "group_id"),
)

candidates = Table(
    "candidates",
    metadata,
    Column("id", Id, primary_key=True),
    Column("mandate_id", Id, ForeignKey("mandates.id"), nullable=False, index=True),
    Column("person_id", Id, ForeignKey("people.id"), index=True),  # empty once forgotten
    Column("name", String(100)),  # as the public reads it
    Column("woman", Boolean),
    Column("accepted", Boolean),  # empty: not answered yet
    Column("elected", Boolean, nullable=False),
    Column("votes", Integer),  # in steps of five
)

mandate_voters = Table(
    "mandate_voters",
    metadata,
    Column("mandate_id", Id, ForeignKey("mandates.id"), nullable=False),
    Column("person_id", Id, ForeignKey("people.id"), nullable=False, index=True),
    PrimaryKeyConstraint("mandate_id", "person_id"),
)

# A ballot has no person, no time and no order; all are deleted when they are counted.
mandate_ballots = Table(
    "mandate_ballots",
    metadata,
    Column("token", String(32), primary_key=True),
    Column("mandate_id", Id, ForeignKey("mandates.id"), nullable=False, index=True),
    Column("chosen", Json, nullable=False),
)

# What the group did with its own hands.
deeds = Table(
    "deeds",
    metadata,
    Column("id", Id, primary_key=True),
    Column("group_id", Id, ForeignKey("groups.id"), nullable=False, index=True),
    Column("words", String(300), nullable=False),
    Column("media_id", String(32), ForeignKey("media.id")),
    Column("told_by", Id, ForeignKey("people.id"), index=True),
    Column("at", Utc, nullable=False),
)

# Somebody of the group went on to an office; they do not speak for the group any more.
steps = Table(
    "steps",
    metadata,
    Column("id", Id, primary_key=True),
    Column("group_id", Id, ForeignKey("groups.id"), nullable=False, index=True),
    Column("person_id", Id, ForeignKey("people.id"), index=True),
    Column("office", String(16), nullable=False),  # domain.mandate.Office
    Column("since", Date, nullable=False),
    Column("successor_id", Id, ForeignKey("people.id"), index=True),
    Column("handed_over_at", Utc),
    Column("at", Utc, nullable=False),
)
