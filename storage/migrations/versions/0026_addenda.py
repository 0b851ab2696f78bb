"""Addenda are delivered: who was sent one, and since when they have it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.tables.meta import Id, Utc

revision = "0026"
down_revision: str | None = "0046"


def upgrade() -> None:
    op.create_table(
        "addendum_receipts",
        sa.Column("addendum_id", Id, nullable=False),
        sa.Column("receiver_id", Id, nullable=False),
        sa.Column("sent_at", Utc(), nullable=False),
        sa.Column("reminded_at", Utc(), nullable=True),
        sa.Column("received_at", Utc(), nullable=True),
        sa.Column("received_by", sa.String(length=100), nullable=True),
        sa.Column("received_office", sa.String(length=100), nullable=True),
        sa.ForeignKeyConstraint(["addendum_id"], ["minutes_addenda.id"], name=op.f("fk_addendum_receipts_addendum_id")),
        sa.ForeignKeyConstraint(
            ["receiver_id"], ["minutes_receivers.id"], name=op.f("fk_addendum_receipts_receiver_id")
        ),
        sa.PrimaryKeyConstraint("addendum_id", "receiver_id", name=op.f("pk_addendum_receipts")),
    )
    op.create_index("ix_addendum_receipts_receiver_id", "addendum_receipts", ["receiver_id"])


def downgrade() -> None:
    op.drop_table("addendum_receipts")
