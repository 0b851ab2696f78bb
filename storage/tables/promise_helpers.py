"""Colleagues who follow one promise for the office that answers for it."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, String, Table

from storage.tables.meta import Id, Utc, metadata

promise_helpers = Table(
    "promise_helpers",
    metadata,
    Column("id", Id, primary_key=True),
    Column("promise_id", Id, ForeignKey("promises.id"), nullable=False, index=True),
    Column("office", String(100), nullable=False),  # holds as long as this office answers for it
    Column("token_hash", String(64), nullable=False, unique=True),
    Column("made_by", Id, ForeignKey("people.id"), nullable=False),
    Column("made_at", Utc, nullable=False),
    Column("expires_at", Utc, nullable=False),
    Column("person_id", Id, ForeignKey("people.id"), index=True),  # who accepted
    Column("name", String(100)),  # for the office and the coordinator; nobody else reads it
    Column("accepted_at", Utc),
    Column("ended_at", Utc),
)
