"""Minutes of a meeting: their versions, what those who attended wish changed, what was added later, who has them."""

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
    Text,
    UniqueConstraint,
    text,
)

from storage.tables.append_only import only_grows
from storage.tables.locked import closes
from storage.tables.meetings import meeting_communities, meeting_entries, meetings
from storage.tables.meta import Id, Utc, metadata

# Each version whole, as canonical JSON. Who made it is not said here: the names in it spoke in public, for an office.
minutes_versions = only_grows(
    Table(
        "minutes_versions",
        metadata,
        Column("id", Id, primary_key=True),
        Column("meeting_id", Id, ForeignKey("meetings.id"), nullable=False),
        Column("version", Integer, nullable=False),
        Column("phase", String(8), nullable=False),  # domain.minutes.Phase
        Column("until", Date),  # the last day to amend an open one
        Column("body", Text, nullable=False),
        Column("hash", String(64), nullable=False),
        Column("made_at", Utc, nullable=False),
        UniqueConstraint("meeting_id", "version"),
        sqlite_autoincrement=True,
    )
)

minutes_amendments = only_grows(
    Table(
        "minutes_amendments",
        metadata,
        Column("id", Id, primary_key=True),
        Column("meeting_id", Id, ForeignKey("meetings.id"), nullable=False, index=True),
        Column("item", Integer),  # the number on the agenda; empty: the whole
        Column("name", String(100), nullable=False),
        Column("office", String(100), nullable=False),
        Column("words", Text, nullable=False),
        Column("at", Utc, nullable=False),
        sqlite_autoincrement=True,
    )
)

# Beside it, since this can be erased and the words in the minutes cannot.
minutes_authors = Table(
    "minutes_authors",
    metadata,
    Column("amendment_id", Id, ForeignKey("minutes_amendments.id"), primary_key=True),
    Column("person_id", Id, ForeignKey("people.id"), nullable=False, index=True),
)

minutes_verdicts = only_grows(
    Table(
        "minutes_verdicts",
        metadata,
        Column("amendment_id", Id, ForeignKey("minutes_amendments.id"), nullable=False),
        Column("meeting_id", Id, ForeignKey("meetings.id"), nullable=False),
        Column("seat", String(10), nullable=False),  # domain.minutes.Seat
        Column("accepted", Boolean, nullable=False),
        Column("reason", Text),
        Column("at", Utc, nullable=False),
        PrimaryKeyConstraint("amendment_id", "seat"),
    )
)

minutes_addenda = only_grows(
    Table(
        "minutes_addenda",
        metadata,
        Column("id", Id, primary_key=True),
        Column("meeting_id", Id, ForeignKey("meetings.id"), nullable=False),
        Column("number", Integer, nullable=False),
        Column("words", Text, nullable=False),
        Column("name", String(100), nullable=False),
        Column("previous", String(64), nullable=False),
        Column("hash", String(64), nullable=False),
        Column("at", Utc, nullable=False),
        UniqueConstraint("meeting_id", "number"),
        sqlite_autoincrement=True,
    )
)

# Everybody who is to have them. `token_hash` opens a page of their own, for those without a chat.
minutes_receivers = Table(
    "minutes_receivers",
    metadata,
    Column("id", Id, primary_key=True),
    Column("meeting_id", Id, ForeignKey("meetings.id"), nullable=False),
    Column("person_id", Id, ForeignKey("people.id"), index=True),
    Column("name", String(100), nullable=False),
    Column("office", String(100), nullable=False),
    Column("token_hash", String(64), unique=True),
    Column("sent_at", Utc, nullable=False),
    Column("reminded_at", Utc),
    Column("received_at", Utc),
    Column("received_by", String(100)),  # the name and office that they gave
    Column("received_office", String(100)),
    Index("ix_minutes_receivers_meeting_id", "meeting_id"),
    Index(
        "ix_minutes_receivers_waiting",
        "sent_at",
        sqlite_where=text("received_at IS NULL"),
        postgresql_where=text("received_at IS NULL"),
    ),
)

# The number that the municipality's chancellery gave them, with a photo of the stamp.
minutes_registrations = only_grows(
    Table(
        "minutes_registrations",
        metadata,
        Column("id", Id, primary_key=True),
        Column("meeting_id", Id, ForeignKey("meetings.id"), nullable=False, index=True),
        Column("number", String(60), nullable=False),
        Column("day", Date, nullable=False),
        Column("media_id", String(32), ForeignKey("media.id")),
        Column("at", Utc, nullable=False),
        sqlite_autoincrement=True,
    )
)

# Which promise of the record became which of the ledger: each once.
minutes_promises = only_grows(
    Table(
        "minutes_promises",
        metadata,
        Column("meeting_id", Id, ForeignKey("meetings.id"), nullable=False),
        Column("entry", String(64), nullable=False),  # what the record calls it
        Column("promise_id", Id, ForeignKey("promises.id"), nullable=False),
        PrimaryKeyConstraint("meeting_id", "entry"),
    )
)

# The letterhead of an NGO: the newest of a municipality stands; empty `form`: ours again.
minutes_forms = Table(
    "minutes_forms",
    metadata,
    Column("id", Id, primary_key=True),
    Column("municipality_id", Id, ForeignKey("municipalities.id"), nullable=False, index=True),
    Column("media_id", String(32), ForeignKey("media.id")),
    Column("set_by", Id, ForeignKey("people.id"), index=True),
    Column("at", Utc, nullable=False),
)

# What is in the minutes comes from these.
for table in (minutes_versions, minutes_amendments, minutes_verdicts, meeting_entries, meeting_communities):
    closes(table)
closes(meetings, "id", ("municipality_id", "year", "number"))
