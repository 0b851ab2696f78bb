"""Self-help groups, who holds which role where, and the invitations that roles come from."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, String, Table

from storage.tables.meta import Id, Utc, metadata

groups = Table(
    "groups",
    metadata,
    Column("id", Id, primary_key=True),
    Column("community_id", Id, ForeignKey("communities.id"), nullable=False, index=True),
    Column("name", String(100), nullable=False),
    Column("created_at", Utc, nullable=False),
)

roles = Table(
    "roles",
    metadata,
    Column("id", Id, primary_key=True),
    Column("person_id", Id, ForeignKey("people.id"), nullable=False, index=True),
    Column("role", String(16), nullable=False),
    # Where it holds: a group for members and leaders, a municipality for offices; neither for a coordinator of all.
    Column("group_id", Id, ForeignKey("groups.id"), index=True),
    Column("municipality_id", Id, ForeignKey("municipalities.id"), index=True),
    # How an official is named in public; or how a member wishes to be called, seen in the group only.
    Column("name", String(100)),
    Column("office", String(100)),
    Column("granted_at", Utc, nullable=False),
    Column("confirmed_at", Utc),
    Column("confirmed_by", Id, ForeignKey("people.id")),
    Column("ended_at", Utc),
)

invitations = Table(
    "invitations",
    metadata,
    Column("id", Id, primary_key=True),
    Column("token_hash", String(64), nullable=False, unique=True),
    Column("role", String(16), nullable=False),
    Column("group_id", Id, ForeignKey("groups.id")),
    Column("municipality_id", Id, ForeignKey("municipalities.id")),
    Column("office", String(100)),
    Column("created_by", Id, ForeignKey("people.id")),
    Column("created_at", Utc, nullable=False),
    Column("expires_at", Utc, nullable=False),
    Column("used_at", Utc),
    Column("used_by", Id, ForeignKey("people.id")),
    Index("ix_invitations_expires_at", "expires_at"),
)
