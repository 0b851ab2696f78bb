"""Colleagues who follow one promise for an office; promises of which a neighbour asks for a new look."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.tables.meta import Id, Utc

revision = "0053"
down_revision: str | None = "0052"


def upgrade() -> None:
    op.create_table(
        "promise_helpers",
        sa.Column("id", Id, nullable=False),
        sa.Column("promise_id", Id, nullable=False),
        sa.Column("office", sa.String(length=100), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("made_by", Id, nullable=False),
        sa.Column("made_at", Utc(), nullable=False),
        sa.Column("expires_at", Utc(), nullable=False),
        sa.Column("person_id", Id, nullable=True),
        sa.Column("name", sa.String(length=100), nullable=True),
        sa.Column("accepted_at", Utc(), nullable=True),
        sa.Column("ended_at", Utc(), nullable=True),
        sa.ForeignKeyConstraint(["promise_id"], ["promises.id"], name=op.f("fk_promise_helpers_promise_id")),
        sa.ForeignKeyConstraint(["made_by"], ["people.id"], name=op.f("fk_promise_helpers_made_by")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_promise_helpers_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_promise_helpers")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_promise_helpers_token_hash")),
    )
    op.create_index("ix_promise_helpers_promise_id", "promise_helpers", ["promise_id"])
    op.create_index("ix_promise_helpers_person_id", "promise_helpers", ["person_id"])
    op.add_column("promise_states", sa.Column("doubted", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    op.drop_column("promise_states", "doubted")
    op.drop_table("promise_helpers")
