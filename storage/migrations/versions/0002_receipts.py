"""When a message was delivered and seen, on channels that say so."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.tables.meta import Utc

revision = "0002"
down_revision: str | None = "0001"


def upgrade() -> None:
    op.add_column("outbox", sa.Column("delivered_at", Utc(), nullable=True))
    op.add_column("outbox", sa.Column("seen_at", Utc(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("outbox") as outbox:
        outbox.drop_column("seen_at")
        outbox.drop_column("delivered_at")
