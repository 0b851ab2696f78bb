"""Choosings: which needs a village chooses among, what people picked, what came of it, and the group's own view."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    PrimaryKeyConstraint,
    String,
    Table,
    UniqueConstraint,
    false,
)

from storage.tables.meta import Id, Json, Utc, metadata

choosings = Table(
    "choosings",
    metadata,
    Column("id", Id, primary_key=True),
    Column("poll_id", Id, ForeignKey("polls.id"), nullable=False),
    Column("village_id", Id, ForeignKey("villages.id"), nullable=False),
    Column("opens", Date, nullable=False),
    Column("closes", Date, nullable=False),
    Column("money", Integer),  # lari
    Column("opened_by", Id, ForeignKey("people.id")),
    Column("opened_at", Utc, nullable=False),
    Column("closed_at", Utc),  # before the last day
    Column("reminded_at", Utc),  # who had not chosen was asked once more
    Column("settled_at", Utc),
    Column("result", Json),  # domain.chosen.Result, made once: all that is ever shown
    Index("ix_choosings_village_id", "village_id"),
)

# Fixed when it opens; `place` is the order in which they were told, by which ties are broken.
choosing_needs = Table(
    "choosing_needs",
    metadata,
    Column("choosing_id", Id, ForeignKey("choosings.id"), nullable=False),
    Column("need_id", Id, ForeignKey("needs.id"), nullable=False),
    Column("place", Integer, nullable=False),
    Column("cost", Integer),  # lari
    Column("voice_id", String(32), ForeignKey("media.id")),  # its title, spoken by a member of the group
    PrimaryKeyConstraint("choosing_id", "need_id"),
)

ballots = Table(
    "ballots",
    metadata,
    Column("id", Id, primary_key=True),
    Column("choosing_id", Id, ForeignKey("choosings.id"), nullable=False),
    Column("person_id", Id, ForeignKey("people.id"), index=True),  # empty for a neighbour, and once forgotten
    Column("entered_by", Id, ForeignKey("people.id"), index=True),
    Column("origin", String(16), nullable=False),  # domain.polls.Origin
    Column("code_id", Id, ForeignKey("household_codes.id")),
    Column("picks", Json, nullable=False),  # needs, in the order in which they were pressed
    Column("sex", String(16)),  # both are taken out once it was counted
    Column("age_band", String(16)),
    Column("rests", Boolean, nullable=False, server_default=false()),  # of one person's two
    Column("chosen_at", Utc, nullable=False),
    UniqueConstraint("choosing_id", "person_id"),
)

# `digest` is of what stands on it: a need that was renamed, or became private, makes it anew.
choosing_pictures = Table(
    "choosing_pictures",
    metadata,
    Column("choosing_id", Id, ForeignKey("choosings.id"), nullable=False),
    Column("language", String(8), nullable=False),
    Column("digest", String(32), nullable=False),
    Column("media_id", String(32), ForeignKey("media.id"), nullable=False),
    PrimaryKeyConstraint("choosing_id", "language"),
)

severities = Table(
    "severities",
    metadata,
    Column("need_id", Id, ForeignKey("needs.id"), nullable=False),
    Column("person_id", Id, ForeignKey("people.id"), nullable=False, index=True),
    Column("severity", Integer, nullable=False),  # domain.severity: 1 to 4
    Column("reach", Integer, nullable=False),
    Column("said_at", Utc, nullable=False),
    PrimaryKeyConstraint("need_id", "person_id"),
)
