"""What the desk decided about told needs, and its way in on the web."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.tables.meta import Id, Json, Utc

revision = "0011"
down_revision: str | None = "0010"


def upgrade() -> None:
    op.create_table(
        "sortings",
        sa.Column("id", Id, nullable=False),
        sa.Column("poll_id", Id, nullable=False),
        sa.Column("village_id", Id, nullable=False),
        sa.Column("verb", sa.String(length=8), nullable=False),
        sa.Column("change", Json(), nullable=False),
        sa.Column("undoes", Id, nullable=True),
        sa.Column("why", sa.Text(), nullable=True),
        sa.Column("by", Id, nullable=True),
        sa.Column("at", Utc(), nullable=False),
        sa.ForeignKeyConstraint(["poll_id"], ["polls.id"], name=op.f("fk_sortings_poll_id")),
        sa.ForeignKeyConstraint(["village_id"], ["villages.id"], name=op.f("fk_sortings_village_id")),
        sa.ForeignKeyConstraint(["undoes"], ["sortings.id"], name=op.f("fk_sortings_undoes")),
        sa.ForeignKeyConstraint(["by"], ["people.id"], name=op.f("fk_sortings_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sortings")),
        sa.UniqueConstraint("undoes", name=op.f("uq_sortings_undoes")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_sortings_poll_id_village_id", "sortings", ["poll_id", "village_id"])
    op.create_index("ix_sortings_by", "sortings", ["by"])
    op.create_table(
        "passes",
        sa.Column("id", Id, nullable=False),
        sa.Column("person_id", Id, nullable=False),
        sa.Column("link_hash", sa.String(length=64), nullable=False),
        sa.Column("link_expires_at", Utc(), nullable=False),
        sa.Column("session_hash", sa.String(length=64), nullable=True),
        sa.Column("session_expires_at", Utc(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_passes_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passes")),
        sa.UniqueConstraint("link_hash", name=op.f("uq_passes_link_hash")),
        sa.UniqueConstraint("session_hash", name=op.f("uq_passes_session_hash")),
    )
    op.create_index("ix_passes_person_id", "passes", ["person_id"])


def downgrade() -> None:
    op.drop_table("passes")
    op.drop_table("sortings")
