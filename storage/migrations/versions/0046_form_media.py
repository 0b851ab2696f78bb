"""Pictures, recordings and films of a form, ready to be sent."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.tables.meta import Id

revision = "0046"
down_revision: str | None = "0027"


def upgrade() -> None:
    op.create_table(
        "form_media",
        sa.Column("version_id", Id, nullable=False),
        sa.Column("name", sa.String(length=400), nullable=False),
        sa.Column("language", sa.String(length=100), nullable=False),
        sa.Column("media_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["version_id"], ["form_versions.id"], name=op.f("fk_form_media_version_id")),
        sa.ForeignKeyConstraint(["media_id"], ["media.id"], name=op.f("fk_form_media_media_id")),
        sa.PrimaryKeyConstraint("version_id", "name", "language", name=op.f("pk_form_media")),
    )


def downgrade() -> None:
    op.drop_table("form_media")
