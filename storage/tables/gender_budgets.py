"""To whom the gender-responsive budgeting table goes, when it was sent, and who has it."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Integer, String, Table, UniqueConstraint

from storage.tables.meta import Id, Json, Utc, metadata

# `token_hash` opens a page of their own, for those without a chat.
budget_receivers = Table(
    "budget_receivers",
    metadata,
    Column("id", Id, primary_key=True),
    Column("municipality_id", Id, ForeignKey("municipalities.id"), nullable=False, index=True),
    Column("body", String(12), nullable=False),  # domain.budget_sending.Body
    Column("name", String(100), nullable=False),
    Column("office", String(100), nullable=False),
    Column("person_id", Id, ForeignKey("people.id"), index=True),
    Column("token_hash", String(64), unique=True),
    Column("added_at", Utc, nullable=False),
    Column("ended_at", Utc),
)

budget_sendings = Table(
    "budget_sendings",
    metadata,
    Column("id", Id, primary_key=True),
    Column("municipality_id", Id, ForeignKey("municipalities.id"), nullable=False, index=True),
    Column("year", Integer, nullable=False),  # of the budget
    Column("occasion", String(8), nullable=False),  # domain.budget_sending.Occasion
    Column("files", Json, nullable=False),  # what was sent, by name: media ids
    Column("sent_by", Id, ForeignKey("people.id"), index=True),
    Column("sent_at", Utc, nullable=False),
)

budget_deliveries = Table(
    "budget_deliveries",
    metadata,
    Column("id", Id, primary_key=True),
    Column("sending_id", Id, ForeignKey("budget_sendings.id"), nullable=False),
    Column("receiver_id", Id, ForeignKey("budget_receivers.id"), nullable=False, index=True),
    Column("reminded_at", Utc),
    Column("received_at", Utc),
    Column("received_by", String(100)),  # the name and office that they gave
    Column("received_office", String(100)),
    UniqueConstraint("sending_id", "receiver_id"),
)
