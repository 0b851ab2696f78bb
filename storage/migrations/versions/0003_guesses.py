"""Wrong codes that a person typed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.tables.meta import Id, Utc

revision = "0003"
down_revision: str | None = "0002"


def upgrade() -> None:
    op.create_table(
        "guesses",
        sa.Column("id", Id, nullable=False),
        sa.Column("person_id", Id, nullable=False),
        sa.Column("at", Utc(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_guesses_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_guesses")),
    )
    op.create_index("ix_guesses_person_id_at", "guesses", ["person_id", "at"])


def downgrade() -> None:
    op.drop_table("guesses")
