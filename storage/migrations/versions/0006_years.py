"""A community's year."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.tables.meta import Id, Utc

revision = "0006"
down_revision: str | None = "0005"


def upgrade() -> None:
    op.create_table(
        "year_marks",
        sa.Column("community_id", Id, nullable=False),
        sa.Column("year", sa.SmallInteger(), nullable=False),
        sa.Column("step", sa.String(length=16), nullable=False),
        sa.Column("progress", sa.String(length=8), nullable=True),
        sa.Column("marked_by", Id, nullable=True),
        sa.Column("marked_at", Utc(), nullable=False),
        sa.ForeignKeyConstraint(["community_id"], ["communities.id"], name=op.f("fk_year_marks_community_id")),
        sa.ForeignKeyConstraint(["marked_by"], ["people.id"], name=op.f("fk_year_marks_marked_by")),
        sa.PrimaryKeyConstraint("community_id", "year", "step", name=op.f("pk_year_marks")),
    )
    op.create_index("ix_year_marks_marked_by", "year_marks", ["marked_by"])
    op.create_table(
        "year_reminders",
        sa.Column("community_id", Id, nullable=False),
        sa.Column("year", sa.SmallInteger(), nullable=False),
        sa.Column("step", sa.String(length=16), nullable=False),
        sa.Column("number", sa.SmallInteger(), nullable=False),
        sa.ForeignKeyConstraint(["community_id"], ["communities.id"], name=op.f("fk_year_reminders_community_id")),
        sa.PrimaryKeyConstraint("community_id", "year", "step", name=op.f("pk_year_reminders")),
    )


def downgrade() -> None:
    op.drop_table("year_reminders")
    op.drop_table("year_marks")
