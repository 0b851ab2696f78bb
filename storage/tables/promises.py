"""Promises, and what was said and seen of them since: only added to, but for what can be reckoned again."""

from __future__ import annotations

from sqlalchemy import (
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
from storage.tables.meta import Id, Json, Utc, metadata

# As it was recorded; the first event of its chain says the same, so that a change here would show.
promises = only_grows(
    Table(
        "promises",
        metadata,
        Column("id", Id, primary_key=True),
        Column("municipality_id", Id, ForeignKey("municipalities.id"), nullable=False, index=True),
        Column("community_id", Id, ForeignKey("communities.id"), nullable=False, index=True),
        Column("village_id", Id, ForeignKey("villages.id"), index=True),  # empty: for all of the community
        Column("need_id", Id, index=True),
        Column("kind", String(16)),
        Column("speaker", String(100), nullable=False),  # spoke in public, for an office
        Column("office", String(100), nullable=False),
        Column("words", Text, nullable=False),  # verbatim
        Column("made_on", Date, nullable=False),
        Column("due", String(20), nullable=False),  # a day, or the vague word that was used
        Column("recorded_at", Utc, nullable=False),
        sqlite_autoincrement=True,
    )
)

# One chain for each promise: every event holds the hash of the one before it.
promise_events = only_grows(
    Table(
        "promise_events",
        metadata,
        Column("id", Id, primary_key=True),
        Column("promise_id", Id, ForeignKey("promises.id"), nullable=False),
        Column("number", Integer, nullable=False),
        Column("kind", String(16), nullable=False),
        Column("at", Utc, nullable=False),
        Column("body", Text, nullable=False),  # canonical JSON: what is hashed is this very text
        Column("previous", String(64), nullable=False),
        Column("hash", String(64), nullable=False),
        UniqueConstraint("promise_id", "number"),
        sqlite_autoincrement=True,
    )
)

# Who told it, with their note and photo. Erasable: the event itself holds only a salted hash of this row.
promise_witnesses = Table(
    "promise_witnesses",
    metadata,
    Column("event_id", Id, ForeignKey("promise_events.id"), primary_key=True),
    Column("person_id", Id, ForeignKey("people.id"), nullable=False, index=True),
    Column("note", Text),
    Column("media_id", String(32), ForeignKey("media.id")),
    Column("place", String(200)),
    Column("salt", String(32), nullable=False),
)

# Whom to ask and when: reckoned from the events, and reckoned again after each.
promise_asking = Table(
    "promise_asking",
    metadata,
    Column("promise_id", Id, ForeignKey("promises.id"), primary_key=True),
    Column("due_on", Date, nullable=False),  # since the last agreement
    Column("group_at", Utc),  # when the group is asked next; empty: no more
    Column("office_at", Utc),
    Index(
        "ix_promise_asking_group_at",
        "group_at",
        sqlite_where=text("group_at IS NOT NULL"),
        postgresql_where=text("group_at IS NOT NULL"),
    ),
    Index(
        "ix_promise_asking_office_at",
        "office_at",
        sqlite_where=text("office_at IS NOT NULL"),
        postgresql_where=text("office_at IS NOT NULL"),
    ),
)

# What a person said about being asked.
promise_tasks = Table(
    "promise_tasks",
    metadata,
    Column("promise_id", Id, ForeignKey("promises.id"), nullable=False),
    Column("person_id", Id, ForeignKey("people.id"), nullable=False, index=True),
    Column("snoozed_until", Utc),
    Column("not_mine_at", Utc),
    PrimaryKeyConstraint("promise_id", "person_id"),
)

# Every day one signed hash over the last hashes of all chains of a municipality, so that a deletion shows.
ledger_heads = only_grows(
    Table(
        "ledger_heads",
        metadata,
        Column("municipality_id", Id, ForeignKey("municipalities.id"), nullable=False),
        Column("day", Date, nullable=False),
        Column("at", Utc, nullable=False),
        Column("chains", Json, nullable=False),  # chain: its last hash
        Column("previous", String(64), nullable=False),
        Column("hash", String(64), nullable=False),
        Column("signature", String(64), nullable=False),
        PrimaryKeyConstraint("municipality_id", "day"),
    )
)
