"""Phones of one person: the codes that join two, each joining, and what was moved by it, so that it can be undone."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, PrimaryKeyConstraint, String, Table, text

from storage.tables.meta import Id, Json, Utc, metadata

link_codes = Table(
    "link_codes",
    metadata,
    Column("id", Id, primary_key=True),
    Column("person_id", Id, ForeignKey("people.id"), nullable=False, index=True),  # who it was shown to
    Column("code_hash", String(64), nullable=False, unique=True),
    Column("expires_at", Utc, nullable=False),
    Column("used_at", Utc),
)

# `joined_id` sleeps: nothing comes in or goes out by that person until the two are parted again.
links = Table(
    "links",
    metadata,
    Column("id", Id, primary_key=True),
    Column("person_id", Id, ForeignKey("people.id"), nullable=False, index=True),
    Column("joined_id", Id, ForeignKey("people.id"), nullable=False),
    Column("joined_at", Utc, nullable=False),
    Column("parted_at", Utc),
    Index(
        "ix_links_joined_id",  # who sleeps, sleeps in one person
        "joined_id",
        unique=True,
        sqlite_where=text("parted_at IS NULL"),
        postgresql_where=text("parted_at IS NULL"),
    ),
)

# One row for each value that the joining changed, in order; undone from the last to the first.
link_moves = Table(
    "link_moves",
    metadata,
    Column("link_id", Id, ForeignKey("links.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("place", String(64), nullable=False),  # "table.column"
    Column("row", Json, nullable=False),  # its key
    Column("before", Json),
    Column("after", Json),
    PrimaryKeyConstraint("link_id", "number"),
)
