"""Who follows a promise, and how it stood when they were told last."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.tables.meta import Id, Utc

revision = "0018"
down_revision: str | None = "0017"


def upgrade() -> None:
    op.create_table(
        "promise_follows",
        sa.Column("promise_id", Id, nullable=False),
        sa.Column("person_id", Id, nullable=False),
        sa.Column("since", Utc(), nullable=False),
        sa.Column("ended_at", Utc(), nullable=True),
        sa.ForeignKeyConstraint(["promise_id"], ["promises.id"], name=op.f("fk_promise_follows_promise_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_promise_follows_person_id")),
        sa.PrimaryKeyConstraint("promise_id", "person_id", name=op.f("pk_promise_follows")),
    )
    op.create_index("ix_promise_follows_person_id", "promise_follows", ["person_id"])
    op.create_table(
        "promise_heard",
        sa.Column("promise_id", Id, nullable=False),
        sa.Column("status", sa.String(length=24), nullable=False),
        sa.Column("looked_at", Utc(), nullable=False),
        sa.ForeignKeyConstraint(["promise_id"], ["promises.id"], name=op.f("fk_promise_heard_promise_id")),
        sa.PrimaryKeyConstraint("promise_id", name=op.f("pk_promise_heard")),
    )
    op.create_index("ix_promise_heard_looked_at", "promise_heard", ["looked_at"])


def downgrade() -> None:
    op.drop_table("promise_heard")
    op.drop_table("promise_follows")
