"""Who was sent an addendum to locked minutes, and since when they have it: whoever the minutes were sent to."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, PrimaryKeyConstraint, String, Table

from storage.tables.meta import Id, Utc, metadata

# Whose account it is stands with the receiver of the minutes alone.
addendum_receipts = Table(
    "addendum_receipts",
    metadata,
    Column("addendum_id", Id, ForeignKey("minutes_addenda.id"), nullable=False),
    Column("receiver_id", Id, ForeignKey("minutes_receivers.id"), nullable=False, index=True),
    Column("sent_at", Utc, nullable=False),
    Column("reminded_at", Utc),
    Column("received_at", Utc),
    Column("received_by", String(100)),  # the name and office that they gave
    Column("received_office", String(100)),
    PrimaryKeyConstraint("addendum_id", "receiver_id"),
)
