"""Ways from the chat into the workspace: a link that opens once, and the visit that it began."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, String, Table

from storage.tables.meta import Id, Utc, metadata

passes = Table(
    "passes",
    metadata,
    Column("id", Id, primary_key=True),
    Column("person_id", Id, ForeignKey("people.id"), nullable=False, index=True),
    Column("link_hash", String(64), nullable=False, unique=True),
    Column("link_expires_at", Utc, nullable=False),
    Column("session_hash", String(64), unique=True),  # once it was opened
    Column("session_expires_at", Utc),
)
