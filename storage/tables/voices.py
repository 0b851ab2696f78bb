"""Who in a group listens to recordings, and the recordings that wait for their words."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, String, Table, Text, text

from storage.tables.meta import Id, Utc, metadata

# A role in a group that ends takes this along.
listeners = Table(
    "listeners",
    metadata,
    Column("role_id", Id, ForeignKey("roles.id"), primary_key=True),
    Column("named_by", Id, ForeignKey("people.id"), nullable=False),
    Column("named_at", Utc, nullable=False),
    Column("name", String(100)),  # what speakers are told; empty until they said yes
    Column("agreed_at", Utc),
    Column("ended_at", Utc),
)

voices = Table(
    "voices",
    metadata,
    Column("id", Id, primary_key=True),
    Column("media_id", String(32), ForeignKey("media.id"), nullable=False, index=True),
    Column("listener_id", Id, ForeignKey("people.id"), index=True),
    Column("speaker_id", Id, ForeignKey("people.id"), index=True),  # who confirms; empty: whoever holds the slip
    Column("answer_id", Id, nullable=False, index=True),
    Column("need_id", Id, ForeignKey("needs.id"), nullable=False),
    Column("state", String(8), nullable=False),  # domain.voices.State
    Column("words", Text),  # as the listener heard them; gone when they became the need's words
    Column("said_at", Utc, nullable=False),
    Column("typed_at", Utc),
    Index(
        "ix_voices_open",
        "said_at",
        sqlite_where=text("state IN ('waiting', 'typed')"),
        postgresql_where=text("state IN ('waiting', 'typed')"),
    ),
)
