"""Recordings of promises, beside their words."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.tables.meta import Id

revision = "0025"
down_revision: str | None = "0023"


def upgrade() -> None:
    op.create_table(
        "meeting_voices",
        sa.Column("media_id", sa.String(length=32), nullable=False),
        sa.Column("meeting_id", Id, nullable=False),
        sa.ForeignKeyConstraint(["media_id"], ["media.id"], name=op.f("fk_meeting_voices_media_id")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meetings.id"], name=op.f("fk_meeting_voices_meeting_id")),
        sa.PrimaryKeyConstraint("media_id", name=op.f("pk_meeting_voices")),
    )
    op.create_index("ix_meeting_voices_meeting_id", "meeting_voices", ["meeting_id"])


def downgrade() -> None:
    op.drop_table("meeting_voices")
