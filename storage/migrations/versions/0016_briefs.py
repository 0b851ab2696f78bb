"""Briefs: what a group wrote down about an issue."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.tables.meta import Id, Utc

revision = "0016"
down_revision: str | None = "0013"


def upgrade() -> None:
    op.create_table(
        "brief_sections",
        sa.Column("id", Id, nullable=False),
        sa.Column("need_id", Id, nullable=False),
        sa.Column("section", sa.String(length=16), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("author_id", Id, nullable=True),
        sa.Column("written_at", Utc(), nullable=False),
        sa.ForeignKeyConstraint(["need_id"], ["needs.id"], name=op.f("fk_brief_sections_need_id")),
        sa.ForeignKeyConstraint(["author_id"], ["people.id"], name=op.f("fk_brief_sections_author_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_brief_sections")),
    )
    op.create_index("ix_brief_sections_author_id", "brief_sections", ["author_id"])
    op.create_index("ix_brief_sections_need_id_section", "brief_sections", ["need_id", "section"])


def downgrade() -> None:
    op.drop_table("brief_sections")
