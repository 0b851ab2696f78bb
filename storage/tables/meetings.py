"""Round tables: where and by whom, and everything that was entered, which only grows.

The record of a meeting is read from its entries alone (domain/meetings/reading.py). Who entered them stands in a table
of its own, so that /forget can take it away.
"""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Integer, PrimaryKeyConstraint, String, Table, UniqueConstraint

from storage.tables.append_only import only_grows
from storage.tables.meta import Id, Json, Utc, metadata

meetings = Table(
    "meetings",
    metadata,
    Column("id", Id, primary_key=True),
    Column("municipality_id", Id, ForeignKey("municipalities.id"), nullable=False),
    Column("year", Integer, nullable=False),
    Column("number", Integer, nullable=False),  # within the municipality and year
    Column("code", String(8), nullable=False, unique=True),  # shown in the room: who types it was there
    Column("code_until", Utc),  # empty: nobody enters by it yet
    # Beside the coordinators only they write the record; empty once forgotten.
    Column("secretary_id", Id, ForeignKey("people.id"), index=True),
    Column("made_at", Utc, nullable=False),
    UniqueConstraint("municipality_id", "year", "number"),
)

meeting_communities = Table(
    "meeting_communities",
    metadata,
    Column("meeting_id", Id, ForeignKey("meetings.id"), nullable=False),
    Column("community_id", Id, ForeignKey("communities.id"), nullable=False, index=True),
    Column("place", Integer, nullable=False),  # in which order they sit
    PrimaryKeyConstraint("meeting_id", "community_id"),
)

# The `id` that the phone gave makes sure that nothing is entered twice.
meeting_entries = only_grows(
    Table(
        "meeting_entries",
        metadata,
        Column("id", Id, primary_key=True),
        Column("meeting_id", Id, ForeignKey("meetings.id"), nullable=False),
        Column("entry_id", String(40), nullable=False),
        Column("verb", String(12), nullable=False),  # domain.meetings.entries.Verb
        Column("body", Json, nullable=False),
        Column("at", Utc, nullable=False),  # when it was entered on the phone
        Column("received_at", Utc, nullable=False),
        UniqueConstraint("meeting_id", "entry_id"),
        sqlite_autoincrement=True,
    )
)

meeting_actors = Table(
    "meeting_actors",
    metadata,
    Column("entry_id", Id, ForeignKey("meeting_entries.id"), primary_key=True),
    Column("person_id", Id, ForeignKey("people.id"), nullable=False, index=True),
)

# How a promise was spoken, kept beside its words; whoever keeps the record hears it. Nobody owns it but the meeting.
meeting_voices = Table(
    "meeting_voices",
    metadata,
    Column("media_id", String(32), ForeignKey("media.id"), primary_key=True),
    Column("meeting_id", Id, ForeignKey("meetings.id"), nullable=False, index=True),
)

# The personal link of somebody who was invited and has no chat; only its hash is kept.
meeting_links = Table(
    "meeting_links",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    Column("meeting_id", Id, ForeignKey("meetings.id"), nullable=False, index=True),
    Column("guest", String(40), nullable=False),
    Column("made_at", Utc, nullable=False),
)
